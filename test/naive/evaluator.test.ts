import { type End, egressAllowed, ingressAllowed, mayConnect } from './evaluator';
import type { ContainerPort, Labels, NetworkPolicy, Pod, PolicyPeer, PolicyPort, PolicyRule, World } from './world';

// Numbers in titles are those of the list of NetworkPolicy semantics that is easy to get wrong. Not shown here, for the
// evaluator knows neither nodes nor Services nor ICMP: 14 (a pod's own node), half of 15 (through a Service), 22 (ICMP).

const everyone: PolicyRule = {};
const server = pod('shop', 'server', { app: 'server' }, { ips: ['10.0.0.1'] });
const client = pod('shop', 'client', { app: 'client' }, { ips: ['10.0.0.2'] });
const batch = pod('shop', 'batch', { app: 'batch', tier: 'batch' });
const foreign = pod('other', 'client', { app: 'client' }, { ips: ['10.0.1.2'] });
const outside: End = { ip: '192.0.2.7' };

describe('selectors', () => {
  it('1: NotIn matches a pod without the key', () => {
    const world = withPolicy({ ingress: [{ from: [{ podSelector: expression('tier', 'NotIn', ['batch']) }] }] });
    expect(reaches(world, client, server)).toBe(true);
    expect(reaches(world, batch, server)).toBe(false);
  });

  it('1: In, Exists and DoesNotExist are told apart by the key alone', () => {
    const from = (operator: string, values?: string[]) =>
      withPolicy({ ingress: [{ from: [{ podSelector: expression('tier', operator, values) }] }] });
    expect([client, batch].map((it) => reaches(from('In', ['batch', 'x']), it, server))).toEqual([false, true]);
    expect([client, batch].map((it) => reaches(from('In', ['x']), it, server))).toEqual([false, false]);
    expect([client, batch].map((it) => reaches(from('Exists'), it, server))).toEqual([false, true]);
    expect([client, batch].map((it) => reaches(from('DoesNotExist'), it, server))).toEqual([true, false]);
  });

  it('1: an operator that Kubernetes does not have is not guessed at', () => {
    const world = withPolicy({ ingress: [{ from: [{ podSelector: expression('tier', 'Gt', ['1']) }] }] });
    expect(() => reaches(world, client, server)).toThrow('no operator: Gt');
  });

  it('1: a label that is named like a property of every object is absent all the same', () => {
    const world = withPolicy({ ingress: [{ from: [{ podSelector: expression('constructor', 'Exists') }] }] });
    expect(reaches(world, client, server)).toBe(false);
  });

  it('17: pods of one owner that differ in labels are judged apart', () => {
    const world = withPolicy({
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'client', track: 'stable' } } }] }],
    });
    const variant = (track: string) => pod('shop', `client-${track}`, { app: 'client', track });
    expect(reaches(world, variant('stable'), server)).toBe(true);
    expect(reaches(world, variant('canary'), server)).toBe(false);
  });
});

