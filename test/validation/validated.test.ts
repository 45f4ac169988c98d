import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ZeroTrustError } from '../../lib/model/problem';
import { ZeroTrustValidation } from '../../lib/validation';
import { type Validated, validated } from '../../lib/validation/validated';
import { rendered, write } from './project';

let folder: string;
const home = process.cwd();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'validated-'));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

function written(files: Readonly<Record<string, string>>): string[] {
  for (const [name, text] of Object.entries(files)) write(join(folder, name), text);
  return Object.keys(files).filter((name) => name.endsWith('.k8s.yaml'));
}

const rulesOf = ({ violations }: Validated) => violations.map(({ ruleName }) => ruleName);

const idle = (name = 'nobody', annotations = '{}') => `
---
apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: one, labels: { app: agent } }
spec: { containers: [{ name: c, image: i }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: one }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: one, annotations: ${annotations} }
spec: { podSelector: { matchLabels: { app: nobody } }, policyTypes: [Ingress] }
`;

describe('a validation of manifests without a graph', () => {
  it('fails from the weight that is asked for', () => {
    const manifests = written({ 'dist/a.k8s.yaml': idle() });
    const levels = ['error', 'warning', 'none'].map((failOn) => validated(manifests, { failOn }).status);
    expect(levels).toEqual(['success', 'failure', 'success']);
    expect(rulesOf(validated(manifests, { failOn: 'error' }))).toContain('policy-selects-nothing');
  });

  it('says that no policy is declared', () => {
    expect(validated(written({ 'dist/a.k8s.yaml': idle() }), {}).rows['Proof of dist']).toMatch(/^none: /);
  });

  it('takes acknowledgements of objects, and settings where cdk8s runs', () => {
    const because = "'policy-selects-nothing: its pods come with the next release'";
    const annotated = idle('nobody', `{ cdk8s-zero-trust/acknowledge: ${because} }`);
    expect(rulesOf(validated(written({ 'dist/a.k8s.yaml': annotated }), {}))).not.toContain('policy-selects-nothing');
    const settings =
      'failOn: warning\nacknowledge:\n- { rule: policy-selects-nothing, because: its pods come with the next release }\n';
    written({ 'zero-trust.yaml': settings });
    const found = validated(written({ 'dist/a.k8s.yaml': idle() }), {});
    expect(rulesOf(found)).not.toContain('policy-selects-nothing');
  });

  it('takes a file of settings that is named, and no other', () => {
    written({ 'zero-trust.yaml': 'failOn: none\n', 'strict.yaml': 'failOn: warning\n' });
    const manifests = written({ 'dist/a.k8s.yaml': idle() });
    expect(validated(manifests, {}).status).toBe('success');
    expect(validated(manifests, { config: 'strict.yaml' }).status).toBe('failure');
  });

  it('passes what the baseline has', () => {
    const manifests = written({ 'dist/a.k8s.yaml': idle() });
    const { found } = foundBy(manifests);
    expect(found.length).toBeGreaterThan(0);
    written({ 'before.json': JSON.stringify({ schema: 'cdk8s-zero-trust/baseline/v1', findings: found }) });
    const result = validated(manifests, { failOn: 'note', baseline: 'before.json' });
    expect([result.status, result.violations]).toEqual(['success', []]);
  });
});

/** What the command line would write as the baseline. */
function foundBy(paths: readonly string[]) {
  const { planeOf, readFiles } = jest.requireActual('../../lib/analysis');
  const { CHECKS, seenOf } = jest.requireActual('../../lib/checks');
  const { checked } = jest.requireActual('../../lib/report/checked');
  const { baselineText } = jest.requireActual('../../lib/findings/baseline');
  const reading = readFiles(paths);
  const options = { checks: CHECKS, rules: [], paths, folder, tool: { name: '', version: '', link: '' } };
  const { findings } = JSON.parse(baselineText(checked(seenOf(reading, planeOf(reading)), options).found));
  return { found: findings };
}

it('says what is unsure about the cluster', () => {
  const { rows } = validated(written({ 'dist/a.k8s.yaml': idle() }), { engine: 'cilium@0.1' });
  expect(rows['Cluster of dist']).toContain('0.1');
});

