import type { World } from './world';

type Json = { readonly [key: string]: unknown };

/** Worlds that are each read wrong in one point: a comparison that does not notice would prove nothing. */
export const misreadings: readonly { readonly name: string; readonly misread: (world: World) => World }[] = [
  inManifests('excepts are forgotten', (key, value) => (key === 'except' ? undefined : value)),
  inManifests('endPort is forgotten', (key, value) => (key === 'endPort' ? undefined : value)),
  inManifests('notNets are forgotten', (key, value) => (key === 'notNets' ? undefined : value)),
  inManifests('a selector of Calico means every namespace', (key, value) => {
    return key === 'source' || key === 'destination' ? meaningEveryNamespace(value) : value;
  }),
  inManifests('ranges of Calico are their first port', (key, value) => {
    return key === 'ports'
      ? value.map((port: unknown) => (/^\d+:/.test(String(port)) ? Number.parseInt(String(port), 10) : port))
      : value;
  }),
  {
    name: 'what no rule of the tier default allows goes on',
    misread: (world) => {
      const tier = { apiVersion: 'projectcalico.org/v3', kind: 'Tier', metadata: { name: 'default' } };
      const spec = { order: 1_000_000, defaultAction: 'Pass' };
      return { ...world, manifests: [...world.manifests, { ...tier, spec }] };
    },
  },
  inManifests('NotIn needs the key', (key, value) => {
    if (key !== 'matchExpressions' || !Array.isArray(value)) return value;
    return value.flatMap((each) =>
      each.operator === 'NotIn' ? [each, { key: each.key, operator: 'Exists' }] : [each],
    );
  }),
  inManifests('a named port is never matched', (key, value) => {
    if (key !== 'ports' || !Array.isArray(value)) return value;
    return value.map((each) => (typeof each.port === 'string' ? { port: 1, protocol: each.protocol } : each));
  }),
  inManifests('an absent namespaceSelector means every namespace', (key, value) => {
    if ((key !== 'from' && key !== 'to') || !Array.isArray(value)) return value;
    return value.map((each) => (each.podSelector ? { namespaceSelector: {}, ...each } : each));
  }),
  inManifests('SCTP is TCP', (_, value) => (value === 'SCTP' ? 'TCP' : value)),
  inManifests('no peers are no connections', (key, value) => {
    if (key !== 'ingress' && key !== 'egress') return value;
    return Array.isArray(value) ? value.filter((rule) => rule.from?.length || rule.to?.length) : value;
  }),
  inManifests('Pass denies', (key, value) => (key === 'action' && value === 'Pass' ? 'Deny' : value)),
  inManifests('the last priority comes first', (key, value) => (key === 'priority' ? -Number(value) : value)),
  inManifests('Baseline is asked before NetworkPolicy', (key, value) => (key === 'tier' ? 'Admin' : value)),
  {
    name: 'blocks mean the other thing for pods',
    misread: (world) => {
      const mode = world.facts.mode === 'external-only' ? 'pods' : 'external-only';
      return { ...world, facts: { ...world.facts, mode } };
    },
  },
  {
    name: 'pods can have any address',
    misread: (world) => {
      const podBlocks = ['0.0.0.0/0', '::/0'];
      return { ...world, facts: { ...world.facts, podBlocks, withoutPods: [], podBlocksAreKnown: false } };
    },
  },
  {
    name: 'what a flow accepts is not declared',
    misread: (world) => {
      const flows = world.graph.flows.map((flow) => ({ ...flow, acknowledged: [] }));
      return { ...world, graph: { ...world.graph, flows } };
    },
  },
];

function meaningEveryNamespace(end: Json): Json {
  return end['selector'] === undefined ? end : { namespaceSelector: 'all()', ...end };
}

/** Every value of the policies under its key, from the inside out. */
// biome-ignore lint/suspicious/noExplicitAny: what is under a key is whatever a manifest has there
function inManifests(name: string, change: (key: string, value: any) => unknown) {
  return {
    name,
    misread: (world: World): World => ({
      ...world,
      manifests: world.manifests.map((each) =>
        each.kind.endsWith('NetworkPolicy') ? (changed('', each, change) as typeof each) : each,
      ),
    }),
  };
}

function changed(key: string, value: unknown, change: (key: string, value: unknown) => unknown): unknown {
  if (Array.isArray(value))
    return change(
      key,
      value.map((each) => changed('', each, change)),
    );
  if (typeof value !== 'object' || value === null) return change(key, value);
  const entries = Object.entries(value as Json).map(([name, each]) => [name, changed(name, each, change)]);
  return change(key, Object.fromEntries(entries.filter(([, each]) => each !== undefined)));
}
