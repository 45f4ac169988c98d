import * as fc from 'fast-check';
import {
  connectivity,
  type Explanation,
  explain,
  explanationText,
  type Lack,
  mend,
  readManifests,
} from '../../lib/analysis';
import { compose } from '../../lib/engines/kubernetes/compose';
import { withUnread } from '../../lib/engines/with-unread';
import * as ips from '../../lib/model/ip-set';
import type { IpBlockMode, Layer, Plane, Rule } from '../../lib/model/layer';
import { podSet, podsIn } from '../../lib/model/pod-set';
import type { Protocol } from '../../lib/model/port-set';
import * as portSets from '../../lib/model/port-set';
import * as selectors from '../../lib/model/selector';
import type { World } from '../../lib/model/world';
import { howMany } from '../how-many';
import { ADDRESSES, type Manifest, PORTS, randomWorlds } from './random-worlds';

const RUNS = howMany(600);

describe('an explanation', () => {
  it('comes to the verdict that connectivity comes to', () => {
    fc.assert(
      fc.property(randomWorlds({ addressed: true }), modes(), choices(), ({ manifests }, mode, choice) => {
        const { world, plane } = setUp(manifests, mode);
        const question = questionOf(world, choice);
        const { from, to, protocol, port } = question;
        expect(explain(world, plane, question).allowed).toEqual(
          connectivity(world, plane).allowed(from, to, protocol, port),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it('names changes that turn a denial when all of them are made, and not when one is left out', () => {
    let denials = 0;
    fc.assert(
      fc.property(randomWorlds({ addressed: true }), modes(), choices(), ({ manifests }, mode, choice) => {
        const { world, plane } = setUp(manifests, mode);
        const question = questionOf(world, choice);
        const explanation = explain(world, plane, question);
        const changes = changesOf(explanation);
        expect(changes.length === 0).toBe(explanation.allowed.may);
        if (changes.length === 0) return;
        denials++;
        const may = (made: readonly Change[]) =>
          explain(world, withChanges(plane, explanation, made), question).allowed.may;
        expect(may(changes)).toBe(true);
        expect(changes.filter((left) => may(changes.filter((change) => change !== left)))).toEqual([]);
      }),
      { numRuns: RUNS, seed: 33 },
    );
    expect(denials).toBeGreaterThan(RUNS / 10);
  });
});

describe('the text of an explanation', () => {
  const manifests = [
    pod('ai-gateway', 'envoy', { app: 'envoy' }),
    pod('ai-agents', 'agent', { app: 'agent' }),
    pod('ai-inference', 'vllm', { app: 'vllm' }),
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ai-gateway', labels: { purpose: 'gateway' } } },
    policy('ai-inference', 'vllm', {
      podSelector: { matchLabels: { app: 'vllm' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { purpose: 'gateway' } },
              podSelector: { matchLabels: { app: 'envoy' } },
            },
          ],
          ports: [{ port: 8000 }],
        },
      ],
    }),
  ];
  const text = (from: string, to: string, port: number) => {
    const { world, plane } = setUp(manifests, 'external-only');
    return explanationText(explain(world, plane, { from, to, protocol: 'TCP', port })).split('\n');
  };

  it('says which rule allows, and where no policy stands', () => {
    expect(text('ai-gateway/Pod/envoy', 'ai-inference/Pod/vllm', 8000)).toEqual([
      'ai-gateway/Pod/envoy to ai-inference/Pod/vllm on TCP/8000: allowed',
      '  egress of ai-gateway/Pod/envoy: open, since no policy isolates it',
      '  ingress of ai-inference/Pod/vllm: allowed by',
      '    NetworkPolicy ai-inference/vllm spec.ingress[0]',
    ]);
  });

  it('says what the nearest rule lacks: labels, namespace and port', () => {
    expect(text('ai-agents/Pod/agent', 'ai-inference/Pod/vllm', 8001)).toEqual([
      'ai-agents/Pod/agent to ai-inference/Pod/vllm on TCP/8001: denied',
      '  egress of ai-agents/Pod/agent: open, since no policy isolates it',
      '  ingress of ai-inference/Pod/vllm: isolated by NetworkPolicy ai-inference/vllm, and no rule allows it',
      "    nearest is NetworkPolicy ai-inference/vllm spec.ingress[0], which wants purpose=gateway where its namespace has no 'purpose', and wants app=envoy where the pod has app=agent, and has the ports TCP/8000 and not TCP/8001",
    ]);
  });

  it('says where there is no rule at all, and that an address has no policy', () => {
    expect(text('ai-inference/Pod/vllm', '192.0.2.1', 443)).toEqual([
      'ai-inference/Pod/vllm to 192.0.2.1 on TCP/443: denied',
      '  egress of ai-inference/Pod/vllm: isolated by NetworkPolicy ai-inference/vllm, and no rule allows it',
      '    there is no rule for egress about it at all',
      '  ingress of 192.0.2.1: no policy binds it',
    ]);
  });
});

describe('the text of an explanation under layers in order', () => {
  const world = readManifests([pod('a', 'client', {}), pod('b', 'server', {})]).world;
  const every = podSet(selectors.anything, selectors.anything);
  const policy = { kind: 'ClusterNetworkPolicy', name: 'guard' };
  const rule = (action: Rule['action'], more: Partial<Rule> = {}): Rule => ({
    policy,
    direction: 'ingress',
    index: 0,
    subject: every,
    peers: [{ kind: 'anything' }],
    ports: portSets.everything,
    action,
    ...more,
  });
  const ranked = (name: string, ...rules: Rule[]): Layer => ({
    name,
    order: 'ranked',
    rules,
    isolations: [],
    otherwise: 'next',
  });
  const isolating: Layer = {
    name: 'NetworkPolicy',
    order: 'union',
    rules: [],
    isolations: [
      { policy: { kind: 'NetworkPolicy', namespace: 'b', name: 'deny' }, direction: 'ingress', subject: every },
    ],
    otherwise: 'deny',
  };
  const text = (...layers: Layer[]) =>
    explanationText(
      explain(
        world,
        { name: 'layers', layers, ipBlockMode: 'may' },
        { from: 'a/Pod/client', to: 'b/Pod/server', protocol: 'TCP', port: 80 },
      ),
    )
      .split('\n')
      .filter((line) => !line.includes('egress'));

  it('names the rule that denies, and its layer', () => {
    expect(text(ranked('Admin', rule('deny')), isolating)).toEqual([
      'a/Pod/client to b/Pod/server on TCP/80: denied',
      '  ingress of b/Pod/server: denied by',
      '    ClusterNetworkPolicy guard spec.ingress[0] in Admin',
    ]);
  });

  it('names what passed it on to the layer that denies, and what is missing there', () => {
    expect(text(ranked('Admin', rule('pass'), rule('deny', { index: 1 })), isolating)).toEqual([
      'a/Pod/client to b/Pod/server on TCP/80: denied',
      '  ingress of b/Pod/server: isolated by NetworkPolicy b/deny, and no rule allows it',
      '    there is no rule for ingress about it at all',
      '    ClusterNetworkPolicy guard spec.ingress[0] in Admin passes it on',
    ]);
  });

  it('names what passed it on where nothing decides after that', () => {
    expect(text(ranked('Admin', rule('pass')), ranked('Baseline'))).toEqual([
      'a/Pod/client to b/Pod/server on TCP/80: allowed',
      '  ingress of b/Pod/server: open, since no policy decides in the end',
      '    ClusterNetworkPolicy guard spec.ingress[0] in Admin passes it on',
    ]);
  });

  it('says on what it depends where that is not known', () => {
    const requests = rule('allow', { requests: [{ protocol: 'http', methods: ['GET'] }] });
    const blocks = rule('deny', { index: 1, peers: [{ kind: 'addresses', addresses: ips.fromBlock('10.0.0.0/8') }] });
    expect(text(ranked('Admin', requests, blocks), isolating)).toEqual([
      'a/Pod/client to b/Pod/server on TCP/80: may be allowed',
      '  ingress of b/Pod/server: allowed or denied, by what is not known here',
      '    ClusterNetworkPolicy guard spec.ingress[0] in Admin allows requests only: GET *',
      '      Ask about one request instead of all traffic on the port.',
      '    ClusterNetworkPolicy guard spec.ingress[1] in Admin denies it, if its blocks match that end by address here',
      '      Give the pod ranges of the cluster (podCidrs), or select the pods by their labels.',
      '    isolated by NetworkPolicy b/deny, and denied otherwise',
    ]);
  });
});

describe('the text of an explanation of what is not certain', () => {
  const closed = policy('b', 'closed', {
    podSelector: {},
    ingress: [
      { from: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'pod-template-hash': 'x' } } }] },
      { ports: [{ port: 'http' }] },
    ],
  });
  const asked = { from: 'a/Pod/client', to: 'b/Pod/server', protocol: 'TCP', port: 80 } as const;
  const manifests = [pod('a', 'client', { app: 'client' }), pod('b', 'server', { app: 'server' }), closed];
  const ingress = (world: World, plane: Plane) => {
    const lines = explanationText(explain(world, plane, asked)).split('\n');
    return lines.slice(lines.findIndex((line) => line.startsWith('  ingress')));
  };
  const knowing = (world: World, more: (workload: World['workloads'][number]) => object): World => ({
    ...world,
    workloads: world.workloads.map((workload) => ({ ...workload, ...more(workload) })),
  });

  it('names the labels that no manifest shows', () => {
    const { world, plane } = setUp(manifests, 'pods');
    const unknown = knowing(world, ({ namespace }) =>
      namespace === 'a' ? { unknownLabels: ['pod-template-hash'] } : {},
    );
    expect(ingress(world, plane)[0]).toMatch(/isolated by NetworkPolicy b\/closed, and no rule allows it/);
    expect(ingress(unknown, plane)).toEqual([
      '  ingress of b/Pod/server: allowed or denied, by what is not known here',
      "    NetworkPolicy b/closed spec.ingress[0] allows it, if the other end's labels pod-template-hash fit, which no manifest shows",
      '      Select by labels that the manifests give.',
      '    isolated by NetworkPolicy b/closed, and denied otherwise',
    ]);
    const subjects = knowing(world, ({ namespace }) => (namespace === 'b' ? { unknownLabels: ['app'] } : {}));
    const own = { ...plane, layers: [onlyFor(plane.layers[0], { app: 'server' })] };
    expect(ingress(subjects, own).slice(1)).toEqual([
      '    perhaps isolated by NetworkPolicy b/closed, and denied otherwise (if its labels app fit, which no manifest shows)',
      '      Select by labels that the manifests give.',
      '    passes where none of these denies it',
    ]);
  });

  it('names the ports that somebody else names', () => {
    const { world, plane } = setUp(manifests, 'pods');
    const more = knowing(world, ({ namespace }) => (namespace === 'b' ? { mayHaveMorePorts: true } : {}));
    expect(ingress(more, plane).slice(1)).toEqual([
      '    NetworkPolicy b/closed spec.ingress[1] allows it, if the port is called http there, which no manifest shows',
      '      Write the number of the port, or put the workload that names it beside the policies.',
      '    isolated by NetworkPolicy b/closed, and denied otherwise',
    ]);
  });

  it('says that a node reaches its own pods', () => {
    const { world, plane } = setUp(manifests, 'pods');
    const onHost = knowing(world, ({ namespace }) => ({ hostNetwork: namespace === 'a' }));
    expect(ingress(onHost, plane)).toEqual([
      '  ingress of b/Pod/server: allowed or denied, by what is not known here',
      '    isolated by NetworkPolicy b/closed, and denied otherwise',
      '    passes where the two are on one node, since a node always reaches the pods that it runs, and they it',
      '      That is certain only for pods with a network of their own: take the workload off the host network.',
    ]);
  });

  it('says what a policy that is not read says of itself, and that another may be missing', () => {
    const { world, plane } = setUp(manifests, 'pods');
    const unread = withUnread(plane, [
      {
        policy: { kind: 'MeshPolicy', namespace: 'b', name: 'mesh' },
        kind: 'mesh.example.com/MeshPolicy',
        subject: podsIn('b', selectors.anything),
        directions: ['ingress'],
        effect: 'opens',
        problem: { rule: 'unread-policy', what: 'MeshPolicy is not read', fix: 'Look at it by yourself.' },
      },
    ]);
    expect(ingress(world, unread)).toEqual([
      '  ingress of b/Pod/server: allowed or denied, by what is not known here',
      '    MeshPolicy b/mesh may allow it: MeshPolicy is not read',
      '      Look at it by yourself.',
      '    isolated by NetworkPolicy b/closed, and denied otherwise',
    ]);
    const [layer] = plane.layers;
    const isolations = layer.isolations.map((each) => ({ ...each, isUncertain: true as const }));
    expect(ingress(world, { ...plane, layers: [{ ...layer, isolations }] })).toEqual([
      '  ingress of b/Pod/server: allowed or denied, by what is not known here',
      '    perhaps isolated by NetworkPolicy b/closed, and denied otherwise (if the policy is there and says as much)',
      '    passes where none of these denies it',
    ]);
  });

  function onlyFor(layer: Layer, labels: Record<string, string>): Layer {
    const subject = podsIn('b', selectors.fromLabels(labels));
    return { ...layer, isolations: layer.isolations.map((each) => ({ ...each, subject })), rules: [] };
  }
});

