import { connectivity, explain, readManifests } from '../../../lib/analysis';
import { compose } from '../../../lib/engines/kubernetes/compose';
import * as ips from '../../../lib/model/ip-set';
import type { IpBlockMode, Layer, Plane, Rule, RulePeer } from '../../../lib/model/layer';
import { anyPods, podSet, podsIn } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import * as selectors from '../../../lib/model/selector';
import type { World } from '../../../lib/model/world';

type Json = Readonly<Record<string, unknown>>;

const NAMESPACES = ['x', 'y'];
/** In each namespace: more than are asked one by one, and together more pairs than are first made room for. */
const PODS = 24;
const PORTS = [80, 81, 8080];
const ADDRESSES = ['192.0.2.1', '10.0.0.5', '10.0.0.9', '10.0.0.40', '203.0.113.1', '2001:db8::1', '2001:db9::1'];
const OUTSIDE = [...ADDRESSES, 'nodes', 'api-server'];

/** Pods with labels of their own and in common, the last first; some have two addresses, and one is on the host network. */
const pods = NAMESPACES.flatMap((namespace, n) =>
  Array.from({ length: PODS }, (_, i): Json => {
    const address = 2 * PODS - (n * PODS + i);
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `p${i}`,
        namespace,
        labels: { app: `a${i}`, side: i % 2 === 0 ? 'even' : 'odd', ...(i % 5 === 0 && { debug: 'on' }) },
      },
      spec: {
        hostNetwork: i === 7,
        containers: [{ name: 'c', ports: [{ name: 'http', containerPort: i % 3 === 0 ? 8080 : 80 }] }],
      },
      status: { podIPs: [{ ip: `10.0.0.${address}` }, ...(i % 4 === 0 ? [{ ip: `2001:db8::${address}` }] : [])] },
    };
  }),
);

function policy(namespace: string, name: string, spec: Json): Json {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

const labels = (matchLabels: Json) => ({ podSelector: { matchLabels } });
const expressions = (...matchExpressions: Json[]) => ({ podSelector: { matchExpressions } });
const among = (...values: string[]) => ({ key: 'app', operator: 'In', values });

const policies = [
  policy('x', 'even', {
    ...labels({ side: 'even' }),
    policyTypes: ['Ingress'],
    ingress: [
      { from: [expressions(among('a9', 'a2', 'a15')), labels({ app: 'a3' })], ports: [{ port: 80 }] },
      { from: [{ namespaceSelector: {}, ...labels({ side: 'odd', debug: 'on' }) }], ports: [{ port: 'http' }] },
    ],
  }),
  policy('x', 'odd', {
    ...labels({ side: 'odd' }),
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      { from: [{ ipBlock: { cidr: '10.0.0.0/27', except: ['10.0.0.4/30'] } }, { ipBlock: { cidr: '2001:db8::/64' } }] },
    ],
    egress: [{ to: [{ namespaceSelector: {} }], ports: [{ port: 'http' }, { port: 81 }] }],
  }),
  policy('y', 'all', {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      {
        from: [
          expressions({ key: 'debug', operator: 'DoesNotExist' }),
          { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'x' } } },
        ],
      },
    ],
    egress: [
      {
        to: [
          expressions({ key: 'app', operator: 'NotIn', values: ['a1', 'a2'] }),
          { ipBlock: { cidr: '192.0.2.0/24' } },
        ],
      },
    ],
  }),
];

function planes(): readonly (readonly [string, Plane])[] {
  const reading = readManifests([...policies, ...pods]);
  const modes: readonly IpBlockMode[] = ['pods', 'external-only', 'may'];
  return modes.flatMap((ipBlockMode) => {
    const plane = compose(reading, { ipBlockMode });
    return [
      [ipBlockMode, plane],
      [`${ipBlockMode}, behind rules in order`, { ...plane, layers: [inOrder(), ...plane.layers] }],
    ] as const;
  });
}

