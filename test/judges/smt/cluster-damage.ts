import type { Edit } from '../../damage/edit';
import type { Files } from '../../damage/manifests';
import type { Operator } from '../../damage/operators';
import type { Random } from '../random';
import { type ClusterNetworkPolicy, NAME_LABEL, type RuleOfCluster } from './manifests';

type Json = Record<string, unknown>;
type Mutable<T> = { -readonly [K in keyof T]: Mutable<T[K]> };

/** Kinds of damage to what ClusterNetworkPolicies say, beside those of `test/damage` to NetworkPolicies. */
export const clusterOperators: readonly Operator[] = [
  { name: 'add a ClusterNetworkPolicy', edits: addPolicies },
  { name: 'deny where pods have their addresses', edits: denyPodAddresses },
  { name: 'change an action', edits: changeActions },
  { name: 'change a tier or a priority', edits: changeRanks },
  { name: 'drop a rule or a peer of the cluster', edits: dropParts },
  { name: 'change who a ClusterNetworkPolicy is about', edits: changeSubjects },
  { name: 'change the traffic of a rule of the cluster', edits: changeProtocols },
];

/** One of somebody, with rules of every action; beside it perhaps one that says the opposite, before or after it. */
function addPolicies(files: Files, random: Random): Edit[] {
  const names = Object.values(files)
    .flat()
    .flatMap(({ kind, metadata }) => (kind === 'Namespace' ? [metadata.name] : (metadata.namespace ?? [])));
  const place = Object.values(files)[0] ?? [];
  return [false, true].map((isContradicted) => () => {
    const added = randomPolicy([...new Set(names)], random);
    place.push(added as never);
    if (isContradicted) place.push(contradicting(added, random) as never);
  });
}

/** Who is meant depends on whether blocks match pods. */
function denyPodAddresses(files: Files, random: Random): Edit[] {
  const place = Object.values(files)[0] ?? [];
  const egress = [
    { action: 'Deny', to: [{ networks: [random.oneOf(['10.244.0.0/16', '10.244.0.0/17', '10.0.0.0/8'])] }] },
  ];
  const spec = { tier: 'Admin', priority: AMONG_OTHERS, subject: { namespaces: {} }, egress };
  return [() => void place.push({ ...NOBODYS, spec })];
}

const AMONG_OTHERS = 500;

const NOBODYS = {
  apiVersion: 'policy.networking.k8s.io/v1alpha2',
  kind: 'ClusterNetworkPolicy',
  metadata: { name: 'somebody' },
};

function randomPolicy(namespaces: readonly string[], random: Random): Json & { readonly spec: Json } {
  const networks = () => ({ networks: random.some(NETWORKS, random.between(1, 2)) });
  const rule = (side: 'from' | 'to'): Json => {
    const toNetworks = side === 'to' && random.happens(0.4);
    const protocols = random.happens(0.5) ? { protocols: [randomProtocol(!toNetworks, random)] } : {};
    const peer = toNetworks ? networks() : randomPods(namespaces, random);
    return { action: random.oneOf(['Accept', 'Deny', 'Pass']), [side]: [peer], ...protocols };
  };
  const rules = (side: 'from' | 'to') => random.times(random.between(1, 3), () => rule(side));
  return {
    ...NOBODYS,
    spec: {
      tier: random.oneOf(['Admin', 'Baseline']),
      priority: AMONG_OTHERS,
      subject: randomPods(namespaces, random),
      ...(random.happens(0.7) ? { ingress: rules('from') } : {}),
      ...(random.happens(0.7) ? { egress: rules('to') } : {}),
    },
  };
}

function contradicting({ spec, ...policy }: Json & { readonly spec: Json }, random: Random): Json {
  const opposite = (rules: unknown) =>
    (rules as RuleOfCluster[] | undefined)?.map(({ action, ...rest }) => ({
      action: action === 'Deny' ? random.oneOf(['Accept', 'Pass']) : 'Deny',
      ...rest,
    }));
  const priority = AMONG_OTHERS + random.oneOf([-1, 1]);
  const changed = { ...spec, priority, ingress: opposite(spec.ingress), egress: opposite(spec.egress) };
  return JSON.parse(JSON.stringify({ ...policy, metadata: { name: 'somebody-else' }, spec: changed }));
}

const NETWORKS = [
  '192.0.2.0/25',
  '10.0.0.0/8',
  '10.244.128.0/17',
  '203.0.113.7/32',
  '169.254.169.254/32',
  '0.0.0.0/0',
  '2001:db8::/33',
  '::/0',
];

