import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdk8s';
import { Cluster, type ClusterProps, Dns, Internet, Platform, PolicyProof, Port } from '../../lib';
import { planeOf, readManifests } from '../../lib/analysis';
import { cilium } from '../../lib/engines/cilium/engine';
import { engineNamed } from '../../lib/engines/engines';
import { ENGINE_NAMES } from '../../lib/model/engine-name';
import * as ips from '../../lib/model/ip-set';
import type { RulePeer } from '../../lib/model/layer';
import { podSetText } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import { anything } from '../../lib/model/selector';
import { addresses, end, flow, gateway, mesh, vllm } from '../graph/graphs';
import { dnsOnARange } from './constraints/graphs';
import { type Json, ofCilium, ofClusterNetworkPolicy, unread } from './constraints/objects';
import { facts } from './facts';
import { ENGINES, Mesh } from './portability/scenario';

// The traps that are no one engine's; those of an engine stand in its own tests, and all are counted below.

/** What clients may reach by what is rendered for an engine, as its own readers have it: peers and ports. */
function reachedBy(engine: string, props: ClusterProps, declare: (mesh: Mesh) => void): string[] {
  const app = Testing.app();
  Cluster.use(app, ENGINES[engine].make(props));
  declare(new Mesh(app));
  expect(PolicyProof.of(app).isProved).toBe(true);
  const reading = readManifests(app.charts.flatMap((chart) => chart.toJson()));
  expect(reading.problems).toEqual([]);
  const { plane } = planeOf(reading, { engine: ENGINES[engine].engine });
  const rules = plane.layers.flatMap((layer) => layer.rules);
  return rules
    .filter(({ direction, action }) => direction === 'egress' && action === 'allow')
    .flatMap(({ peers, ports: set }) => peers.map((peer) => `${peerText(peer)} ${ports.portsText(set)}`));
}

function peerText(peer: RulePeer): string {
  if (peer.kind === 'pods') return podSetText(peer.pods);
  return peer.kind === 'addresses' ? ips.ipsText(peer.addresses) : peer.kind;
}

describe.each(Object.keys(ENGINES))('on %s', (engine) => {
  const resolving = (mesh: Mesh) => mesh.serving({}, { dns: true });

  it('trap 7: DNS is let through on the ports that its pods listen on', () => {
    const reached = reachedBy(engine, { dns: Dns.openShift() }, resolving).filter((it) =>
      it.startsWith('openshift-dns'),
    );
    expect(reached.length).toBeGreaterThan(0);
    for (const one of reached) expect(one).toMatch(/(UDP|TCP)\/5353/);
    expect(reached.join()).not.toMatch(/\/53\b/);
  });

  it('trap 8: DNS on the network of nodes is let through by its address', () => {
    const reached = reachedBy(engine, { dns: Dns.nodeLocal() }, resolving);
    expect(reached.filter((it) => it.startsWith('169.254.20.10/32 ')).join()).toMatch(/UDP\/53/);
    expect(reached.filter((it) => it.startsWith('169.254.20.10/32 ')).join()).toMatch(/TCP\/53/);
  });

  it('trap 8: DNS on nodes at unknown addresses is port 53 of any address', () => {
    const reached = reachedBy(engine, { platform: Platform.EKS_AUTO_MODE, podCidrs: ['10.244.0.0/16'] }, resolving);
    const anywhere = reached.filter((it) => /(^| )(0\.0\.0\.0\/0|::\/0)/.test(it)).join();
    for (const text of ['0.0.0.0/0', '::/0', 'UDP/53', 'TCP/53']) expect(anywhere).toContain(text);
    expect(anywhere).not.toMatch(/(TCP|UDP)\/(?!53\b)/);
  });

  it('trap 18: anywhere is both families', () => {
    const reached = reachedBy(engine, {}, (mesh) => mesh.reaching(Internet.any(), { ports: [Port.tcp(443)] })).join(
      ' ',
    );
    expect(reached).toMatch(/(^|[ ,])0\.0\.0\.0\/0/);
    expect(reached).toMatch(/(^|[ ,])(::\/0|2000::\/3)/);
  });
});