/** A layer before the policies that allows, denies and passes on, to sets of many pods and of few. */
function inOrder(): Layer {
  const ofSide = (side: string): RulePeer => ({
    kind: 'pods',
    pods: podSet(selectors.anything, selectors.fromLabels({ side })),
  });
  const few: RulePeer = { kind: 'pods', pods: podsIn('y', selectors.fromLabels({ app: 'a5' })) };
  const block: RulePeer = { kind: 'addresses', addresses: ips.fromBlock('10.0.0.0/28') };
  const rule = (index: number, more: Partial<Rule>): Rule => ({
    policy: { kind: 'ClusterNetworkPolicy', name: 'guard' },
    direction: 'ingress',
    index,
    subject: anyPods,
    peers: [few],
    ports: ports.everything,
    action: 'allow',
    ...more,
  });
  return {
    name: 'guard',
    order: 'ranked',
    rules: [
      rule(0, { peers: [few], ports: ports.number('TCP', 81) }),
      rule(1, { action: 'pass', peers: [ofSide('even')], ports: ports.named('TCP', 'http') }),
      rule(2, {
        action: 'deny',
        peers: [ofSide('even'), few],
        subject: podsIn('x', selectors.fromLabels({ side: 'even' })),
      }),
      rule(3, { action: 'deny', direction: 'egress', peers: [block], ports: ports.number('TCP', 80) }),
      rule(4, { action: 'deny', peers: [{ kind: 'entity', entity: 'nodes' }], ports: ports.number('TCP', 81) }),
      rule(5, {
        direction: 'egress',
        peers: [{ kind: 'anything' }],
        subject: podsIn('y', selectors.fromLabels({ debug: 'on' })),
      }),
    ],
    isolations: [],
    otherwise: 'next',
  };
}

/** The same pods, of some of which no manifest shows all labels and names of ports; and some of the policies are in doubt. */
function inDoubt(world: World, plane: Plane): readonly [World, Plane] {
  const workloads = world.workloads.map((workload, i) => ({
    ...workload,
    ...(i % 6 === 1 && { unknownLabels: ['debug', 'side'] }),
    ...(i === 8 && { unknownLabels: 'any' as const }),
    ...(i % 10 === 3 && { mayHaveMorePorts: true }),
  }));
  const doubtful = <T extends Rule | Layer['isolations'][number]>(it: T): T =>
    it.policy.name === 'odd' || ('index' in it && it.index === 1) ? { ...it, isUncertain: true } : it;
  const layers = plane.layers.map((layer) => ({
    ...layer,
    rules: layer.rules.map(doubtful),
    isolations: layer.isolations.map(doubtful),
  }));
  return [
    { ...world, workloads },
    { ...plane, layers },
  ];
}

