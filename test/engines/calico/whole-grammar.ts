/**
 * Random objects of Calico over all that its API takes, each valid by itself, and clusters for them: what manifests of
 * policies leave open (service accounts, host endpoints, what is behind a Service) differs from cluster to cluster.
 */
import fc from 'fast-check';
import type {
  CalicoEnd,
  CalicoObject,
  CalicoRule,
  NaiveCluster,
  NaiveHost,
  NaivePod,
  Packet,
} from '../../naive/calico/policies';

const key = fc.constantFrom('app', 'app', 'role', 'in');
const value = fc.constantFrom('x', 'y', 'x-ray', 'z');
const some = fc.constantFrom('x', '-ray', 'y', '');

function atoms(keys: fc.Arbitrary<string>, values: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const listed = fc
    .array(values, { minLength: 1, maxLength: 3 })
    .map((all) => `{${all.map((it) => `'${it}'`).join(', ')}}`);
  return fc.oneof(
    { weight: 4, arbitrary: fc.tuple(keys, values).map(([k, v]) => `${k} == '${v}'`) },
    { weight: 2, arbitrary: fc.tuple(keys, values).map(([k, v]) => `${k} != "${v}"`) },
    { weight: 2, arbitrary: fc.tuple(keys, fc.constantFrom('in', 'not in'), listed).map((all) => all.join(' ')) },
    { weight: 2, arbitrary: keys.map((k) => `has(${k})`) },
    { weight: 1, arbitrary: fc.constant('all()') },
    {
      weight: 1,
      arbitrary: fc
        .tuple(keys, fc.constantFrom('contains', 'starts with', 'ends with'), some)
        .map(([k, word, text]) => `${k} ${word} '${text}'`),
    },
  );
}

function selectorsOf(atom: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const one = fc.oneof(
    { weight: 5, arbitrary: atom },
    { weight: 1, arbitrary: atom.map((it) => `!${it}`) },
    { weight: 1, arbitrary: fc.tuple(atom, atom).map(([a, b]) => `!(${a} && ${b})`) },
    { weight: 1, arbitrary: fc.tuple(atom, atom).map(([a, b]) => `(${a} || ${b})`) },
  );
  return fc.oneof(
    { weight: 5, arbitrary: one },
    { weight: 2, arbitrary: fc.tuple(one, one).map(([a, b]) => `${a} && ${b}`) },
    { weight: 2, arbitrary: fc.tuple(one, one).map(([a, b]) => `${a} || ${b}`) },
  );
}

const ofCalico = fc.oneof(
  fc
    .tuple(fc.constantFrom('==', '!='), fc.constantFrom('a', 'b'))
    .map(([sign, name]) => `projectcalico.org/namespace ${sign} '${name}'`),
  fc.constantFrom(
    "projectcalico.org/orchestrator == 'k8s'",
    'has(projectcalico.org/namespace)',
    '!has(projectcalico.org/namespace)',
    "projectcalico.org/serviceaccount == 'runner'",
    "pcns.team == 'red'",
    'has(pcsa.team)',
  ),
);
const selector = selectorsOf(fc.oneof({ weight: 8, arbitrary: atoms(key, value) }, { weight: 1, arbitrary: ofCalico }));
const namespaceSelector = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('all()', "projectcalico.org/name == 'b'", "kubernetes.io/metadata.name in {'a', 'b'}"),
  },
  { weight: 2, arbitrary: selectorsOf(atoms(fc.constantFrom('team', 'stage'), fc.constantFrom('red', 'blue'))) },
);
const accountSelector = selectorsOf(atoms(fc.constant('team'), fc.constantFrom('red', 'blue')));

const nets = fc.subarray(['10.0.0.0/8', '10.1.0.0/16', '10.1.0.4/30', '192.0.2.0/24', '0.0.0.0/0'], { minLength: 1 });
const notNets = fc.subarray(['10.1.0.0/16', '10.1.0.2/31', '192.0.2.7/32', '128.0.0.0/1'], { minLength: 1 });

/** One end by whom it is, of policies that people write: most say one thing, some several. */
const end: fc.Arbitrary<CalicoEnd> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  { weight: 5, arbitrary: fc.record({ selector }) },
  { weight: 3, arbitrary: fc.record({ selector, namespaceSelector }, { requiredKeys: ['namespaceSelector'] }) },
  { weight: 3, arbitrary: fc.record({ nets, notNets }, { requiredKeys: ['nets'] }) },
  { weight: 1, arbitrary: fc.record({ notNets }) },
  {
    weight: 1,
    arbitrary: fc.record(
      { namespaceSelector: fc.constant('global()'), selector },
      { requiredKeys: ['namespaceSelector'] },
    ),
  },
  { weight: 1, arbitrary: fc.record({ selector, nets }) },
  {
    weight: 1,
    arbitrary: fc.record({ notSelector: selector, selector, namespaceSelector }, { requiredKeys: ['notSelector'] }),
  },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        serviceAccounts: fc.oneof(
          fc.record({ names: fc.subarray(['runner', 'default'], { minLength: 1 }) }),
          fc.record({ selector: accountSelector }),
        ),
        selector,
        namespaceSelector,
      },
      { requiredKeys: ['serviceAccounts'] },
    ),
  },
);

