import { rmSync } from 'node:fs';
import { project, rendered, type Synthesized, synthesized } from './project';

/** Runs of the real cdk8s-cli take seconds each: every one shows several things. */
jest.setTimeout(60_000);

function synth(
  files: Readonly<Record<string, string>>,
  properties: Readonly<Record<string, unknown>> = {},
  ...args: readonly string[]
): Synthesized {
  const folder = project(files, properties);
  try {
    return synthesized(folder, ...args);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const mesh = () => rendered('ai-service-mesh');

const pod = (namespace: string) => `
---
apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: ${namespace}, labels: { app: agent } }
spec: { containers: [{ name: c, image: i }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: dns-${namespace}, namespace: ${namespace} }
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: nobody, namespace: ${namespace} }
spec:
  podSelector: { matchLabels: { app: nobody } }
  policyTypes: [Ingress]
`;

describe('cdk8s synth with the validation', () => {
  it('proves the manifests against the graph beside them, and passes', () => {
    const { code, out, report } = synth(mesh());
    expect([code, report?.violations]).toEqual([0, []]);
    expect(report?.summary).toMatchObject({
      status: 'success',
      metadata: {
        'Findings in dist': 'No findings',
        'Proof of dist': expect.stringMatching(/^Proved: the manifests allow exactly what dist\/graph\.json declares/),
      },
    });
    expect(out).toContain('Validations ended succesfully');
  });

  it('ends with 2 where a policy was opened by hand, and says what passes', () => {
    const { 'ai-service-mesh.k8s.yaml': text = '', ...others } = mesh();
    const opened = text.replace(/^( +)- podSelector:\n/m, '$1- namespaceSelector: {}\n$1- podSelector:\n');
    const edited = opened === text ? text.replace(/^( +)- from:\n/m, '$1- {}\n$1- from:\n') : opened;
    expect(edited).not.toBe(text);
    const { code, err, report } = synth({ 'ai-service-mesh.k8s.yaml': edited, ...others });
    expect(code).toBe(2);
    expect(err).toContain('Validation failed');
    const violation = report?.violations.find(({ ruleName }) => ruleName === 'not-proved');
    expect(violation?.recommendation).toContain('Not proved: the manifests do not allow exactly what dist/graph.json');
    expect(violation?.violatingConstructs[0]?.locations.join('\n')).toMatch(/at dist\/ai-service-mesh\.k8s\.yaml:\d+/);
  });

  it('puts namespace and file into places, and names no construct where a name is of two objects', () => {
    const metadata = JSON.stringify({
      version: '1.0.0',
      resources: { nobody: { path: 'app/last/nobody' }, 'dns-one': { path: 'app/one/dns' } },
    });
    const { code, report } = synth(
      { 'all.yaml': pod('one') + pod('two'), 'construct-metadata.json': metadata },
      { failOn: 'warning' },
    );
    expect(code).toBe(2);
    const ofNobody = report?.violations.find(({ ruleName }) => ruleName === 'policy-selects-nothing');
    expect(
      ofNobody?.violatingConstructs.map(({ resourceName, constructPath, manifestPath, locations }) => [
        resourceName,
        constructPath,
        manifestPath,
        locations[0]?.split(': ')[0],
      ]),
    ).toEqual([
      ['NetworkPolicy one/nobody', undefined, 'dist/all.yaml', expect.stringMatching(/^NetworkPolicy one\/nobody/)],
      ['NetworkPolicy two/nobody', undefined, 'dist/all.yaml', expect.stringMatching(/^NetworkPolicy two\/nobody/)],
    ]);
  });

  it('reports what cannot be read, with no error of a program', () => {
    const { code, out, err, report } = synth({
      'broken.yaml': 'kind: [',
      'strange.yaml': 'kind: NetworkPolicy\napiVersion: networking.k8s.io/v1\nmetadata: 7\nspec: []\n',
    });
    expect(code).toBe(2);
    expect(report?.violations.map(({ ruleName }) => ruleName)).toContain('yaml');
    expect(out + err).not.toMatch(/TypeError|^ +at /m);
  });

  it('prints the report among the manifests with --stdout, and calls their files STDOUT', () => {
    const { code, out, report } = synth({ 'all.yaml': pod('one') }, { failOn: 'none' }, '--stdout');
    expect(code).toBe(0);
    expect(out).toContain('kind: NetworkPolicy');
    expect(out).toContain('Validation Report');
    expect(report?.violations[0]?.violatingConstructs[0]?.manifestPath).toBe('STDOUT');
  });
});