describe('connectivity of many pods', () => {
  const { world } = readManifests(pods);
  const ids = world.workloads.map(({ id }) => id);

  it.each(planes())('is what the explanation of each connection comes to: %s', (_, plane) => {
    expectAsExplained(world, plane);
  });

  it.each(planes())('is what the explanation comes to where not everything is known: %s', (_, plane) => {
    expectAsExplained(...inDoubt(world, plane));
  });

  it.each(planes())('tells of addresses and entities what it answers for each: %s', (_, plane) => {
    const found = connectivity(world, plane);
    const listed = [...found.addresses()];
    const ofEntities = [...found.entities()];
    const wanted = ips.fromBlocks(['192.0.2.0/30', '10.0.0.0/24', '2001:db8::/64']);
    for (const id of ids.filter((_, i) => i % 5 === 0)) {
      for (const direction of ['egress', 'ingress'] as const) {
        const between = (end: string) =>
          verdictText(direction === 'egress' ? found.between(id, end) : found.between(end, id));
        const isOwn = (it: { readonly workload: { readonly id: string }; readonly direction: string }) =>
          it.workload.id === id && it.direction === direction;
        const own = listed.filter(isOwn);
        for (const address of ADDRESSES) {
          const holding = own.filter(({ addresses }) => ips.hasAddress(addresses, address)).map(verdictText);
          expect(holding).toEqual([between(address)].filter((text) => text !== NOTHING));
        }
        expect(new Set(own.map(verdictText)).size).toBe(own.length);
        for (const entity of ['api-server', 'nodes']) {
          const verdicts = ofEntities.filter((it) => isOwn(it) && it.entity === entity).map(verdictText);
          expect(verdicts).toEqual([between(entity)].filter((text) => text !== NOTHING));
        }
        const answers = found.withAddresses(id, direction, wanted);
        expect(answers.every(isOwn)).toBe(true);
        expect(ips.unionOf(answers.map(({ addresses }) => addresses))).toEqual(wanted);
        for (const answer of answers) {
          const address = ips.sampleAddress(answer.addresses);
          expect(address !== undefined && between(address)).toBe(verdictText(answer));
        }
      }
    }
  });

  it('is not told of a workload that is not there', () => {
    const found = connectivity(world, planes()[0][1]);
    for (const ask of [
      () => found.between('x/Pod/p0', 'x/Pod/none'),
      () => found.withAddresses('x/Pod/none', 'egress', ips.all),
    ]) {
      expect(ask).toThrow(/There is no workload 'x\/Pod\/none' in these manifests/);
      expect(ask).toThrow(/'api-server', 'nodes'/);
    }
  });

  it.each(planes())('lists and counts what it answers for: %s', (_, plane) => {
    const found = [0, 8, 64].map((mostOfNarrow) => connectivity(world, plane, { mostOfNarrow }));
    const [first, ...others] = found.map((each) => {
      const listed = [...each.pairs()].map(({ from, to, must, may }) =>
        [from.id, to.id, must, may].map(textOf).join(' '),
      );
      const between = ids.flatMap((from) => ids.map((to) => ({ from, to, ...each.between(from, to) })));
      const open = between.filter(({ from, to, may }) => from !== to && !ports.isEmpty(may));
      expect(listed).toEqual(open.map(({ from, to, must, may }) => [from, to, must, may].map(textOf).join(' ')));
      expect(each.counts()).toEqual({ may: open.length, must: open.filter(({ must }) => !ports.isEmpty(must)).length });
      return listed;
    });
    for (const other of others) expect(other).toEqual(first);
  });
});

/** However sets of many pods are reckoned with. */
function expectAsExplained(world: World, plane: Plane): void {
  const found = [0, 8, 64].map((mostOfNarrow) => connectivity(world, plane, { mostOfNarrow }));
  const wrong = [...questions(world)].filter(([from, to, port]) => {
    const { allowed } = explain(world, plane, { from, to, protocol: 'TCP', port });
    return found.some((each) => {
      const { must, may } = each.allowed(from, to, 'TCP', port);
      return must !== allowed.must || may !== allowed.may;
    });
  });
  expect(wrong).toEqual([]);
}

/** From and to a few pods of each namespace, and every pod, address and entity. */
function* questions({ workloads }: World): Generator<readonly [from: string, to: string, port: number]> {
  const some = workloads.filter((_, i) => i % 13 === 0).map(({ id }) => id);
  for (const one of some) {
    for (const other of [...workloads.map(({ id }) => id), ...OUTSIDE]) {
      for (const port of PORTS) {
        yield [one, other, port];
        yield [other, one, port];
      }
    }
  }
}

function textOf(part: string | ports.PortSet): string {
  return typeof part === 'string' ? part : ports.portsText(part);
}

const NOTHING = 'must -, may -';

function verdictText({ must, may }: { readonly must: ports.PortSet; readonly may: ports.PortSet }): string {
  const [surely, perhaps] = [must, may].map((set) => (ports.isEmpty(set) ? '-' : ports.portsText(set)));
  return `must ${surely}, may ${perhaps}`;
}
