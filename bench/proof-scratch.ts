import * as ips from '../lib/model/ip-set';
import { podSet, podsIn } from '../lib/model/pod-set';
import * as ports from '../lib/model/port-set';
import * as selectors from '../lib/model/selector';
import { proveGraph } from '../lib/proof';
import { flow, graph, planeOf, tier, withRule, withRules } from '../test/proof/mechanical';

function mesh(n: number, perNamespace: number) {
  const tiers = Array.from({ length: n }, (_, i) => tier(`ns-${Math.floor(i / perNamespace)}`, `t${i}`));
  const dns = {
    kind: 'pods' as const,
    pods: podsIn('kube-system', selectors.fromLabels({ 'k8s-app': 'kube-dns' })),
    owner: 'platform',
  };
  const flows = tiers.flatMap((t, i) => [
    ...[1, 7, 13].map((d) => flow(tiers[(i + d) % n], t, ports.number('TCP', 8080))),
    flow(t, dns, ports.union(ports.number('UDP', 53), ports.number('TCP', 53))),
  ]);
  return graph(tiers, flows);
}
const clone = <T>(x: T): T => {
  // as a reader would: nothing shared
  if (typeof x !== 'object' || x === null) return x;
  if (Array.isArray(x)) return x.map(clone) as T;
  return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, clone(v)])) as T;
};
function time(
  name: string,
  run: () => { proved: boolean; counts: object; witnesses: readonly unknown[]; notProved: readonly unknown[] },
) {
  const cpu = process.cpuUsage();
  const p = run();
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    name,
    Math.round((user + system) / 1000),
    'ms',
    p.proved,
    p.counts,
    p.witnesses.length,
    p.notProved.length,
  );
}
for (const per of process.env.PER ? [Number(process.env.PER)] : [10, 400]) {
  const g = mesh(400, per);
  const known = g.namespaces.map(({ name }) => ({ name, labels: { purpose: 'x' } }));
  const opts = { podAddresses: ips.fromBlock('10.244.0.0/16'), knownNamespaces: known };
  const meta = { kind: 'addresses' as const, addresses: ips.fromBlock('169.254.169.254/32') };
  const promises = g.tiers.flatMap((t) =>
    ['a', 'b', 'c', 'd'].map((rule) => ({ tier: t, forbids: meta, because: 'x', rule })),
  );
  const p = planeOf(g);
  const [p1, p2] = [clone(p), clone(p)];
  time(`${per} cold`, () => proveGraph(g, p1, opts));
  if (process.env.PER) break;
  time(`${per} again`, () => proveGraph(g, p2, opts));
  if (process.env.PER) break;
  time(`${per} promises`, () => proveGraph(g, clone(p), { ...opts, promises }));
  const pieces = withRules(
    p,
    (r) => r.direction === 'ingress',
    (r) => [
      {
        ...r,
        ports: ports.number('TCP', 8080),
        subject: podSet(
          r.subject.namespaces,
          selectors.both(r.subject.pods, selectors.fromRequirements([{ key: 'x', operator: 'Exists' }])),
        ),
      },
      {
        ...r,
        subject: podSet(
          r.subject.namespaces,
          selectors.both(r.subject.pods, selectors.fromRequirements([{ key: 'x', operator: 'DoesNotExist' }])),
        ),
      },
    ],
  );
  time(`${per} slow path all`, () => proveGraph(g, clone(pieces), opts));
  time(`${per} label peer`, () =>
    proveGraph(
      g,
      withRules(
        clone(p),
        () => true,
        (r) => [
          {
            ...r,
            peers: r.peers.map((q) =>
              q.kind === 'pods' ? { kind: 'pods', pods: podSet(selectors.anything, q.pods.pods) } : q,
            ),
          },
        ],
      ),
      opts,
    ),
  );
}
if (!process.env.PER) {
  const server = tier('b', 's');
  const clients = Array.from({ length: 200 }, (_, i) => ({
    kind: 'pods' as const,
    owner: 'x',
    pods: podsIn('x', selectors.fromLabels({ a: `v${i % 7}`, b: `v${i % 11}`, c: `v${i % 13}` })),
  }));
  const g = graph(
    [server],
    clients.map((c) => flow(c, server, ports.number('TCP', 1))),
  );
  time('empty selector against 200', () =>
    proveGraph(
      g,
      withRule(planeOf(g), {
        direction: 'ingress',
        subject: server.pods,
        peers: [{ kind: 'pods', pods: podsIn('x', selectors.anything) }],
        ports: ports.number('TCP', 1),
      }),
    ),
  );
  const nots = Array.from({ length: 200 }, (_, i) => ({
    kind: 'pods' as const,
    owner: 'x',
    pods: podsIn(
      'x',
      selectors.fromRequirements(
        ['a', 'b', 'c'].map((key, k) => ({
          key: `${key}${(i * (k + 3)) % 9}`,
          operator: (i >> k) % 2 ? ('Exists' as const) : ('DoesNotExist' as const),
        })),
      ),
    ),
  }));
  const h = graph(
    [server],
    nots.map((c) => flow(c, server, ports.number('TCP', 1))),
  );
  time('empty selector against 200 random 3-literals', () =>
    proveGraph(
      h,
      withRule(planeOf(h), {
        direction: 'ingress',
        subject: server.pods,
        peers: [{ kind: 'pods', pods: podsIn('x', selectors.anything) }],
        ports: ports.number('TCP', 1),
      }),
    ),
  );
}