describe('trap 11: ICMP', () => {
  const cluster = facts('cilium', { version: '1.20', dns: dnsOnARange, ipBlockMode: 'external-only' });

  it('trap 11: is closed by whatever Cilium is told of ports, and opened by no rule that we write', () => {
    const graph = { ...mesh(), flows: [flow(end(gateway), end(vllm), ports.number('TCP', 8000), 'users ask')] };
    const objects = cilium.render(graph, cluster);
    expect(JSON.stringify(objects)).not.toContain('icmps');
    const { isolations } = cilium.compose(readManifests(objects.map(({ of: _, ...object }) => object)), cluster)
      .layers[0];
    expect(isolations.length).toBeGreaterThan(0);
  });

  it('trap 11: is opened with everything else where all traffic passes', () => {
    const graph = { ...mesh(), flows: [flow(end(gateway), end(vllm), ports.everything, 'users ask')] };
    const [policy] = cilium.render(graph, cluster).filter(({ metadata }) => metadata.name === 'vllm');
    const { ingress } = policy.spec as { ingress: Json[] };
    expect(ingress.map((rule) => [rule.toPorts, rule.icmps])).toEqual([[undefined, undefined]]);
  });

  it('trap 11: a rule about it opens no port, isolates all the same, and every proof says that it is left out', () => {
    const reading = readManifests([ofCilium.ingress({ icmps: [{ fields: [{ type: 8 }] }] })]);
    expect(reading.problems).toEqual([]);
    const [{ rules, isolations }] = reading.others;
    expect(rules.filter((rule) => !ports.isEmpty(rule.ports))).toEqual([]);
    expect(isolations.map(({ direction }) => direction)).toEqual(['ingress']);
    const app = Testing.app();
    Cluster.use(app, Cluster.cilium({ version: '1.20' }));
    new Mesh(app).serving();
    expect(PolicyProof.of(app).toText()).toContain('ICMP: whether it passes is up to the engine');
  });
});

/** Manifests that decide on connections in ways that are not read: no verdict may rest on the others beside them. */
const UNREAD: readonly (readonly [string, Json])[] = [
  [
    'trap 14: identities of Istio, which are service accounts',
    unread('security.istio.io/v1', 'AuthorizationPolicy', {
      action: 'ALLOW',
      rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/web'] } }] }],
    }),
  ],
  [
    'trap 14: a DENY of requests in Istio, which denies all of a TCP port',
    unread('security.istio.io/v1', 'AuthorizationPolicy', {
      action: 'DENY',
      rules: [{ to: [{ operation: { methods: ['DELETE'] } }] }],
    }),
  ],
  [
    'trap 14: an empty AuthorizationPolicy, which denies all that comes in',
    unread('security.istio.io/v1', 'AuthorizationPolicy', {}),
  ],
  ['trap 14: mutual TLS of Istio', unread('security.istio.io/v1', 'PeerAuthentication', { mtls: { mode: 'STRICT' } })],
  [
    'trap 14: a Sidecar, which may keep in what no host of the mesh is',
    unread('networking.istio.io/v1', 'Sidecar', { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } }),
  ],
  [
    'trap 19: names on GKE',
    unread('networking.gke.io/v1alpha1', 'FQDNNetworkPolicy', {
      podSelector: {},
      egress: [{ matches: [{ name: 'api.example.com' }], ports: [{ protocol: 'TCP', port: 443 }] }],
    }),
  ],
  [
    'names on EKS Auto Mode',
    unread('networking.k8s.aws/v1alpha1', 'ApplicationNetworkPolicy', {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [{ to: [{ domainNames: ['api.example.com'] }] }],
    }),
  ],
  [
    'the ClusterNetworkPolicy of AWS, which has the name of another',
    unread('networking.k8s.aws/v1alpha1', 'ClusterNetworkPolicy', {
      tier: 'Admin',
      priority: 1,
      subject: { namespaces: {} },
    }),
  ],
  [
    'the firewall of OVN-Kubernetes, which allows what it does not deny',
    unread('k8s.ovn.org/v1', 'EgressFirewall', { egress: [{ type: 'Allow', to: { dnsName: 'api.example.com' } }] }),
  ],
  [
    'AdminNetworkPolicy',
    unread('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy', { priority: 1, subject: { namespaces: {} } }),
  ],
  [
    'BaselineAdminNetworkPolicy',
    unread('policy.networking.k8s.io/v1alpha1', 'BaselineAdminNetworkPolicy', { subject: { namespaces: {} } }),
  ],
];