/** One thing to change, at one of the ends. */
interface Change {
  readonly end: 'egress' | 'ingress';
  readonly lack: Lack;
}

function changesOf(explanation: Explanation): Change[] {
  return (['egress', 'ingress'] as const).flatMap((end) =>
    (explanation[end].nearest?.lacks ?? []).map((lack) => ({ end, lack })),
  );
}

function withChanges(plane: Plane, explanation: Explanation, made: readonly Change[]): Plane {
  return (['egress', 'ingress'] as const).reduce((changed, end) => {
    const { nearest } = explanation[end];
    const lacks = made.filter((change) => change.end === end).map(({ lack }) => lack);
    return nearest === undefined ? changed : mend(changed, nearest, lacks, explanation.connection);
  }, plane);
}

function setUp(
  manifests: readonly Manifest[],
  ipBlockMode: IpBlockMode,
): { readonly world: World; readonly plane: Plane } {
  const reading = readManifests(manifests);
  expect(reading.problems).toEqual([]);
  return { world: reading.world, plane: compose(reading, { ipBlockMode }) };
}

function modes() {
  return fc.constantFrom<IpBlockMode>('pods', 'external-only', 'may');
}

/** Positions and values from which a question is made for any world. */
function choices() {
  return fc.record({
    from: fc.nat(),
    to: fc.nat(),
    outside: fc.constantFrom<'from' | 'to' | 'neither'>('from', 'to', 'neither', 'neither'),
    address: fc.constantFrom(...ADDRESSES),
    protocol: fc.constantFrom<Protocol>('TCP', 'UDP', 'SCTP'),
    port: fc.constantFrom(...PORTS),
  });
}

type Choice = ReturnType<typeof choices> extends fc.Arbitrary<infer T> ? T : never;

function questionOf({ workloads }: World, { from, to, outside, address, protocol, port }: Choice) {
  const id = (position: number) => workloads[position % workloads.length].id;
  return { from: outside === 'from' ? address : id(from), to: outside === 'to' ? address : id(to), protocol, port };
}

function pod(namespace: string, name: string, labels: Manifest): Manifest {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels }, spec: { containers: [] } };
}

function policy(namespace: string, name: string, spec: Manifest): Manifest {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}
