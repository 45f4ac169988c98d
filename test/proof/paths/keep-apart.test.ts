import { type Endpoint, isPods } from '../../../lib/model/endpoint';
import * as ips from '../../../lib/model/ip-set';
import type { Layer, Plane, Rule } from '../../../lib/model/layer';
import { podSet, podSetText, podsIn } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import * as selectors from '../../../lib/model/selector';
import { keepApart, pathText } from '../../../lib/proof';
import { changed, endOf, flow, graph, peer, planeOf, tier, withRule, withRules } from '../mechanical';

const tcp = (n: number) => ports.number('TCP', n);
const internet: Endpoint = { kind: 'addresses', addresses: ips.anyIpv4, name: 'internet' };
const dns: Endpoint = {
  kind: 'pods',
  pods: podsIn('kube-system', selectors.fromLabels({ 'k8s-app': 'kube-dns' })),
  owner: 'platform',
};

const customers: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('203.0.113.0/24'), name: 'customers' };

/** Weights that only the model reads; the model answers the gateway, which customers reach; agents reach tools. */
function platform() {
  const gateway = tier('gateway', 'envoy');
  const vllm = tier('inference', 'vllm');
  const weights = tier('data', 'weights');
  const agent = tier('agents', 'agent');
  const tools: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('198.51.100.0/24'), name: 'tools' };
  const flows = [
    flow(customers, gateway, tcp(443)),
    flow(gateway, vllm, tcp(8000)),
    flow(vllm, weights, tcp(9000)),
    flow(agent, tools, tcp(443)),
  ];
  return { gateway, vllm, weights, agent, flows, tiers: [gateway, vllm, weights, agent] };
}

describe.each([
  ['flows of a graph', false],
  ['rules of a plane', true],
])('ends that must keep apart, over the %s', (_title, overPlane) => {
  function apart(change: (p: ReturnType<typeof platform>) => ReturnType<typeof flow>[], a: Endpoint, b: Endpoint) {
    const p = platform();
    const declared = graph(p.tiers, [...p.flows, ...change(p)]);
    return keepApart(overPlane ? planeOf(declared) : declared, a, b);
  }
  const { weights, agent, gateway, vllm } = platform();

  it('are surely not apart where nothing is denied', () => {
    expect(apart(() => [], endOf(agent), internet)).toEqual({ apart: false, path: [expect.anything()] });
  });

  it('are apart where no chain of flows leads from the one to the other', () => {
    expect(apart(() => [], endOf(weights), internet)).toEqual({ apart: true, path: [] });
    expect(apart(() => [], endOf(agent), endOf(weights))).toEqual({ apart: true, path: [] });
  });

  it('are reached against no flow: a reply is no connection', () => {
    expect(apart(() => [], endOf(weights), endOf(vllm)).apart).toBe(true);
    expect(apart(() => [], endOf(vllm), endOf(weights)).path).toHaveLength(1);
  });

  it('are reached over every pod between them, and the path names each hop', () => {
    const found = apart(() => [], customers, endOf(weights));
    expect(found.apart).toBe(false);
    expect(found.path.map(({ to }) => (isPods(to) ? podSetText(to.pods) : to.kind))).toEqual([
      podSetText(gateway.pods),
      podSetText(vllm.pods),
      podSetText(weights.pods),
    ]);
    expect(pathText(found).split('\n')).toHaveLength(4);
  });

  it('are reached over a pod that two tiers share', () => {
    const sidecar = tier('data', 'backup', { job: 'backup' });
    const found = apart(() => [flow(sidecar, internet, tcp(443))], endOf(weights), internet);
    // A pod may wear both labels, so what is in the tier of the weights may also be in that of the backup.
    expect(found.apart).toBe(false);
  });

  it('are reached over DNS, which forwards to everywhere', () => {
    const found = apart(({ weights: from }) => [flow(from, dns, ports.number('UDP', 53))], endOf(weights), internet);
    expect(found.apart).toBe(false);
    expect(found.path).toHaveLength(2);
    expect(pathText(found)).toContain(
      overPlane ? 'no policy isolates these pods' : 'no policy of this graph binds these pods',
    );
  });

  it('are reached from an address outside only where that address is admitted', () => {
    const admit = (block: string): Endpoint => ({ kind: 'addresses', addresses: ips.fromBlock(block) });
    const callback = (block: string) => (p: ReturnType<typeof platform>) => [flow(admit(block), p.vllm, tcp(1))];
    expect(apart(callback('198.51.100.7/32'), endOf(agent), endOf(weights)).path).toHaveLength(3);
    const elsewhere = platform();
    const declared = graph(elsewhere.tiers, [...elsewhere.flows.slice(1), ...callback('192.0.2.7/32')(elsewhere)]);
    expect(keepApart(overPlane ? planeOf(declared) : declared, endOf(agent), endOf(weights)).apart).toBe(true);
  });

  it('are found out in the presence of circles', () => {
    const circle = (p: ReturnType<typeof platform>) => [flow(p.vllm, p.gateway, tcp(1)), flow(p.vllm, p.vllm, tcp(2))];
    expect(apart(circle, customers, endOf(weights)).path).toHaveLength(3);
    expect(apart(circle, endOf(vllm), endOf(agent)).apart).toBe(true);
  });

  it('are apart from everything in an isolated namespace where no flow is about them', () => {
    const stray: Endpoint = { kind: 'pods', pods: podsIn('data', selectors.fromLabels({ app: 'stray' })), owner: 'x' };
    expect(apart(() => [], stray, internet).apart).toBe(true);
    const elsewhere: Endpoint = { ...stray, pods: podsIn('elsewhere', selectors.anything) };
    expect(apart(() => [], elsewhere, internet).apart).toBe(false);
  });

  it('are not apart where something is in both', () => {
    expect(
      apart(() => [], endOf(weights), { kind: 'pods', pods: podsIn('data', selectors.anything), owner: 'x' }),
    ).toMatchObject({ apart: false, path: [] });
  });
});