describe('kinds of platforms and meshes', () => {
  it.each(UNREAD)('are named as unread, with the reason: %s', (_, object) => {
    const { problems, unread, policies } = readManifests([object]);
    expect([policies, problems]).toEqual([0, []]);
    expect(unread.map(({ problem }) => problem)).toMatchObject([
      { rule: 'unread-policy', value: object.kind, fix: expect.any(String) },
    ]);
    expect(unread[0].problem.what).toContain(`'${object.apiVersion}' decides on connections and is not read`);
  });
});

describe('trap 15: names in a ClusterNetworkPolicy', () => {
  const hosts = { kind: 'hosts', patterns: [{ kind: 'exact', name: 'api.example.com' }] } as const;

  it('trap 15: are not rendered, since an implementation may learn them from some DNS and not from others', () => {
    const engine = engineNamed('cluster-network-policy');
    const graph = { ...mesh(), flows: [flow(end(gateway), hosts, ports.number('TCP', 443), 'models are loaded')] };
    expect(engine.limits(graph, facts('cluster-network-policy'))).toMatchObject([{ rule: 'engine-host-names' }]);
  });

  it('trap 15: are judged for no Cilium, which learns them from pods k8s-app=kube-dns with the ports dns and dns-tcp', () => {
    const object = ofClusterNetworkPolicy.egress({ to: [{ domainNames: ['api.example.com'] }] });
    const reading = readManifests([object]);
    expect(reading.problems).toEqual([]);
    const { problems } = planeOf(reading, { engine: 'cilium', version: '1.20' });
    expect(problems.map(({ rule }) => rule)).toContain('cilium-tiers');
  });
});

describe('trap 16: connections of the API server', () => {
  const server = { kind: 'entity', entity: 'api-server' } as const;
  const graph = { ...mesh(), flows: [flow(server, end(vllm), ports.number('TCP', 8443), 'webhooks are called')] };

  it.each(['AKS', 'GKE Standard', 'GKE Autopilot'])('trap 16: are refused as a source on %s', (platform) => {
    expect(cilium.limits(graph, facts('cilium', { version: '1.20', platform }))).toMatchObject([
      { rule: 'engine-entity' },
    ]);
  });

  it.each(['EKS', 'OpenShift', 'kind', undefined])('trap 16: are taken on %s', (platform) => {
    expect(cilium.limits(graph, facts('cilium', { version: '1.20', platform }))).toEqual([]);
  });
});

describe('trap 17: names that are denied', () => {
  it.each(ENGINE_NAMES)('trap 17: are refused on %s, since an address that a cache holds gets through', (name) => {
    const peer = { kind: 'hosts', patterns: [{ kind: 'exact', name: 'api.example.com' }] } as const;
    const subject = { namespaces: anything, pods: anything };
    const deny = { direction: 'egress', subject, peer, ports: ports.everything } as const;
    const guardrails = [{ name: 'guard', because: 'any', denies: [deny], isolates: [] }];
    const engine = engineNamed(name);
    const cluster = facts(name, { version: engine.versions?.last, dns: dnsOnARange });
    const refused = (of: typeof guardrails) => engine.limits({ ...mesh(), guardrails: of }, cluster);
    expect(refused(guardrails)).not.toEqual([]);
    const byAddress = [{ ...guardrails[0], denies: [{ ...deny, peer: addresses('192.0.2.0/24') as never }] }];
    if (name !== 'kubernetes') expect(refused(byAddress)).toEqual([]);
  });
});

describe('the traps of the engines', () => {
  const folder = join(__dirname, '..');
  const files = ['engines', 'kinds'].flatMap((room) =>
    readdirSync(join(folder, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(folder, room, name), 'utf8')),
  );

  // A title may name a test of upstream before the trap.
  const titled = files.flatMap((text) =>
    [...text.matchAll(/['"`](?:[^'"`\n]*; )?trap (\d+): /g)].map(([, n]) => Number(n)),
  );

  it.each(Array.from({ length: 19 }, (_, i) => i + 1))('have a test each: %d', (trap) => {
    expect(titled).toContain(trap);
  });
});