describe('a validation of what our constructs rendered', () => {
  const files = (folder: string) =>
    Object.fromEntries(Object.entries(rendered('ai-service-mesh')).map(([name, text]) => [`${folder}/${name}`, text]));

  it('proves against the graph beside it', () => {
    const { status, rows } = validated(written(files('dist')), {});
    expect([status, rows['Proof of dist']]).toEqual(['success', expect.stringMatching(/^Proved: /)]);
  });

  it('calls it consistent where the graph is not there', () => {
    const { 'dist/graph.json': _, ...others } = files('dist');
    const { status, rows } = validated(written(others), {});
    expect([status, rows['Proof of dist']]).toEqual(['success', expect.stringMatching(/^Consistent: /)]);
  });

  it('takes a graph that is kept elsewhere', () => {
    const { 'dist/graph.json': graph = '', ...others } = files('dist');
    written({ 'kept.json': graph });
    const { rows } = validated(written(others), { graph: 'kept.json' });
    expect(rows['Proof of dist']).toContain('exactly what kept.json declares');
  });

  it('keeps deployments apart that have a graph each', () => {
    const manifests = written({ ...files('dist/staging'), ...files('dist/production') });
    const { status, rows } = validated(manifests, {});
    expect(status).toBe('success');
    expect(Object.keys(rows).sort()).toEqual([
      'Findings in dist/production',
      'Findings in dist/staging',
      'Proof of dist/production',
      'Proof of dist/staging',
    ]);
  });

  it('fails where a graph says more than the manifests allow', () => {
    const { 'dist/ai-service-mesh.k8s.yaml': text = '', ...others } = files('dist');
    const fewer = text
      .split(/^---$/m)
      .filter((document) => !/kind: NetworkPolicy[\s\S]*name: default-deny/.test(document));
    const result = validated(written({ ...others, 'dist/ai-service-mesh.k8s.yaml': fewer.join('---') }), {});
    expect(result.status).toBe('failure');
    expect(rulesOf(result)).toContain('not-proved');
  });

  it('says what is wrong with a graph', () => {
    const result = validated(written({ ...files('dist'), 'dist/graph.json': '{"schema": "other"}' }), {});
    expect(result.status).toBe('failure');
    expect(result.violations[0]?.violatingResources[0]?.locations[0]).toContain('dist/graph.json');
  });
});

describe('whatever cdk8s.yaml says', () => {
  it.each<[unknown, string]>([
    [{ failsOn: 'error' }, "There is no property 'failsOn'; did you mean 'failOn'"],
    [{ failOn: 'errors' }, "There is no level 'errors'; did you mean 'error'"],
    [{ failOn: 7 }, 'The property is no text'],
    [{ engine: 'celium' }, "There is no engine 'celium'; did you mean 'cilium'"],
    [{ engine: 'cilium@new' }, 'cilium'],
    [{ cluster: 'nowhere.yaml' }, 'nowhere.yaml'],
    [{ baseline: 'nowhere.json' }, 'nowhere.json'],
    [{ config: 'nowhere.yaml' }, 'nowhere.yaml'],
    [{ graph: 'nowhere.json' }, 'nowhere.json'],
    ['warning', 'The properties are no object'],
  ])('%j is reported as a violation', (properties, words) => {
    const { status, violations } = validated(written({ 'dist/a.k8s.yaml': idle() }), properties);
    expect(status).toBe('failure');
    expect(JSON.stringify(violations)).toContain(words);
    expect(rulesOf({ violations } as Validated)).not.toContain('defect');
  });
});

describe('whatever cdk8s-cli hands over', () => {
  it.each([[undefined], [[]], ['dist'], [[7]]])('%j is no list of manifests, and is reported', (manifests) => {
    const { status, violations } = validated(manifests, {});
    expect([status, violations.map(({ ruleName }) => ruleName)]).toEqual(['failure', ['no-manifests']]);
  });

  it('submits a report', async () => {
    const said: unknown[] = [];
    await new ZeroTrustValidation().validate({
      manifests: written({ 'dist/a.k8s.yaml': idle() }),
      report: { addViolation: (violation) => said.push(violation), submit: (status) => said.push(status) },
    });
    expect(said.at(-1)).toBe('success');
  });

  it('refuses what has no report, in words', () => {
    const plugin = new ZeroTrustValidation();
    expect(() => plugin.validate({} as never)).toThrow(ZeroTrustError);
    expect(() => plugin.validate(null as never)).toThrow('This is not what cdk8s-cli hands to a validation');
  });

  it('calls an error of its own a defect, in a sentence', () => {
    const hostile = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new TypeError('not for you');
        },
      },
    );
    const { status, violations } = validated(written({ 'dist/a.k8s.yaml': idle() }), hostile);
    expect([status, violations[0]?.ruleName, violations[0]?.violatingResources[0]?.locations[0]]).toEqual([
      'failure',
      'defect',
      expect.stringContaining('This is a defect of cdk8s-zero-trust, and no fault of what it was given: not for you'),
    ]);
  });
});

it('keeps what a terminal would obey out of the report', () => {
  const { violations } = validated(written({ 'dist/a.k8s.yaml': idle('"evil\\u001b[2J"') }), {});
  expect(JSON.stringify(violations)).toContain('evil');
  // JSON writes the character itself as an escape, and not as a backslash of the text.
  expect(JSON.stringify(violations)).not.toMatch(/[^\\]\\u001b/);
});