describe('paths through a plane', () => {
  it('need a port that both ends have', () => {
    const p = platform();
    const declared = graph(p.tiers, p.flows);
    const half = (port: number) =>
      [
        {
          direction: 'egress' as const,
          subject: p.agent.pods,
          peers: [{ kind: 'pods' as const, pods: p.weights.pods }],
          ports: tcp(port),
        },
        {
          direction: 'ingress' as const,
          subject: p.weights.pods,
          peers: [{ kind: 'pods' as const, pods: p.agent.pods }],
          ports: tcp(9000),
        },
      ].reduce(withRule, planeOf(declared));
    expect(keepApart(half(9001), endOf(p.agent), endOf(p.weights)).apart).toBe(true);
    expect(keepApart(half(9000), endOf(p.agent), endOf(p.weights)).apart).toBe(false);
  });

  it('go through a namespace that nothing isolates, and not through one that is', () => {
    const p = platform();
    const plane = withRule(planeOf(graph(p.tiers, p.flows)), {
      direction: 'egress',
      subject: p.weights.pods,
      peers: [
        {
          kind: 'pods',
          pods: podSet(selectors.fromLabels({ 'kubernetes.io/metadata.name': 'agents' }), selectors.anything),
        },
      ],
      ports: tcp(1),
    });
    expect(keepApart(plane, endOf(p.weights), internet).apart).toBe(true);
    const open = changed(plane, ({ isolations }) => ({
      isolations: isolations.filter(({ policy }) => policy.namespace !== 'agents'),
    }));
    expect(keepApart(open, endOf(p.weights), internet).path).toHaveLength(2);
  });

  it('need the other end to admit who comes, and not only somebody', () => {
    const p = platform();
    const plane = withRule(planeOf(graph(p.tiers, p.flows)), {
      direction: 'egress',
      subject: p.agent.pods,
      peers: [{ kind: 'pods', pods: podsIn('data', selectors.anything) }],
      ports: tcp(9000),
    });
    expect(keepApart(plane, endOf(p.agent), endOf(p.weights)).apart).toBe(true);
    expect(keepApart(plane, endOf(p.vllm), endOf(p.weights)).apart).toBe(false);
  });

  it('are not stopped by an isolation that leaves the decision to a next layer, which there is not', () => {
    const p = platform();
    const plane = changed(planeOf(graph(p.tiers, p.flows)), () => ({ otherwise: 'next' }));
    expect(keepApart(plane, endOf(p.weights), internet).path).toHaveLength(1);
  });

  it('go to any pod through a private block, where the engine may match pods by it', () => {
    const p = platform();
    const tools: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('10.0.0.0/8') };
    const declared = graph(p.tiers, [...p.flows, flow(p.agent, tools, tcp(8000)), flow(tools, p.vllm, tcp(8000))]);
    expect(keepApart(planeOf(declared, 'may'), endOf(p.agent), endOf(p.vllm)).path).toHaveLength(1);
    // The tools themselves are still admitted by the model.
    expect(keepApart(planeOf(declared, 'external-only'), endOf(p.agent), endOf(p.vllm)).path).toHaveLength(2);
  });

  it('lead by each peer of a rule, and name the rule, with its namespace where it has one', () => {
    const p = platform();
    const silent = withRules(
      planeOf(graph(p.tiers, p.flows)),
      () => true,
      () => [],
    );
    const outward = {
      direction: 'egress' as const,
      subject: p.agent.pods,
      peers: [peer(endOf(p.vllm)), peer(endOf(p.weights))],
      ports: tcp(9000),
    };
    const inward = { ...outward, direction: 'ingress' as const, subject: p.weights.pods };
    const plane = withRule(withRule(silent, outward), {
      ...inward,
      index: 3,
      policy: { kind: 'ClusterPolicy', name: 'all' },
      peers: [peer(endOf(p.gateway)), peer(endOf(p.agent))],
    });
    expect(keepApart(plane, endOf(p.agent), endOf(p.weights)).path.map(({ by }) => by)).toEqual([
      'egress rule 0 of NetworkPolicy elsewhere/stray, ingress rule 3 of ClusterPolicy all',
    ]);
    expect(keepApart(plane, endOf(p.agent), endOf(p.vllm)).apart).toBe(true);
  });

  it('lead into pods from an address by each peer of their rule, and from an entity where it is named', () => {
    const p = platform();
    const plane = planeOf(graph(p.tiers, p.flows));
    const inward = (...peers: Endpoint[]) =>
      withRule(plane, { direction: 'ingress', subject: p.weights.pods, peers: peers.map(peer), ports: tcp(9000) });
    const tools: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('198.51.100.0/24') };
    const nodes: Endpoint = { kind: 'entity', entity: 'nodes' };
    expect(keepApart(inward(customers, tools), tools, endOf(p.weights)).path).toHaveLength(1);
    expect(keepApart(inward(endOf(p.agent), nodes), nodes, endOf(p.weights)).path).toHaveLength(1);
    expect(keepApart(inward(endOf(p.agent)), nodes, endOf(p.weights)).path).toHaveLength(3);
    const anyone = withRule(plane, {
      direction: 'ingress',
      subject: p.weights.pods,
      peers: [{ kind: 'anything' }],
      ports: tcp(9000),
    });
    expect(keepApart(anyone, tools, endOf(p.weights)).path).toHaveLength(1);
    expect(keepApart(anyone, endOf(p.agent), endOf(p.weights)).path).toHaveLength(2);
  });

  describe('of which some is denied', () => {
    const deny = (plane: Plane, rule: Pick<Rule, 'direction' | 'subject' | 'peers'> & Partial<Rule>) =>
      withRule(plane, { ports: ports.everything, action: 'deny', ...rule });
    const p = platform();
    const plane = planeOf(graph(p.tiers, p.flows));

    it('are none where nothing else leads there either', () => {
      const denied = deny(plane, { direction: 'egress', subject: p.weights.pods, peers: [{ kind: 'anything' }] });
      expect(keepApart(denied, endOf(p.weights), internet)).toEqual({ apart: true, path: [] });
      // A denial opens no door for what it does not deny.
      const some = { direction: 'egress' as const, subject: p.weights.pods, peers: [peer(internet)], ports: tcp(1) };
      expect(keepApart(deny(plane, some), endOf(p.weights), internet)).toEqual({ apart: true, path: [] });
    });

    it('are cut where all of a hop is denied, at either end', () => {
      const atSource = { direction: 'egress' as const, subject: p.vllm.pods, peers: [peer(endOf(p.weights))] };
      const atTarget = { direction: 'ingress' as const, subject: p.weights.pods, peers: [peer(endOf(p.vllm))] };
      expect(keepApart(plane, customers, endOf(p.weights)).apart).toBe(false);
      expect(keepApart(deny(plane, atSource), customers, endOf(p.weights)).apart).toBe(true);
      expect(keepApart(deny(plane, atTarget), customers, endOf(p.weights)).apart).toBe(true);
      const atDoor = { direction: 'ingress' as const, subject: p.gateway.pods, peers: [peer(internet)] };
      expect(keepApart(deny(plane, atDoor), customers, endOf(p.weights)).apart).toBe(true);
    });

    it('are given as possible where only some pods, ports or addresses of a hop are denied', () => {
      const some = podsIn('inference', selectors.fromLabels({ app: 'vllm', track: 'canary' }));
      const rule = { direction: 'egress' as const, subject: p.vllm.pods, peers: [peer(endOf(p.weights))] };
      for (const less of [{ subject: some }, { ports: tcp(1) }, { requests: [{ protocol: 'http' as const }] }]) {
        const found = keepApart(deny(plane, { ...rule, ...less }), customers, endOf(p.weights));
        expect(found.path).toHaveLength(3);
        expect(pathText(found)).toContain('There may be a path');
      }
    });

    it('lead to the addresses that are not denied, and to no other', () => {
      const half: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('198.51.100.0/25') };
      const rest: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('198.51.100.128/25') };
      const denied = deny(plane, { direction: 'egress', subject: p.agent.pods, peers: [peer(half)] });
      expect(keepApart(denied, endOf(p.agent), half).apart).toBe(true);
      expect(keepApart(denied, endOf(p.agent), rest).apart).toBe(false);
      // Only one of the layers denies.
      const behind = { ...denied, layers: [...denied.layers, ...planeOf(graph(p.tiers, p.flows)).layers] };
      for (const within of [denied, behind]) {
        expect(keepApart(within, endOf(p.agent), rest).why).toMatch(
          /^There may be a path, since what the plane network plugin denies for only some/,
        );
      }
    });

    it('are open where pods are isolated by nothing but what is passed over, and closed where the rest is denied', () => {
      const ranked = (rules: Partial<Rule>[], layer: Partial<Layer> = {}): Plane => ({
        ...plane,
        layers: [
          {
            name: 'admin',
            order: 'ranked',
            isolations: [],
            otherwise: 'next',
            rules: rules.map((rule, index) => ({
              policy: { kind: 'ClusterPolicy', name: 'x' },
              direction: 'egress' as const,
              subject: p.weights.pods,
              peers: [{ kind: 'anything' as const }],
              ports: ports.everything,
              action: 'deny' as const,
              index,
              ...rule,
            })),
            ...layer,
          },
        ],
      });
      expect(keepApart(ranked([]), endOf(p.weights), internet).apart).toBe(false);
      expect(keepApart(ranked([{}]), endOf(p.weights), internet).apart).toBe(true);
      expect(keepApart(ranked([{ action: 'pass', ports: tcp(1) }, {}]), endOf(p.weights), internet).apart).toBe(false);
      const isolations = [{ policy: { kind: 'x', name: 'x' }, direction: 'egress' as const, subject: p.weights.pods }];
      const closed = { isolations, otherwise: 'deny' as const };
      expect(keepApart(ranked([], closed), endOf(p.weights), internet).apart).toBe(true);
      expect(keepApart(ranked([{ action: 'pass' }], closed), endOf(p.weights), internet).apart).toBe(false);
    });
  });
});

describe('paths to what has no known address', () => {
  it('lead to it where any address does, since it may be there', () => {
    const p = platform();
    const server: Endpoint = { kind: 'entity', entity: 'api-server' };
    const hub: Endpoint = { kind: 'hosts', patterns: [{ kind: 'exact', name: 'huggingface.co' }] };
    const declared = graph(p.tiers, p.flows);
    expect(keepApart(planeOf(declared), endOf(p.weights), server).apart).toBe(true);
    expect(keepApart(planeOf(declared), endOf(p.agent), server).apart).toBe(false);
    expect(keepApart(planeOf(declared), endOf(p.agent), hub).apart).toBe(false);
    const toHub = graph(p.tiers, [...p.flows, flow(p.weights, hub, tcp(443))]);
    for (const within of [toHub, planeOf(toHub)]) {
      expect(keepApart(within, endOf(p.weights), internet).apart).toBe(false);
      expect(keepApart(within, endOf(p.weights), endOf(p.agent)).apart).toBe(true);
    }
  });
});