describe('what a policy isolates', () => {
  it('2: without policyTypes, ingress is isolated, and egress only where there is a rule for it', () => {
    const egressOf = (spec: NetworkPolicy['spec']) => reaches(withPolicy(spec), server, client);
    const ingressOf = (spec: NetworkPolicy['spec']) => reaches(withPolicy(spec), client, server);
    const toNobody: PolicyRule = { to: [{ podSelector: { matchLabels: { app: 'nobody' } } }] };
    expect([ingressOf({}), egressOf({})]).toEqual([false, true]);
    expect([ingressOf({ egress: [] }), egressOf({ egress: [] })]).toEqual([false, true]);
    expect([ingressOf({ policyTypes: [], egress: null }), egressOf({ policyTypes: null })]).toEqual([false, true]);
    expect([ingressOf({ egress: [toNobody] }), egressOf({ egress: [toNobody] })]).toEqual([false, false]);
  });

  it('2: policyTypes that are given are the only ones, whatever rules there are', () => {
    const onlyEgress = withPolicy({ policyTypes: ['Egress'], ingress: [{ ports: [{ port: 1 }] }] });
    expect([reaches(onlyEgress, client, server), reaches(onlyEgress, server, client)]).toEqual([true, false]);
    const onlyIngress = withPolicy({ policyTypes: ['Ingress'], egress: [{ ports: [{ port: 1 }] }] });
    expect([reaches(onlyIngress, client, server), reaches(onlyIngress, server, client)]).toEqual([false, true]);
  });

  it('3: no rules, an empty list and null isolate; one empty rule allows everything', () => {
    for (const ingress of [undefined, null, []]) expect(reaches(withPolicy({ ingress }), client, server)).toBe(false);
    const open = withPolicy({ ingress: [everyone] });
    for (const from of [client, foreign, outside]) expect(reaches(open, from, server)).toBe(true);
  });

  it('3: a rule with an empty list of peers is about any peer', () => {
    for (const from of [undefined, null, []]) {
      const world = withPolicy({ ingress: [{ from, ports: [{ port: 8000 }] }] });
      for (const source of [client, foreign, outside]) expect(reaches(world, source, server)).toBe(true);
      expect(reaches(world, client, server, 8001)).toBe(false);
    }
  });

  it('19: a policy that selects no pod isolates nothing', () => {
    const world = withPolicy({ podSelector: { matchLabels: { app: 'nobody' } }, ingress: [] });
    expect(reaches(world, client, server)).toBe(true);
    expect(reaches(withPolicy({ podSelector: {}, ingress: [] }), client, server)).toBe(false);
  });

  it('19: a policy without a podSelector selects every pod of its namespace, and none of another', () => {
    const world = worldWith(policyFor({ podSelector: null, ingress: [] }));
    expect([reaches(world, foreign, client), reaches(world, client, foreign)]).toEqual([false, true]);
  });

  it('19: a policy that names no namespace is in default', () => {
    const world = worldWith({ metadata: { name: 'deny' }, spec: { ingress: [] } });
    const inDefault = pod('default', 'server', {});
    expect([reaches(world, client, inDefault), reaches(world, client, server)]).toEqual([false, true]);
  });

  it('20: deny both ways without DNS breaks names, and UDP alone breaks the large answers', () => {
    const dns = pod('kube-system', 'dns', { 'k8s-app': 'kube-dns' });
    const allowed = (world: World) => [
      mayConnect(world, server, dns, 'UDP', 53),
      mayConnect(world, server, dns, 'TCP', 53),
    ];
    const egress = (ports: PolicyPort[]) => [{ to: [{ namespaceSelector: {} }], ports }];
    expect(allowed(withPolicy({ policyTypes: ['Ingress', 'Egress'] }))).toEqual([false, false]);
    expect(allowed(withPolicy({ egress: egress([{ protocol: 'UDP', port: 53 }]) }))).toEqual([true, false]);
    expect(allowed(withPolicy({ egress: egress([{ protocol: 'UDP', port: 53 }, { port: 53 }]) }))).toEqual([
      true,
      true,
    ]);
  });

  it('a second policy only ever adds', () => {
    const narrow = policyFor({ ingress: [] });
    const wide = policyFor({ ingress: [{ from: [{ podSelector: {} }] }] });
    expect(reaches(worldWith(narrow), client, server)).toBe(false);
    for (const policies of [
      [narrow, wide],
      [wide, narrow],
    ])
      expect(reaches(worldWith(...policies), client, server)).toBe(true);
  });
});

