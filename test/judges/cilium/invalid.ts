import type { KubernetesObject } from '../world';

type Json = Readonly<Record<string, unknown>>;

export interface WrongCase {
  /** What is wrong, as a clause. */
  readonly what: string;
  /** Where it stands. */
  readonly path: string;
  readonly object: KubernetesObject;
  /**
   * Cilium 1.20 takes it, and we report it all the same: it has no meaning that could be relied on, or one that is not
   * worked out.
   */
  readonly isTaken?: true;
}

/** A policy that is in order, but for what is given. */
export function ciliumPolicy(spec: Json, more: Json = {}): KubernetesObject {
  return {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'policy', namespace: 'shop' },
    spec: { endpointSelector: {}, ...spec },
    ...more,
  };
}

export function clusterwidePolicy(spec: Json): KubernetesObject {
  return {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumClusterwideNetworkPolicy',
    metadata: { name: 'policy' },
    spec: { endpointSelector: {}, ...spec },
  };
}

const web = { matchLabels: { 'k8s:app': 'web' } };
const tcp = (port: string, more: Json = {}): Json => ({ port, protocol: 'TCP', ...more });
const ingress = (rule: Json) => ciliumPolicy({ ingress: [rule] });
const egress = (rule: Json) => ciliumPolicy({ egress: [rule] });
const from = (peer: Json) => ingress({ fromEndpoints: [peer] });
const toPorts = (entry: Json) => ingress({ fromEndpoints: [web], toPorts: [entry] });
const port = (entry: Json) => toPorts({ ports: [entry] });
const http = (entry: Json, rule: Json = {}) => toPorts({ ports: [entry], rules: { http: [rule] } });
const dns = (entry: Json, rule: Json = { matchPattern: '*' }) =>
  egress({ toEndpoints: [web], toPorts: [{ ports: [entry], rules: { dns: [rule] } }] });
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** Every constraint of Cilium, violated once, and what is taken without a meaning that we read. */
export const wrongCases: readonly WrongCase[] = [
  { what: 'neither spec nor specs', path: '', object: ciliumPolicy({}, { spec: undefined }) },
  { what: 'no selector', path: 'spec', object: ciliumPolicy({ endpointSelector: undefined, ingress: [{}] }) },
  {
    what: 'endpointSelector beside nodeSelector',
    path: 'spec',
    object: clusterwidePolicy({ nodeSelector: {}, ingress: [{}] }),
  },
  {
    what: 'nodeSelector in a policy of a namespace',
    path: 'spec.nodeSelector',
    object: ciliumPolicy({ endpointSelector: undefined, nodeSelector: {}, ingress: [{}] }),
  },
  { what: 'an empty list of rules and no other', path: 'spec', object: ciliumPolicy({ ingress: [] }) },
  { what: 'no list of rules', path: 'spec', object: ciliumPolicy({}) },
  {
    what: 'an unknown field of the spec',
    path: 'spec.podSelector',
    object: ciliumPolicy({ podSelector: {}, ingress: [{}] }),
  },
  { what: 'an unknown field of a rule', path: 'spec.ingress[0].from', object: ingress({ from: [] }) },
  {
    what: 'a namespace for a cluster-wide policy',
    path: 'metadata.namespace',
    object: { ...clusterwidePolicy({ ingress: [{}] }), metadata: { name: 'policy', namespace: 'shop' } },
  },
  {
    what: 'pods beside addresses in one rule',
    path: 'spec.ingress[0]',
    object: ingress({ fromEndpoints: [web], fromCIDR: ['192.0.2.0/24'] }),
  },
  {
    what: 'host names beside addresses in one rule',
    path: 'spec.egress[0]',
    object: egress({ toFQDNs: [{ matchName: 'example.com' }], toCIDRSet: [{ cidr: '192.0.2.0/24' }] }),
  },
  {
    what: 'entities beside pods in one rule',
    path: 'spec.ingress[0]',
    object: ingress({ fromEntities: ['world'], fromEndpoints: [web] }),
  },
  {
    what: 'an entity that is none',
    path: 'spec.ingress[0].fromEntities[0]',
    object: ingress({ fromEntities: ['nodes'] }),
  },
  {
    what: '41 ports',
    path: 'spec.ingress[0].toPorts[0].ports',
    object: toPorts({ ports: many(41, (i) => tcp(`${8000 + i}`)) }),
  },
  {
    what: 'a port as a number',
    path: 'spec.ingress[0].toPorts[0].ports[0].port',
    object: port({ port: 80, protocol: 'TCP' }),
  },
  { what: 'a port above 65535', path: 'spec.ingress[0].toPorts[0].ports[0].port', object: port(tcp('65536')) },
  { what: 'no port', path: 'spec.ingress[0].toPorts[0].ports[0].port', object: port({ protocol: 'TCP' }) },
  {
    what: 'a name of a port that is none',
    path: 'spec.ingress[0].toPorts[0].ports[0].port',
    object: port(tcp('a--b')),
  },
  {
    what: 'a protocol in lower case',
    path: 'spec.ingress[0].toPorts[0].ports[0].protocol',
    object: port({ port: '80', protocol: 'tcp' }),
  },
  {
    what: 'an endPort above 65535',
    path: 'spec.ingress[0].toPorts[0].ports[0].endPort',
    object: port(tcp('80', { endPort: 65536 })),
  },
  {
    what: 'icmps beside toPorts',
    path: 'spec.ingress[0]',
    object: ingress({ fromEndpoints: [web], icmps: [{ fields: [{ type: 8 }] }], toPorts: [{ ports: [tcp('80')] }] }),
  },
  {
    what: '41 types of ICMP',
    path: 'spec.ingress[0].icmps[0].fields',
    object: ingress({ icmps: [{ fields: many(41, (type) => ({ type })) }] }),
  },
  { what: 'HTTP on UDP', path: 'spec.ingress[0].toPorts[0].ports[0]', object: http({ port: '80', protocol: 'UDP' }) },
  { what: 'HTTP on any protocol', path: 'spec.ingress[0].toPorts[0].ports[0]', object: http({ port: '80' }) },
  { what: 'HTTP on every port', path: 'spec.ingress[0].toPorts[0].ports[0]', object: http(tcp('0')) },
  {
    what: 'HTTP beside DNS on one port',
    path: 'spec.egress[0].toPorts[0].rules',
    object: egress({ toPorts: [{ ports: [tcp('53')], rules: { http: [{}], dns: [{ matchPattern: '*' }] } }] }),
  },
  {
    what: 'DNS in an ingress rule',
    path: 'spec.ingress[0].toPorts[0].rules',
    object: toPorts({ ports: [tcp('53')], rules: { dns: [{ matchPattern: '*' }] } }),
  },
  {
    what: 'DNS on a range of ports',
    path: 'spec.egress[0].toPorts[0].ports[0]',
    object: dns({ port: '53', endPort: 54 }),
  },
  { what: 'DNS on every port', path: 'spec.egress[0].toPorts[0].ports[0]', object: dns({ port: '0' }) },
  {
    what: 'HTTP to nodes',
    path: 'spec.ingress[0].toPorts[0].rules',
    object: clusterwidePolicy({
      endpointSelector: undefined,
      nodeSelector: {},
      ingress: [{ toPorts: [{ ports: [tcp('80')], rules: { http: [{}] } }] }],
    }),
  },
  {
    what: 'names of servers beside HTTP without ending TLS',
    path: 'spec.ingress[0].toPorts[0].serverNames',
    object: toPorts({ ports: [tcp('443')], serverNames: ['example.com'], rules: { http: [{}] } }),
  },
  {
    what: 'requests in a deny',
    path: 'spec.ingressDeny[0].toPorts[0].rules',
    object: ciliumPolicy({ ingressDeny: [{ toPorts: [{ ports: [tcp('80')], rules: { http: [{}] } }] }] }),
  },
  {
    what: 'host names in a deny',
    path: 'spec.egressDeny[0].toFQDNs',
    object: ciliumPolicy({ egressDeny: [{ toFQDNs: [{ matchName: 'example.com' }] }] }),
  },
  {
    what: 'host names in an ingress rule',
    path: 'spec.ingress[0].fromFQDNs',
    object: ingress({ fromFQDNs: [{ matchName: 'example.com' }] }),
  },
  {
    what: 'a host name with a scheme',
    path: 'spec.egress[0].toFQDNs[0].matchName',
    object: egress({ toFQDNs: [{ matchName: 'https://example.com' }] }),
  },
  {
    what: 'a host name of 256 characters',
    path: 'spec.egress[0].toFQDNs[0].matchName',
    object: egress({ toFQDNs: [{ matchName: 'a'.repeat(256) }] }),
  },
  {
    what: 'a pattern of 256 characters',
    path: 'spec.egress[0].toFQDNs[0].matchPattern',
    object: egress({ toFQDNs: [{ matchPattern: `*.${'a'.repeat(254)}` }] }),
  },
  {
    what: 'a name beside a pattern',
    path: 'spec.egress[0].toFQDNs[0]',
    object: egress({ toFQDNs: [{ matchName: 'a.com', matchPattern: '*.com' }] }),
  },
  {
    what: 'a wildcard in matchName',
    path: 'spec.egress[0].toFQDNs[0].matchName',
    object: egress({ toFQDNs: [{ matchName: '*.example.com' }] }),
  },
  { what: 'a block that is none', path: 'spec.egress[0].toCIDR[0]', object: egress({ toCIDR: ['192.0.2.0/33'] }) },
  {
    what: 'an address without a prefix in toCIDRSet',
    path: 'spec.egress[0].toCIDRSet[0].cidr',
    object: egress({ toCIDRSet: [{ cidr: '192.0.2.1' }] }),
  },
  {
    what: 'an exception outside its block',
    path: 'spec.egress[0].toCIDRSet[0].except[0]',
    object: egress({ toCIDRSet: [{ cidr: '192.0.2.0/24', except: ['198.51.100.0/24'] }] }),
  },
  {
    what: 'an exception of the other family',
    path: 'spec.egress[0].toCIDRSet[0].except[0]',
    object: egress({ toCIDRSet: [{ cidr: '0.0.0.0/0', except: ['2001:db8::/32'] }] }),
  },
  {
    what: 'a block beside a group of blocks',
    path: 'spec.egress[0].toCIDRSet[0]',
    object: egress({ toCIDRSet: [{ cidr: '192.0.2.0/24', cidrGroupRef: 'group' }] }),
  },
  {
    what: 'an entry of toCIDRSet without addresses',
    path: 'spec.egress[0].toCIDRSet[0]',
    object: egress({ toCIDRSet: [{}] }),
  },
  {
    what: 'a label key with two sources',
    path: 'spec.ingress[0].fromEndpoints[0].matchLabels',
    object: from({ matchLabels: { 'k8s:any:app': 'web' } }),
  },
  {
    what: 'a label value that is none',
    path: 'spec.ingress[0].fromEndpoints[0].matchLabels',
    object: from({ matchLabels: { app: '-web' } }),
  },
  {
    what: 'In without values',
    path: 'spec.ingress[0].fromEndpoints[0].matchExpressions[0]',
    object: from({ matchExpressions: [{ key: 'app', operator: 'In' }] }),
  },
  {
    what: 'Exists with values',
    path: 'spec.ingress[0].fromEndpoints[0].matchExpressions[0]',
    object: from({ matchExpressions: [{ key: 'app', operator: 'Exists', values: ['web'] }] }),
  },
  {
    what: 'an operator that is none',
    path: 'spec.ingress[0].fromEndpoints[0].matchExpressions[0]',
    object: from({ matchExpressions: [{ key: 'app', operator: 'Gt', values: ['1'] }] }),
  },
  {
    what: 'a mode of authentication that is none',
    path: 'spec.ingress[0].authentication.mode',
    object: ingress({ fromEndpoints: [web], authentication: { mode: 'mtls' } }),
  },
  {
    what: 'a default deny in quotes',
    path: 'spec.enableDefaultDeny.ingress',
    object: ciliumPolicy({ ingress: [{}], enableDefaultDeny: { ingress: 'false' } }),
  },
  {
    what: 'a header match without a name',
    path: 'spec.ingress[0].toPorts[0].rules.http[0].headerMatches[0]',
    object: http(tcp('80'), { headerMatches: [{ value: 'x' }] }),
  },

  {
    what: 'a range that ends before it begins',
    path: 'spec.ingress[0].toPorts[0].ports[0].port',
    object: port(tcp('80', { endPort: 79 })),
    isTaken: true,
  },
  {
    what: 'a number of a port with a leading zero, which is octal',
    path: 'spec.ingress[0].toPorts[0].ports[0].port',
    object: port(tcp('010')),
    isTaken: true,
  },
  {
    what: 'endPort beside a name, which Cilium takes for a range from the number of the name',
    path: 'spec.ingress[0].toPorts[0].ports[0].endPort',
    object: port(tcp('http', { endPort: 9000 })),
    isTaken: true,
  },
  { what: 'an entry of toPorts without ports', path: 'spec.ingress[0].toPorts[0]', object: toPorts({}), isTaken: true },
  {
    what: 'bits of the host in a block',
    path: 'spec.egress[0].toCIDR[0]',
    object: egress({ toCIDR: ['192.0.2.1/24'] }),
    isTaken: true,
  },
  {
    what: 'a group of blocks',
    path: 'spec.egress[0].toCIDRSet[0].cidrGroupRef',
    object: egress({ toCIDRSet: [{ cidrGroupRef: 'group' }] }),
    isTaken: true,
  },
  {
    what: 'a Service as a peer',
    path: 'spec.egress[0].toServices',
    object: egress({ toServices: [{ k8sService: { serviceName: 'web', namespace: 'shop' } }] }),
    isTaken: true,
  },
  {
    what: 'a group of a cloud as a peer',
    path: 'spec.egress[0].toGroups',
    object: egress({ toGroups: [{ aws: { labels: { a: 'b' } } }] }),
    isTaken: true,
  },
  {
    what: 'the host without the other nodes',
    path: 'spec.ingress[0].fromEntities[0]',
    object: ingress({ fromEntities: ['host'] }),
    isTaken: true,
  },
  {
    what: 'pods that have no labels yet as a peer',
    path: 'spec.ingress[0].fromEntities[0]',
    object: ingress({ fromEntities: ['init'] }),
    isTaken: true,
  },
  {
    what: 'a reserved label',
    path: 'spec.ingress[0].fromEndpoints[0].matchLabels',
    object: from({ matchLabels: { 'reserved:host': '' } }),
    isTaken: true,
  },
  {
    what: 'namespaces only by what they are not',
    path: 'spec.ingress[0].fromEndpoints[0]',
    object: from({
      matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'NotIn', values: ['shop'] }],
    }),
    isTaken: true,
  },
  {
    what: 'labels of namespaces only by what they are not',
    path: 'spec.ingress[0].fromEndpoints[0]',
    object: from({ matchExpressions: [{ key: 'io.cilium.k8s.namespace.labels.team', operator: 'DoesNotExist' }] }),
    isTaken: true,
  },
  {
    what: 'required authentication',
    path: 'spec.ingress[0].authentication',
    object: ingress({ fromEndpoints: [web], authentication: { mode: 'required' } }),
    isTaken: true,
  },
  {
    what: 'names of servers',
    path: 'spec.ingress[0].toPorts[0].serverNames',
    object: toPorts({ ports: [tcp('443')], serverNames: ['example.com'] }),
    isTaken: true,
  },
  {
    what: 'requests without default deny',
    path: 'spec.enableDefaultDeny',
    object: ciliumPolicy({
      enableDefaultDeny: { ingress: false },
      ingress: [{ toPorts: [{ ports: [tcp('80')], rules: { http: [{ path: '/a' }] } }] }],
    }),
    isTaken: true,
  },
  {
    what: 'a protocol without ports',
    path: 'spec.ingress[0].toPorts[0].ports[0].protocol',
    object: port({ port: '0', protocol: 'GRE' }),
    isTaken: true,
  },
];
