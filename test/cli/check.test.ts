import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CHECKS } from '../../lib/checks';
import { checkOf } from '../../lib/cli/commands/check';
import { MADE_UP, MANIFESTS } from '../report/made-up';
import { type Around, type Ended, run } from './run';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function written(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const command = checkOf(MADE_UP);

function check(argv: readonly string[] = [], around: Around = {}): Promise<Ended> {
  return run(['check', ...argv], { cwd: folder, commands: [{ ...command, load: () => command }], ...around });
}

/** The rules of what was found, with their levels. */
async function found(argv: readonly string[] = []): Promise<readonly string[]> {
  const { out } = await check(['--format', 'json', ...argv]);
  return JSON.parse(out).findings.map(({ level, rule }: { level: string; rule: string }) => `${level} ${rule}`);
}

const policy = (name: string, { cidr = '10.0.0.0/16', labels = '{ owner: me }', note = '' } = {}) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: ai, labels: ${labels}${note === '' ? '' : `, annotations: { cdk8s-zero-trust/acknowledge: '${note}' }`} }
spec: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: ${cidr} } }] }] }
`;

const WIDE = policy('wide', { cidr: '0.0.0.0/0' });
const NOBODYS = policy('nobodys', { labels: '{}' });

describe('what a check ends with', () => {
  it('is 0 where nothing is found, and says what was read', async () => {
    written({ 'a.yaml': policy('fine') });
    expect(await check()).toEqual({ code: 0, out: 'No findings. Read: 1 file, 1 object, 1 policy.\n', err: '' });
  });

  it('is 1 from the level on that fails: errors, unless something else is said', async () => {
    written({ 'a.yaml': NOBODYS });
    expect((await check()).code).toBe(0);
    expect((await check(['--fail-on', 'warning'])).code).toBe(1);
    written({ 'b.yaml': WIDE });
    expect((await check()).code).toBe(1);
    expect((await check(['--fail-on', 'none'])).code).toBe(0);
  });

  it('is 1 where an object is refused, which is a finding with its line', async () => {
    written({ 'a.yaml': MANIFESTS });
    const { code, out, err } = await check();
    expect(code).toBe(1);
    expect(out).toContain(`error  unknown-field  ${join(folder, 'a.yaml')}:27  NetworkPolicy ai/tools  spec.ingrss`);
    expect(err).toBe('');
  });

  it('is 3 where something could not be read, whatever else is found and asked', async () => {
    written({ 'a.yaml': policy('fine'), 'b.yaml': 'a: [' });
    const { code, out } = await check(['--fail-on', 'none', '--rule', 'made-up-owner']);
    expect(code).toBe(3);
    expect(out).toContain(`error  yaml  ${join(folder, 'b.yaml')}`);
    expect((await check(['nowhere'])).code).toBe(3);
  });

  it('is 3 for an empty folder, a level that there is not, and a rule that there is not, with the nearest', async () => {
    expect((await check()).code).toBe(3);
    expect(await check(['--fail-on', 'fatal'])).toMatchObject({ code: 3, out: '' });
    const { code, err } = await check(['--rule', 'made-up-owners']);
    expect(code).toBe(3);
    expect(err).toContain("There is no rule 'made-up-owners'; did you mean 'made-up-owner'");
  });
});

describe('the rules that are asked', () => {
  beforeEach(() => written({ 'a.yaml': `${WIDE}---${NOBODYS}` }));

  it('are all, one alone, or all but one', async () => {
    expect(await found()).toEqual(['error made-up-wide-block', 'warning made-up-owner']);
    expect(await found(['--rule', 'made-up-owner'])).toEqual(['warning made-up-owner']);
    expect(await found(['--skip', 'made-up-owner'])).toEqual(['error made-up-wide-block']);
  });

  it('do not call an acknowledgement idle whose rule is not asked', async () => {
    written({ 'a.yaml': policy('x', { note: 'made-up-owner: nobody minds it' }) });
    expect(await found()).toEqual(['warning acknowledgement-unused']);
    expect(await found(['--skip', 'made-up-owner'])).toEqual([]);
    expect(await found(['--skip', 'acknowledgement-unused'])).toEqual([]);
  });

  it('are listed without reading anything', async () => {
    const { code, out } = await check(['--list-rules']);
    expect(code).toBe(0);
    expect(out).toContain('made-up-owner  warning\n  an object that is nobody’s\n  Nobody is asked when it breaks.\n');
    expect(JSON.parse((await check(['--list-rules', '--format', 'json'])).out).rules).toHaveLength(3);
    expect((await check(['--list-rules', '--format', 'sarif'])).code).toBe(3);
  });
});

describe('an acknowledgement', () => {
  it('on the object accepts what is found in it, and nothing else', async () => {
    written({ 'a.yaml': policy('x', { labels: '{}', note: 'made-up-owner: nobody minds it' }), 'b.yaml': NOBODYS });
    const { out } = await check(['--fail-on', 'warning', '--acknowledged']);
    expect(out).toContain('warning  made-up-owner');
    expect(out).toMatch(
      /\nacknowledged {2}made-up-owner .*NetworkPolicy ai\/x.*\n {2}the object x\n {2}It has no owner\. .*\n {2}Because: nobody minds it \(/,
    );
    expect(out).toContain('1 warning; 1 acknowledged');
  });

  it('that cannot be read is a finding, with the nearest rule', async () => {
    written({ 'a.yaml': policy('x', { note: 'made-up-ownr: nobody minds it' }) });
    const { code, out } = await check();
    expect(code).toBe(1);
    expect(out).toContain('There is no rule "made-up-ownr" to acknowledge; did you mean "made-up-owner"');
  });

  it('in the settings of the folder accepts by file, from where the settings are', async () => {
    const settings = (file: string) =>
      `acknowledge: [{ rule: made-up-owner, because: nobody minds it, file: ${file} }]`;
    written({ 'dist/apps/a.yaml': NOBODYS, 'dist/zero-trust.yaml': settings('apps/') });
    // The settings lie among the manifests, and are none.
    expect(await check(['dist', '--fail-on', 'note'])).toMatchObject({ code: 0, err: '' });
    written({ 'other.yaml': settings('dist/other') });
    expect(await found(['dist', '--config', 'other.yaml'])).toEqual([
      'warning made-up-owner',
      'warning acknowledgement-unused',
    ]);
  });
});

describe('settings', () => {
  it('say what fails, and the command line says it before them', async () => {
    written({ 'zero-trust.yaml': 'failOn: warning', 'm/a.yaml': NOBODYS });
    expect((await check(['m'])).code).toBe(1);
    expect((await check(['m', '--fail-on', 'error'])).code).toBe(0);
  });

  it('that are wrong end the check with their line', async () => {
    written({ 'zero-trust.yaml': '\nfailOn: fatal', 'm/a.yaml': NOBODYS });
    const { code, err } = await check(['m']);
    expect(code).toBe(3);
    expect(err).toContain('zero-trust.yaml, document 1, line 2: failOn: ');
    expect((await check(['m', '--config', 'nowhere.yaml'])).code).toBe(3);
  });

  it('say the engine, so that policies of another one are found', async () => {
    written({ 'zero-trust.yaml': 'engine: cilium@1.20', 'm/a.yaml': CALICO });
    expect(await found(['m'])).toContain('error engine-not-enforced');
    expect(await found(['m', '--engine', 'calico'])).not.toContain('error engine-not-enforced');
  });
});

const CALICO = `
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: x, namespace: ai, labels: { owner: me } }
spec: { selector: all(), types: [Ingress] }
`;

describe('a baseline', () => {
  it('holds what was there, so that only what is new fails', async () => {
    written({ 'm/a.yaml': WIDE });
    const first = await check(['m', '--write-baseline']);
    expect(first.code).toBe(0);
    expect(first.err).toContain('zero-trust-baseline.json holds 1 finding;');
    expect(await check(['m'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('No findings; 1 in the baseline.'),
    });
    // The same policy in another file, behind other lines, is no news; another one is.
    rmSync(join(folder, 'm/a.yaml'));
    written({ 'm/sub/b.yaml': `\n# moved\n${WIDE}` });
    expect((await check(['m'])).code).toBe(0);
    written({ 'm/c.yaml': policy('wider', { cidr: '::/0' }) });
    const { code, out } = await check(['m']);
    expect(code).toBe(1);
    expect(out).toContain('NetworkPolicy ai/wider');
    expect(out).not.toContain('NetworkPolicy ai/wide\n');
  });

  it('says what is in it and there no more', async () => {
    written({ 'm/a.yaml': WIDE });
    await check(['m', '--write-baseline', 'before.json']);
    written({ 'm/a.yaml': policy('wide') });
    const { code, out } = await check(['m', '--baseline', 'before.json']);
    expect(code).toBe(0);
    expect(out).toContain('1 finding of the baseline is there no more');
    expect(out).toContain('  made-up-wide-block  NetworkPolicy ai/wide\n');
  });

  it('is taken from where the settings say', async () => {
    written({ 'm/a.yaml': WIDE, 'm/zero-trust.yaml': 'baseline: before.json' });
    expect((await check(['m'])).code).toBe(3);
    expect((await check(['m', '--write-baseline'])).code).toBe(0);
    expect(existsSync(join(folder, 'm/before.json'))).toBe(true);
    // It lies among the manifests, and is none.
    expect(await check(['m', '--fail-on', 'note'])).toMatchObject({ code: 0, err: '' });
  });

  it('is not written over what could not be read, and a wrong one is refused', async () => {
    written({ 'm/a.yaml': 'a: [' });
    expect((await check(['m', '--write-baseline'])).code).toBe(3);
    expect(existsSync(join(folder, 'zero-trust-baseline.json'))).toBe(false);
    written({ 'm/a.yaml': WIDE, 'zero-trust-baseline.json': '{}' });
    expect((await check(['m'])).code).toBe(3);
  });
});