function randomPods(namespaces: readonly string[], random: Random): Json {
  const named = { matchLabels: { [NAME_LABEL]: random.oneOf(namespaces) } };
  const podSelector = random.oneOf<Json>([
    { matchLabels: { app: random.oneOf(['a', 'b', 'c']) } },
    { matchExpressions: [{ key: 'app', operator: 'In', values: ['a', 'b'] }] },
    { matchExpressions: [{ key: 'track', operator: 'NotIn', values: ['canary'] }] },
    { matchExpressions: [{ key: 'debug', operator: 'Exists' }] },
    { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] },
  ]);
  return random.weighted<Json>([
    [3, { namespaces: named }],
    [1, { namespaces: {} }],
    [4, { pods: { namespaceSelector: named, podSelector } }],
    [1, { pods: { podSelector } }],
    [
      1,
      {
        namespaces: { matchExpressions: [{ key: NAME_LABEL, operator: 'NotIn', values: [random.oneOf(namespaces)] }] },
      },
    ],
  ]);
}

function randomProtocol(mayBeNamed: boolean, random: Random): Json {
  const protocol = random.oneOf(['tcp', 'tcp', 'udp', 'sctp']);
  const first = random.oneOf([1, 53, 80, 443, 8000, 8080]);
  return random.weighted<Json>([
    [3, { [protocol]: { destinationPort: { number: first } } }],
    [3, { [protocol]: { destinationPort: { range: { start: first, end: random.oneOf([8081, 9090, 65535]) } } } }],
    [mayBeNamed ? 2 : 0, { destinationNamedPort: random.oneOf(['http', 'metrics', 'quic']) }],
  ]);
}

function changeActions(files: Files, random: Random): Edit[] {
  return rulesOf(files).map(({ rule }) => () => {
    rule.action = random.oneOf(['Accept', 'Deny', 'Pass'].filter((action) => action !== rule.action));
  });
}

/** Two policies of one tier and priority leave open which comes first: that is asked elsewhere. */
function changeRanks(files: Files, random: Random): Edit[] {
  const policies = policiesOf(files);
  return [
    ...policies.map(({ spec }) => () => {
      spec.tier = spec.tier === 'Admin' ? 'Baseline' : 'Admin';
      spec.priority = random.between(600, 999);
    }),
    ...policies.flatMap(({ spec: a }, i) =>
      policies
        .slice(i + 1)
        .filter(({ spec: b }) => a.tier === b.tier)
        .map(({ spec: b }) => () => {
          [a.priority, b.priority] = [b.priority, a.priority];
        }),
    ),
  ];
}

function dropParts(files: Files): Edit[] {
  return rulesOf(files).flatMap(({ rule, all }) => [
    () => void all.splice(all.indexOf(rule), 1),
    ...[rule.from ?? [], rule.to ?? []].flatMap((peers) => [
      ...(peers.length > 1 ? peers.map((_, i) => () => void peers.splice(i, 1)) : []),
      ...peers.flatMap(({ networks = [] }) =>
        networks.length > 1 ? networks.map((_, i) => () => void networks.splice(i, 1)) : [],
      ),
    ]),
  ]);
}

function changeSubjects(files: Files, random: Random): Edit[] {
  const names = Object.values(files)
    .flat()
    .flatMap(({ kind, metadata }) => (kind === 'Namespace' ? [metadata.name] : []));
  return names.length === 0
    ? []
    : policiesOf(files).map(({ spec }) => () => {
        let subject = randomPods(names, random);
        while (JSON.stringify(subject) === JSON.stringify(spec.subject)) subject = randomPods(names, random);
        spec.subject = subject as never;
      });
}

function changeProtocols(files: Files, random: Random): Edit[] {
  return rulesOf(files).flatMap(({ rule }) => {
    const areNetworks = (rule.to ?? []).some(({ networks }) => networks !== undefined);
    const set = () => {
      rule.protocols = [randomProtocol(!areNetworks, random)] as never;
    };
    const drop = () => {
      delete rule.protocols;
    };
    return rule.protocols === undefined ? [set] : [drop];
  });
}

function policiesOf(files: Files): Mutable<ClusterNetworkPolicy>[] {
  return Object.values(files)
    .flat()
    .filter(({ kind }) => kind === 'ClusterNetworkPolicy') as unknown as Mutable<ClusterNetworkPolicy>[];
}

function rulesOf(files: Files): { readonly rule: Mutable<RuleOfCluster>; readonly all: Mutable<RuleOfCluster>[] }[] {
  return policiesOf(files).flatMap(({ spec: { ingress = [], egress = [] } }) =>
    [ingress, egress].flatMap((all) => all.map((rule) => ({ rule, all }))),
  );
}
