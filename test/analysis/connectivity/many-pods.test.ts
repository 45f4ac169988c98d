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
const OUTSIDE = ['192.0.2.1', '10.0.0.9', '2001:db8::1', 'nodes', 'api-server'];

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

describe('connectivity of many pods', () => {
  const { world } = readManifests(pods);
  const ids = world.workloads.map(({ id }) => id);

  it.each(planes())('is what the explanation of each connection comes to: %s', (_, plane) => {
    const found = [0, 8, 64].map((mostOfNarrow) => connectivity(world, plane, { mostOfNarrow }));
    const wrong = [...questions(world)].filter(([from, to, port]) => {
      const { allowed } = explain(world, plane, { from, to, protocol: 'TCP', port });
      return found.some((each) => {
        const { must, may } = each.allowed(from, to, 'TCP', port);
        return must !== allowed.must || may !== allowed.may;
      });
    });
    expect(wrong).toEqual([]);
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