describe('peers', () => {
  const from = (...peers: PolicyPeer[]) => withPolicy({ ingress: [{ from: peers }] });

  it('4: a podSelector alone is about the namespace of the policy; with an empty namespaceSelector, about all', () => {
    const podSelector = { matchLabels: { app: 'client' } };
    for (const namespaceSelector of [undefined, null]) {
      const own = from({ podSelector, namespaceSelector });
      expect([client, foreign, batch].map((it) => reaches(own, it, server))).toEqual([true, false, false]);
    }
    const all = from({ podSelector, namespaceSelector: {} });
    expect([client, foreign, batch].map((it) => reaches(all, it, server))).toEqual([true, true, false]);
  });

  it('4: a namespaceSelector alone is about all pods of those namespaces', () => {
    for (const podSelector of [undefined, null]) {
      const world = from({ podSelector, namespaceSelector: { matchLabels: { team: 'other' } } });
      expect([client, foreign].map((it) => reaches(world, it, server))).toEqual([false, true]);
    }
  });

  it('4: a peer with neither selector nor block has no meaning, and neither has one with both', () => {
    expect(() => reaches(from({}), client, server)).toThrow('a podSelector, a namespaceSelector or an ipBlock');
    expect(() => reaches(from({ podSelector: null }), client, server)).toThrow('a podSelector');
    const both = from({ podSelector: {}, ipBlock: { cidr: '10.0.0.0/8' } });
    expect(() => reaches(both, client, server)).toThrow('not both');
  });

  it('5: both selectors in one item must hold; of two items one is enough', () => {
    const podSelector = { matchLabels: { app: 'client' } };
    const namespaceSelector = { matchLabels: { team: 'other' } };
    const foreignBatch = pod('other', 'batch', { app: 'batch' });
    const peers = [client, foreign, foreignBatch, batch];
    expect(peers.map((it) => reaches(from({ podSelector, namespaceSelector }), it, server))).toEqual([
      false,
      true,
      false,
      false,
    ]);
    expect(peers.map((it) => reaches(from({ podSelector }, { namespaceSelector }), it, server))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('12: kubernetes.io/metadata.name is on every namespace, also on one that nobody declared', () => {
    const named = (name: string) =>
      from({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
    const undeclared = pod('nowhere', 'client', {});
    expect([foreign, undeclared].map((it) => reaches(named('other'), it, server))).toEqual([true, false]);
    expect([foreign, undeclared].map((it) => reaches(named('nowhere'), it, server))).toEqual([false, true]);
  });

  it('13: pods on the host network are in no selector, as peers and as subjects', () => {
    const host = pod('shop', 'host', { app: 'client' }, { hostNetwork: true });
    expect(reaches(from({ podSelector: {} }), host, server)).toBe(false);
    expect(reaches(from({ podSelector: {} }, { namespaceSelector: {} }), host, server)).toBe(false);
    expect(reaches(from({ podSelector: {} }), client, server)).toBe(true);
    const deny = worldWith(policyFor({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }));
    expect([reaches(deny, foreign, host), reaches(deny, host, foreign)]).toEqual([true, true]);
    expect([reaches(deny, foreign, client), reaches(deny, client, foreign)]).toEqual([false, false]);
  });

  it('15: a pod reaches itself whatever policy says, and its twin only if policy does', () => {
    const deny = worldWith(policyFor({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }));
    const twin = pod('shop', 'server-2', server.labels);
    expect(reaches(deny, server, server)).toBe(true);
    expect(reaches(deny, server, twin)).toBe(false);
    expect([egressAllowed, ingressAllowed].map((half) => half(deny, server, server, 'TCP', 1))).toEqual([true, true]);
  });
});

describe('addresses', () => {
  const to = (mode: World['ipBlockMode'], ...blocks: NonNullable<PolicyPeer['ipBlock']>[]): World => ({
    ...withPolicy({ policyTypes: ['Egress'], egress: [{ to: blocks.map((ipBlock) => ({ ipBlock })) }] }),
    ipBlockMode: mode,
  });
  const ten = { cidr: '10.0.0.0/8' };

  it('8: whether a block matches a pod by its address depends on the cluster', () => {
    expect(reaches(to('pods', ten), server, client)).toBe(true);
    expect(reaches(to(undefined, ten), server, client)).toBe(true);
    expect(reaches(to('external-only', ten), server, client)).toBe(false);
    for (const mode of ['pods', 'external-only'] as const) {
      expect(reaches(to(mode, ten), server, { ip: '10.9.9.9' })).toBe(true);
      expect(reaches(to(mode, ten), server, outside)).toBe(false);
    }
  });

  it('8: a pod whose address is not known is in no block', () => {
    expect(reaches(to('pods', { cidr: '0.0.0.0/0' }), server, batch)).toBe(false);
  });

  it('8: both halves of a connection are judged by addresses of one family', () => {
    const dual = pod('shop', 'dual', { app: 'dual' }, { ips: ['10.0.0.9', 'fd00::9'] });
    const other = pod('shop', 'other', { app: 'other' }, { ips: ['10.0.0.8', 'fd00::8'] });
    const block = (app: string, direction: 'from' | 'to', cidr: string) =>
      policyFor({
        podSelector: { matchLabels: { app } },
        policyTypes: [direction === 'to' ? 'Egress' : 'Ingress'],
        [direction === 'to' ? 'egress' : 'ingress']: [{ [direction]: [{ ipBlock: { cidr } }] }],
      });
    const crossed = worldWith(block('dual', 'to', '10.0.0.0/8'), block('other', 'from', 'fd00::/8'));
    expect([egressAllowed, ingressAllowed].map((half) => half(crossed, dual, other, 'TCP', 1))).toEqual([true, true]);
    expect(reaches(crossed, dual, other)).toBe(false);
    const aligned = worldWith(block('dual', 'to', 'fd00::/8'), block('other', 'from', 'fd00::/8'));
    expect(reaches(aligned, dual, other)).toBe(true);
  });

  it('8: a pod without an address of the family of the other end is judged by policy alone', () => {
    const toIpv6 = to('pods', { cidr: '2001:db8::/32' });
    expect(reaches(toIpv6, server, { ip: '2001:db8::7' })).toBe(true);
    expect(reaches(toIpv6, server, { ip: '2001:db9::7' })).toBe(false);
  });

  it('9: except takes away from its own peer only', () => {
    const exceptClient = { cidr: '10.0.0.0/8', except: ['10.0.0.2/32'] };
    expect(reaches(to('pods', exceptClient), server, client)).toBe(false);
    expect(reaches(to('pods', exceptClient), server, foreign)).toBe(true);
    expect(reaches(to('pods', exceptClient, { cidr: '10.0.0.2/32' }), server, client)).toBe(true);
    expect(reaches(to('pods', { ...ten, except: null }), server, client)).toBe(true);
  });

  it('11: addresses have no policy of their own', () => {
    const deny = worldWith(policyFor({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }));
    expect(ingressAllowed(deny, server, outside, 'TCP', 443)).toBe(true);
    expect(egressAllowed(deny, outside, server, 'TCP', 443)).toBe(true);
    expect([reaches(deny, server, outside), reaches(deny, outside, server)]).toEqual([false, false]);
    expect(reaches(deny, outside, { ip: '192.0.2.8' })).toBe(true);
  });
});

describe('both ends', () => {
  const toServer = policyFor({
    podSelector: { matchLabels: { app: 'client' } },
    policyTypes: ['Egress'],
    egress: [{ to: [{ podSelector: { matchLabels: { app: 'server' } } }] }],
  });
  const fromClient = policyFor({ ingress: [{ from: [{ podSelector: { matchLabels: { app: 'client' } } }] }] });

  it('11: a connection needs the egress of one end and the ingress of the other', () => {
    const halves = (world: World, from: End, to: End) =>
      [egressAllowed, ingressAllowed, mayConnect].map((half) => half(world, from, to, 'TCP', 8000));
    expect(halves(worldWith(toServer, fromClient), client, server)).toEqual([true, true, true]);
    expect(halves(worldWith(toServer, fromClient), client, batch)).toEqual([false, true, false]);
    expect(halves(worldWith(toServer, fromClient), batch, server)).toEqual([true, false, false]);
  });

  it('11: replies need no rule: the way back is closed, and the way there is open', () => {
    const world = worldWith(
      toServer,
      policyFor({ policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [{ podSelector: {} }] }] }),
    );
    expect([reaches(world, client, server), reaches(world, server, client)]).toEqual([true, false]);
  });
});

describe('ports', () => {
  const open = (...ports: PolicyPort[]) => withPolicy({ ingress: [{ ports }] });
  const protocols = ['TCP', 'UDP', 'SCTP'] as const;
  const passes = (world: World, to: Pod, port: number) =>
    protocols.map((it) => mayConnect(world, client, to, it, port));

  it('6: a name is what the destination calls it, for the protocol it calls it so', () => {
    const http: ContainerPort = { name: 'http', protocol: 'TCP', number: 8000 };
    const other = pod('shop', 'server-2', server.labels, { ports: [{ ...http, number: 9000 }] });
    const both = pod('shop', 'server-3', server.labels, { ports: [http, { ...http, protocol: 'UDP', number: 8001 }] });
    const named = open({ port: 'http' });
    expect(passes(named, { ...server, ports: [http] }, 8000)).toEqual([true, false, false]);
    expect([8000, 9000].map((port) => passes(named, other, port)[0])).toEqual([false, true]);
    expect(passes(named, server, 8000)).toEqual([false, false, false]);
    expect(passes(open({ port: 'http', protocol: 'UDP' }), both, 8001)).toEqual([false, true, false]);
    expect(passes(open({ port: 'http', protocol: 'UDP' }), both, 8000)).toEqual([false, false, false]);
    expect(passes(open({ port: 'http', protocol: 'UDP' }), { ...server, ports: [http] }, 8000)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it("6: on egress, too, the name is the destination's", () => {
    const http: ContainerPort = { name: 'http', protocol: 'TCP', number: 8000 };
    const world = withPolicy({ policyTypes: ['Egress'], egress: [{ ports: [{ port: 'http' }] }] });
    expect(mayConnect(world, server, { ...client, ports: [http] }, 'TCP', 8000)).toBe(true);
    expect(mayConnect(world, { ...server, ports: [http] }, client, 'TCP', 8000)).toBe(false);
  });

  it('7: a named port never matches an address, nor a pod on the host network', () => {
    const world = withPolicy({ policyTypes: ['Egress'], egress: [{ ports: [{ port: 'http' }] }] });
    const ports: ContainerPort[] = [{ name: 'http', protocol: 'TCP', number: 8000 }];
    expect(reaches(world, server, outside)).toBe(false);
    expect(reaches(world, server, { ...client, ports, hostNetwork: true })).toBe(false);
    expect(reaches(world, server, { ...client, ports })).toBe(true);
  });

  it('10: a port without protocol is TCP, a protocol without port is all its ports, no ports are everything', () => {
    expect(passes(open({ port: 8000 }), server, 8000)).toEqual([true, false, false]);
    expect(passes(open({ port: 8000, protocol: null }), server, 8000)).toEqual([true, false, false]);
    expect(passes(open({ protocol: 'UDP' }), server, 1)).toEqual([false, true, false]);
    expect(passes(open({ protocol: 'UDP', port: null }), server, 65535)).toEqual([false, true, false]);
    expect(passes(open({}), server, 8000)).toEqual([true, false, false]);
    for (const ports of [undefined, null, []]) {
      expect(passes(withPolicy({ ingress: [{ ports }] }), server, 8000)).toEqual([true, true, true]);
    }
  });

  it('16: a rule is about the port of the pod: one with the port of a Service lets nothing in', () => {
    const servicePort = open({ port: 80 });
    expect(reaches(servicePort, client, server, 8000)).toBe(false);
    expect(reaches(open({ port: 8000 }), client, server, 8000)).toBe(true);
  });

  it('18: endPort ends a range, both ends in it', () => {
    const world = open({ port: 8000, endPort: 8002 });
    expect([7999, 8000, 8001, 8002, 8003].map((port) => reaches(world, client, server, port))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect(reaches(open({ port: 8000, endPort: 8000 }), client, server)).toBe(true);
  });

  it('18: endPort without a number before it, or below it, has no meaning', () => {
    expect(() => reaches(open({ endPort: 8002 }), client, server)).toThrow('a port that is a number');
    expect(() => reaches(open({ port: 'http', endPort: 8002 }), client, server)).toThrow('a port that is a number');
    expect(() => reaches(open({ port: 8002, endPort: 8000 }), client, server)).toThrow('endPort is not below port');
  });

  it('21: SCTP is neither TCP nor UDP, and a rule for it isolates all three', () => {
    expect(passes(open({ protocol: 'SCTP', port: 8000 }), server, 8000)).toEqual([false, false, true]);
    expect(passes(open({ protocol: 'SCTP', port: 8000 }), server, 8001)).toEqual([false, false, false]);
  });
});

function reaches(world: World, from: End, to: End, port = 8000): boolean {
  return mayConnect(world, from, to, 'TCP', port);
}

/** One policy in `shop`, on the server unless it says otherwise. */
function withPolicy(spec: NetworkPolicy['spec']): World {
  return worldWith(policyFor(spec));
}

function policyFor(spec: NetworkPolicy['spec']): NetworkPolicy {
  return {
    metadata: { name: 'policy', namespace: 'shop' },
    spec: { podSelector: { matchLabels: { app: 'server' } }, ...spec },
  };
}

function worldWith(...policies: NetworkPolicy[]): World {
  return {
    namespaces: [
      { name: 'shop', labels: { team: 'shop' } },
      { name: 'other', labels: { team: 'other' } },
    ],
    pods: [server, client, batch, foreign],
    policies,
  };
}

function pod(namespace: string, name: string, labels: Labels, more: Partial<Pod> = {}): Pod {
  return { namespace, name, labels, ips: [], ports: [], ...more };
}

function expression(key: string, operator: string, values?: string[]) {
  return { matchExpressions: [{ key, operator, values }] };
}
