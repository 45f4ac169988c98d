import { podSet, podsIn } from '../../lib/model/pod-set';
import * as selectors from '../../lib/model/selector';
import { anything } from '../../lib/model/selector';
import { proveGraph } from '../../lib/proof';
import { withRule } from './mechanical';
import { known, mesh, sentences, statements, tcp } from './mesh';

describe('labels of namespaces', () => {
  const byPurpose = ({ plane, vllm }: ReturnType<typeof mesh>, purpose: string) =>
    withRule(plane, {
      direction: 'ingress',
      subject: vllm.pods,
      peers: [
        { kind: 'pods', pods: podSet(selectors.fromLabels({ purpose }), selectors.fromLabels({ app: 'envoy' })) },
      ],
      ports: tcp(8000),
    });

  it('may be worn by any namespace that is not known, so a rule by label is wider than one by name', () => {
    const scenario = mesh();
    const knownNamespaces = [{ name: 'ai-gateway', labels: { purpose: 'gateway' } }];
    const proof = proveGraph(scenario.declared, byPurpose(scenario, 'gateway'), { ...known, knownNamespaces });
    expect(statements(proof)).toEqual(['undeclared ingress ai-inference']);
    const { peer } = proof.witnesses[0].connection;
    expect(peer).toMatchObject({ kind: 'pod', labels: { app: 'envoy' } });
    expect(peer.kind === 'pod' && peer.namespace['kubernetes.io/metadata.name']).not.toBe('ai-gateway');
  });

  it('are all shown where the witness is in a namespace that is known', () => {
    const { declared, plane, vllm } = mesh();
    const peers = [{ kind: 'pods' as const, pods: podsIn('ai-data', anything) }];
    const stray = withRule(plane, { direction: 'ingress', subject: vllm.pods, peers, ports: tcp(1) });
    const knownNamespaces = [{ name: 'ai-data', labels: { purpose: 'data' } }];
    expect(sentences(proveGraph(declared, stray, { ...known, knownNamespaces }))).toContain(
      'from pod {} of ai-data {purpose=data} to pod {app=vllm} of ai-inference on TCP 1',
    );
  });

  it('are not worn by a namespace that is known to have others', () => {
    const scenario = mesh();
    const peers = [
      {
        kind: 'pods' as const,
        pods: podSet(selectors.fromLabels({ 'kubernetes.io/metadata.name': 'ai-data', purpose: 'gateway' }), anything),
      },
    ];
    const impossible = withRule(scenario.plane, {
      direction: 'ingress',
      subject: scenario.vllm.pods,
      peers,
      ports: tcp(1),
    });
    const labels = (purpose: string) => ({ ...known, knownNamespaces: [{ name: 'ai-data', labels: { purpose } }] });
    expect(proveGraph(scenario.declared, impossible, labels('data')).proved).toBe(true);
    expect(proveGraph(scenario.declared, impossible, labels('gateway')).proved).toBe(false);
    expect(
      proveGraph(scenario.declared, impossible, { ...known, knownNamespaces: [{ name: 'ai-data', labels: {} }] })
        .proved,
    ).toBe(true);
    expect(proveGraph(scenario.declared, impossible, known).proved).toBe(false);
  });

  it('leave the proof open where a policy selects its subjects by labels that are not known', () => {
    const { declared, plane } = mesh();
    const wide = withRule(plane, {
      direction: 'ingress',
      subject: podSet(selectors.fromLabels({ purpose: 'data' }), anything),
      peers: [{ kind: 'anything' }],
      ports: tcp(1),
    });
    expect(proveGraph(declared, wide, known).notProved.map(({ reason }) => reason)).toContain('unsupported');
    const labelled = (purpose: string) => ({
      ...known,
      knownNamespaces: declared.namespaces.map(({ name }) => ({ name, labels: { purpose } })),
    });
    expect(proveGraph(declared, wide, labelled('other')).proved).toBe(true);
    expect(statements(proveGraph(declared, wide, labelled('data')))).toHaveLength(4);
  });

  it('are refused when they contradict the name, or come twice', () => {
    const { declared, plane } = mesh();
    const wrong = { name: 'ai-data', labels: { 'kubernetes.io/metadata.name': 'other' } };
    expect(() => proveGraph(declared, plane, { knownNamespaces: [wrong] })).toThrow('ai-data');
    const twice = { name: 'ai-data', labels: {} };
    expect(() => proveGraph(declared, plane, { knownNamespaces: [twice, twice] })).toThrow('twice');
  });
});
