import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'cdk8s';
import { ZeroTrustFindings } from '../../../lib';
import { asRead, EXAMPLES } from './examples';
import { platform } from './platform';

const VARIABLE = 'CDK8S_ZERO_TRUST_FINDINGS';

/** What syntheses of the app print on standard error. */
function printedBy(app: App, environment: Readonly<Record<string, string | undefined>>, times = 1): string {
  const written = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
  const before = { ...process.env };
  const outdir = mkdtempSync(join(tmpdir(), 'findings-'));
  Object.defineProperty(app, 'outdir', { value: outdir });
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  try {
    for (let n = 0; n < times; n++) app.synth();
    return asRead(written.mock.calls.map(([text]) => String(text)).join(''));
  } finally {
    process.env = before;
    written.mockRestore();
    rmSync(outdir, { recursive: true });
  }
}

const wide = EXAMPLES['agent-all-ports'];
const unreached = EXAMPLES['tier-unreached'];
const outsideJest = { JEST_WORKER_ID: undefined, [VARIABLE]: undefined };

describe('a synthesis', () => {
  it('prints its warnings once, with a blank line behind', () => {
    expect(printedBy(wide.fails(), outsideJest)).toBe(`${wide.text}\n`);
  });

  it('prints them again when it is run again', () => {
    expect(printedBy(wide.fails(), outsideJest, 2)).toBe(`${wide.text}\n`.repeat(2));
  });

  it('prints nothing where there is nothing, and no notes', () => {
    expect(printedBy(platform().app, outsideJest)).toBe('');
    expect(printedBy(EXAMPLES['dns-unused'].fails(), outsideJest)).toBe('');
  });

  it('is quiet in tests, unless the environment asks', () => {
    expect(printedBy(wide.fails(), { [VARIABLE]: undefined })).toBe('');
    expect(printedBy(wide.fails(), { [VARIABLE]: 'print' })).toBe(`${wide.text}\n`);
  });

  it('is quiet where the app or the environment says so, and the environment decides', () => {
    const quiet = wide.fails();
    ZeroTrustFindings.quiet(quiet);
    expect(printedBy(quiet, outsideJest)).toBe('');
    expect(printedBy(quiet, { ...outsideJest, [VARIABLE]: 'print' })).toBe(`${wide.text}\n`);
    expect(printedBy(wide.fails(), { ...outsideJest, [VARIABLE]: 'quiet' })).toBe('');
  });

  it('writes the same with findings as without', () => {
    const { app } = platform({ weaviate: { dns: true } });
    const before = app.synthYaml();
    ZeroTrustFindings.of(app);
    expect(app.synthYaml()).toBe(before);
  });
});

describe('findings of an app', () => {
  it('are its refusals where there are any', () => {
    const { app, weaviate } = platform({ weaviate: { ports: undefined } });
    expect(weaviate.tierName).toBe('weaviate');
    expect(ZeroTrustFindings.of(app).findings).toMatchObject([{ level: 'error', rule: 'flow-ports' }]);
  });

  it('are for programs as well', () => {
    const json = JSON.parse(ZeroTrustFindings.of(unreached.fails()).toJson());
    expect(json.schema).toBe('cdk8s-zero-trust/findings/v1');
    expect(json.findings).toEqual([
      {
        level: 'warning',
        rule: 'tier-unreached',
        where: 'ai/ai-data/weaviate',
        about: 'ai-data/weaviate',
        what: 'no flow reaches the data tier ai-data/weaviate',
        why: 'Nobody can use what it serves, so a flow is missing or the tier is not needed',
        value: 'ai-data/weaviate',
        fix: expect.stringContaining('Declare its clients'),
      },
    ]);
  });
});