const services = fc.constant({ services: { name: 'web', namespace: 'b' } });
const portList = fc.subarray<number | string>([80, 443, '8000:8100', 'http'], { minLength: 1 });
const names = fc.constant<(number | string)[]>(['http']);
const numbers = fc.subarray<number | string>([443, 8080, '8050:9000'], { minLength: 1 });

interface Traffic {
  readonly protocol?: string | number;
  readonly notProtocol?: string | number;
  readonly http?: object;
  readonly source: CalicoEnd;
  readonly destination: CalicoEnd;
}

const nothing = { source: {}, destination: {} };
const traffic: fc.Arbitrary<Traffic> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(nothing) },
  {
    weight: 6,
    arbitrary: fc.record({
      protocol: fc.constantFrom('TCP', 'TCP', 'UDP', 6),
      source: fc.oneof(
        { weight: 12, arbitrary: fc.constant({}) },
        { weight: 1, arbitrary: fc.record({ ports: numbers }) },
      ),
      destination: fc.oneof(
        fc.constant({}),
        fc.record({ ports: portList }),
        fc.record({ ports: portList }),
        fc.record({ notPorts: fc.oneof(numbers, names) }),
        fc.record({ ports: portList, notPorts: numbers }),
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ source: fc.constant({}), destination: fc.record({ ports: names }) }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('TCP', 'ICMP', 'UDPLite').map((notProtocol) => ({ notProtocol, ...nothing })),
  },
  { weight: 1, arbitrary: fc.constantFrom('UDPLite', 'SCTP', 4).map((protocol) => ({ protocol, ...nothing })) },
);

const action = fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny', 'Deny', 'Pass', 'Log');

function rules(direction: 'ingress' | 'egress'): fc.Arbitrary<CalicoRule[]> {
  const own = fc.oneof({ weight: 6, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: end });
  const other = fc.oneof({ weight: 14, arbitrary: end }, { weight: 1, arbitrary: services });
  const one = fc
    .record({ action, what: traffic, other, own, http: fc.integer({ min: 0, max: 7 }) })
    .map((it): CalicoRule => {
      const { source, destination, ...protocols } = it.what;
      const byService = 'services' in it.other;
      const [from, to] = direction === 'ingress' ? [it.other, it.own] : [it.own, it.other];
      const http = direction === 'ingress' && it.action === 'Allow' && it.http === 0 && it.what === nothing;
      return {
        action: it.action,
        ...(!byService && protocols),
        ...(http && { http: { methods: ['GET'] } }),
        source: { ...from, ...(!byService && source) },
        destination: { ...to, ...(!byService && destination) },
      };
    });
  return fc.array(one.filter(hasOneFamilyOfNets), { maxLength: 2 });
}

/** Everything is IPv4 here; what leaves out everything is refused. */
function hasOneFamilyOfNets({ source, destination }: CalicoRule): boolean {
  return [source, destination].every((it) => !it?.notNets?.includes('0.0.0.0/0'));
}

const place = fc.record(
  { order: fc.constantFrom(1, 2, 1000), tier: fc.constantFrom('default', 'early') },
  { requiredKeys: [] },
);
const types = fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress']);
const accounts = fc.oneof(
  { weight: 9, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.record({ serviceAccountSelector: accountSelector }) },
);
const common = {
  name: fc.constantFrom('a', 'b', 'c', 'd'),
  place,
  accounts,
  ingress: rules('ingress'),
  egress: rules('egress'),
};
const saysTypes = fc.oneof({ weight: 6, arbitrary: fc.record({ types }) }, { weight: 1, arbitrary: fc.constant({}) });

const namespaced: fc.Arbitrary<CalicoObject> = fc
  .record({ ...common, saysTypes, namespace: fc.constantFrom('a', 'b'), selected: fc.record({ selector }) })
  .map(({ name, place: where, namespace, accounts: by, saysTypes: said, selected, ...lists }) => ({
    kind: 'NetworkPolicy',
    metadata: { name: named(name, where), namespace },
    spec: { ...where, ...said, ...selected, ...by, ...lists },
  }));

const clusterWide: fc.Arbitrary<CalicoObject> = fc
  .record({
    ...common,
    saysTypes,
    selected: fc.record({ selector, namespaceSelector }, { requiredKeys: ['selector'] }),
  })
  .map(({ name, place: where, accounts: by, saysTypes: said, selected, ...lists }) => ({
    kind: 'GlobalNetworkPolicy',
    metadata: { name: named(name, where) },
    spec: { ...where, ...said, ...selected, ...by, ...lists },
  }));

function named(name: string, { tier }: { readonly tier?: string }): string {
  return tier === 'early' ? `early.${name}` : name;
}

const labels = fc.record({ app: value, role: value, in: value }, { requiredKeys: [] }) as fc.Arbitrary<
  Record<string, string>
>;
const sets: fc.Arbitrary<CalicoObject> = fc
  .record({ name: fc.constantFrom('s', 't'), namespace: fc.option(fc.constantFrom('a', 'b')), labels, nets })
  .map(({ name, namespace, labels: own, nets: of }) => ({
    kind: namespace === null ? 'GlobalNetworkSet' : 'NetworkSet',
    metadata: { name, labels: own, ...(namespace !== null && { namespace }) },
    spec: { nets: of },
  }));

const early = fc.constantFrom('Pass', 'Deny').map(
  (defaultAction): CalicoObject => ({
    kind: 'Tier',
    metadata: { name: 'early' },
    spec: { order: 5, defaultAction },
  }),
);

function unlike(all: readonly CalicoObject[]): CalicoObject[] {
  const identity = ({ kind, metadata }: CalicoObject) => `${kind} ${metadata.namespace}/${metadata.name}`;
  return [...new Map(all.map((it) => [identity(it), it])).values()];
}

/** One policy, as any of the two kinds. */
export const policy: fc.Arbitrary<CalicoObject> = fc.oneof(namespaced, clusterWide);

/** Policies, their tier, and network sets. */
export const objects: fc.Arbitrary<CalicoObject[]> = fc
  .tuple(early, fc.array(policy, { minLength: 1, maxLength: 4 }), fc.array(sets, { maxLength: 2 }))
  .map(([tier, policies, all]) => unlike([tier, ...policies, ...all]));

const NAMESPACES: Readonly<Record<string, Record<string, string>>> = {
  a: { 'kubernetes.io/metadata.name': 'a', team: 'red' },
  b: { 'kubernetes.io/metadata.name': 'b', team: 'blue', stage: 'red' },
  c: { 'kubernetes.io/metadata.name': 'c' },
};

/** Namespaces as manifests, of which each evaluator takes the labels. */
export const namespaceManifests = Object.entries(NAMESPACES).map(([name, of]) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: of },
}));