describe('notes', () => {
  it('are counted, and listed for who asks', async () => {
    written({ 'a.yaml': WIDE, 'b.yaml': WIDE });
    const listed = async (...argv: string[]) => (await check(argv)).out.includes('note  duplicate-object');
    expect((await check()).out).toContain(
      '2 errors, 1 note. Read: 2 files, 2 objects, 1 policy. Notes are listed with --verbose.',
    );
    expect(await listed()).toBe(false);
    expect(await listed('--verbose')).toBe(true);
    expect(await listed('--fail-on', 'note')).toBe(true);
    expect((await check(['--format', 'markdown'])).out).toContain('<details><summary>1 note</summary>');
  });
});

describe('formats', () => {
  it('go where they are told, and name files from the folder that the check ran in', async () => {
    written({ 'm/a.yaml': WIDE });
    const { code, out } = await check(['m', '--format', 'sarif', '--output', 'out.sarif', '--format', 'github']);
    expect(code).toBe(1);
    expect(out).toMatch(/^::error file=m\/a[.]yaml,line=5,title=made-up-wide-block%3A NetworkPolicy ai\/wide::/);
    const [{ results }] = JSON.parse(readFileSync(join(folder, 'out.sarif'), 'utf8')).runs;
    expect(results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'm/a.yaml' },
      region: { startLine: 5 },
    });
  });

  it('are coloured on a terminal alone, unless NO_COLOR says no', async () => {
    written({ 'a.yaml': WIDE });
    const colours = async (argv: readonly string[], around: Around) =>
      (await check(argv, around)).out.includes('\u001b[31m');
    expect(await colours([], { isTerminal: true })).toBe(true);
    expect(await colours([], { isTerminal: false })).toBe(false);
    expect(await colours([], { isTerminal: true, env: { NO_COLOR: '1' } })).toBe(false);
    await check(['--format', 'text', '--output', 'out.txt'], { isTerminal: true });
    expect(readFileSync(join(folder, 'out.txt'), 'utf8')).not.toContain('\u001b');
  });

  it('read what comes through a pipe', async () => {
    const { code, out } = await check(['-'], { stdin: WIDE });
    expect(code).toBe(1);
    expect(out).toContain('error  made-up-wide-block  standard input:5  NetworkPolicy ai/wide');
  });
});

test('The command asks the rules of the library.', () => {
  expect(checkOf(CHECKS).name).toBe('check');
});

describe('what check is asked for', () => {
  it('is something: --rule and --skip of the same rules leave nothing', async () => {
    const { code, err } = await run(['check', 'examples/guide', '--rule', 'wide-egress', '--skip', 'wide-egress']);
    expect(code).toBe(3);
    expect(err).toContain('--rule and --skip leave nothing to look for: wide-egress');
  });
});