const PORTS: NaivePod['ports'] = [
  { name: 'http', protocol: 'TCP', number: 8080 },
  { name: 'http', protocol: 'UDP', number: 443 },
];

const PODS: readonly Omit<NaivePod, 'account'>[] = [
  { namespace: 'a', ip: '10.1.0.1', labels: { app: 'x' }, ports: PORTS },
  { namespace: 'a', ip: '10.1.0.2', labels: { role: 'y' }, ports: PORTS },
  { namespace: 'b', ip: '10.1.0.5', labels: { app: 'y', role: 'x-ray' }, ports: PORTS },
  { namespace: 'b', ip: '10.2.0.1', labels: { app: 'z', in: 'x' }, ports: PORTS },
  { namespace: 'c', ip: '10.1.0.3', labels: { app: 'x-ray' }, ports: PORTS },
];

export const HOST = '10.3.0.1';
export const OUTSIDE = '192.0.2.7';

const account = fc.record({
  name: fc.constantFrom('runner', 'default'),
  labels: fc.constantFrom<Record<string, string>>({}, { team: 'red' }, { team: 'blue' }),
});
const hosts: fc.Arbitrary<NaiveHost[]> = fc.oneof(
  fc.constant<NaiveHost[]>([]),
  labels.map((own) => [{ ip: HOST, labels: own }]),
);

export const cluster: fc.Arbitrary<NaiveCluster> = fc.record({
  namespaces: fc.constant(NAMESPACES),
  pods: fc
    .array(account, { minLength: PODS.length, maxLength: PODS.length })
    .map((all) => PODS.map((pod, i): NaivePod => ({ ...pod, account: all[i] }))),
  hosts,
  services: fc.constantFrom<NaiveCluster['services']>({}, { 'b/web': [{ ip: '10.1.0.5', port: 8080 }] }),
  refusesRequests: fc.boolean(),
  typesBy: fc.constantFrom('list' as const, 'rule' as const),
});

const ADDRESSES = [...PODS.map(({ ip }) => ip), HOST, OUTSIDE];

/** Between every two ends of which one is a pod. */
export const packets: readonly Packet[] = ADDRESSES.flatMap((from) =>
  ADDRESSES.filter((to) => to !== from && PODS.some(({ ip }) => ip === from || ip === to)).flatMap((to) =>
    [
      { protocol: 6, port: 80 },
      { protocol: 6, port: 443 },
      { protocol: 6, port: 8080 },
      { protocol: 17, port: 443 },
      { protocol: 132, port: 80 },
      { protocol: 136, port: 80 },
    ].map((it) => ({ from, to, sourcePort: it.port === 80 ? 8080 : 40000, ...it })),
  ),
);
