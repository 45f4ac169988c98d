import { type Json, networkPolicy, ofAntrea, ofCalico, ofCilium, ofClusterNetworkPolicy, unread } from './objects';

const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const block = (i: number) => `10.${Math.floor(i / 256)}.${i % 256}.0/24`;

const web = { matchLabels: { app: 'web' } };
const http = { http: [{ path: '/a' }] };
const dns = { dns: [{ matchPattern: '*' }] };
const tcp = (port: string) => ({ port, protocol: 'TCP' });
const toPorts = (ports: readonly Json[], rules?: Json) => ({ toPorts: [{ ports, ...(rules && { rules }) }] });

/** Objects that break one rule each: its id and how, the object, and where the reader finds it. */
export const WRONG_OBJECTS: readonly (readonly [string, Json, string])[] = [
  // Kubernetes: pkg/apis/networking/validation.
  [
    'kubernetes-end-port-is-beside-a-number: endPort beside a name',
    networkPolicy({ ingress: [{ ports: [{ port: 'http', endPort: 90 }] }] }),
    'spec.ingress[0].ports[0].endPort',
  ],
  [
    'kubernetes-end-port-is-not-below-port: 81 to 80',
    networkPolicy({ ingress: [{ ports: [{ port: 81, endPort: 80 }] }] }),
    'spec.ingress[0].ports[0].endPort',
  ],
  [
    'kubernetes-except-is-strictly-inside: the block itself',
    networkPolicy({ egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/8'] } }] }] }),
    'spec.egress[0].to[0].ipBlock.except[0]',
  ],
  [
    'kubernetes-except-is-strictly-inside: another block',
    networkPolicy({ egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['192.0.2.0/24'] } }] }] }),
    'spec.egress[0].to[0].ipBlock.except[0]',
  ],
  [
    'kubernetes-block-is-beside-no-selector: a podSelector',
    networkPolicy({ ingress: [{ from: [{ podSelector: {}, ipBlock: { cidr: '10.0.0.0/8' } }] }] }),
    'spec.ingress[0].from[0]',
  ],
  [
    'kubernetes-block-is-beside-no-selector: a namespaceSelector',
    networkPolicy({ ingress: [{ from: [{ namespaceSelector: {}, ipBlock: { cidr: '10.0.0.0/8' } }] }] }),
    'spec.ingress[0].from[0]',
  ],

  // Cilium: pkg/policy/api/rule_validation.go.
  [
    'cilium-one-kind-of-peer-in-a-rule: pods and addresses',
    ofCilium.egress({ toEndpoints: [web], toCIDR: ['192.0.2.0/24'] }),
    'spec.egress[0]',
  ],
  [
    'cilium-one-kind-of-peer-in-a-rule: names and addresses',
    ofCilium.egress({ toFQDNs: [{ matchName: 'example.com' }], toCIDRSet: [{ cidr: '192.0.2.0/24' }] }),
    'spec.egress[0]',
  ],
  [
    'cilium-one-kind-of-peer-in-a-rule: entities and pods',
    ofCilium.ingress({ fromEntities: ['world'], fromEndpoints: [web] }),
    'spec.ingress[0]',
  ],
  [
    'cilium-40-ports-in-a-rule: 41',
    ofCilium.ingress(toPorts(many(41, (i) => tcp(`${8000 + i}`)))),
    'spec.ingress[0].toPorts[0].ports',
  ],
  [
    'cilium-40-fields-of-icmp: 41',
    ofCilium.ingress({ icmps: [{ fields: many(41, (type) => ({ type })) }] }),
    'spec.ingress[0].icmps[0].fields',
  ],
  [
    'cilium-icmps-or-ports: both',
    ofCilium.ingress({ icmps: [{ fields: [{ type: 8 }] }], ...toPorts([tcp('80')]) }),
    'spec.ingress[0]',
  ],
  [
    'cilium-requests-are-on-tcp: UDP',
    ofCilium.ingress(toPorts([{ port: '80', protocol: 'UDP' }], http)),
    'spec.ingress[0].toPorts[0].ports[0]',
  ],
  [
    'cilium-requests-are-on-tcp: any protocol',
    ofCilium.ingress(toPorts([{ port: '80' }], http)),
    'spec.ingress[0].toPorts[0].ports[0]',
  ],
  [
    'cilium-requests-are-on-a-port: every port',
    ofCilium.ingress(toPorts([tcp('0')], http)),
    'spec.ingress[0].toPorts[0].ports[0]',
  ],
  [
    'cilium-one-protocol-of-requests-in-a-rule: HTTP and DNS',
    ofCilium.egress(toPorts([tcp('53')], { ...http, ...dns })),
    'spec.egress[0].toPorts[0].rules',
  ],
  [
    'cilium-one-protocol-of-requests-in-a-rule: HTTP and Kafka',
    ofCilium.egress(toPorts([tcp('9092')], { ...http, kafka: [{ role: 'produce', topic: 'orders' }] })),
    'spec.egress[0].toPorts[0].rules',
  ],
  [
    'cilium-dns-rules-are-of-egress: ingress',
    ofCilium.ingress(toPorts([tcp('53')], dns)),
    'spec.ingress[0].toPorts[0].rules',
  ],
  [
    'cilium-dns-rules-name-a-port: every port',
    ofCilium.egress(toPorts([{ port: '0' }], dns)),
    'spec.egress[0].toPorts[0].ports[0]',
  ],
  [
    'cilium-dns-rules-have-no-range: 53 to 54',
    ofCilium.egress(toPorts([{ port: '53', endPort: 54 }], dns)),
    'spec.egress[0].toPorts[0].ports[0]',
  ],
  [
    'cilium-server-names-beside-requests-end-tls: they do not',
    ofCilium.ingress({ toPorts: [{ ports: [tcp('443')], serverNames: ['example.com'], rules: http }] }),
    'spec.ingress[0].toPorts[0].serverNames',
  ],
  [
    'cilium-one-source-of-addresses: a block and a group by name',
    ofCilium.egress({ toCIDRSet: [{ cidr: '192.0.2.0/24', cidrGroupRef: 'group' }] }),
    'spec.egress[0].toCIDRSet[0]',
  ],
  [
    'cilium-one-source-of-addresses: a block and a group by label',
    ofCilium.egress({ toCIDRSet: [{ cidr: '192.0.2.0/24', cidrGroupSelector: web }] }),
    'spec.egress[0].toCIDRSet[0]',
  ],
  ['cilium-one-source-of-addresses: none', ofCilium.egress({ toCIDRSet: [{}] }), 'spec.egress[0].toCIDRSet[0]'],
  ['cilium-some-rule: no list', ofCilium.policy({}), 'spec'],
  ['cilium-some-rule: empty lists', ofCilium.policy({ ingress: [], egress: [] }), 'spec'],
  ['cilium-one-subject: none', ofCilium.policy({ endpointSelector: undefined, ingress: [{}] }), 'spec'],
  [
    'cilium-one-subject: pods and nodes',
    ofCilium.clusterwide({ endpointSelector: {}, nodeSelector: {}, ingress: [{}] }),
    'spec',
  ],
  [
    'cilium-nodes-are-of-the-cluster: a policy of a namespace',
    ofCilium.policy({ endpointSelector: undefined, nodeSelector: {}, ingress: [{}] }),
    'spec.nodeSelector',
  ],
  [
    'cilium-names-of-255-characters: matchName with 256',
    ofCilium.egress({ toFQDNs: [{ matchName: `${'a.'.repeat(127)}aa` }] }),
    'spec.egress[0].toFQDNs[0].matchName',
  ],
  [
    'cilium-names-of-255-characters: matchPattern with 256',
    ofCilium.egress({ toFQDNs: [{ matchPattern: `*.${'a.'.repeat(126)}aa` }] }),
    'spec.egress[0].toFQDNs[0].matchPattern',
  ],

  // Calico: libcalico-go/lib/validator/v3/validator.go.
  ['calico-1024-rules: 1025', ofCalico.policy({ ingress: many(1025, () => ({ action: 'Allow' })) }), 'spec.ingress'],
  [
    'calico-50-ports: 51',
    ofCalico.ingress({ protocol: 'TCP', destination: { ports: many(51, (i) => i + 1) } }),
    'spec.ingress[0].destination.ports',
  ],
  ['calico-256-nets: 257', ofCalico.ingress({ source: { nets: many(257, block) } }), 'spec.ingress[0].source.nets'],
  [
    'calico-256-nets: 257 that are left out',
    ofCalico.ingress({ source: { nets: ['10.0.0.0/8'], notNets: many(257, block) } }),
    'spec.ingress[0].source.notNets',
  ],
  [
    'calico-selectors-of-1024-characters: 1025 of a subject',
    ofCalico.policy({ selector: `app == '${'a'.repeat(1017)}'` }),
    'spec.selector',
  ],
  [
    'calico-selectors-of-1024-characters: 1025 of a peer',
    ofCalico.ingress({ source: { selector: `app == '${'a'.repeat(1017)}'` } }),
    'spec.ingress[0].source.selector',
  ],
  [
    'calico-20-methods: 21',
    ofCalico.ingress({ protocol: 'TCP', http: { methods: many(21, (i) => `M${i}`) } }),
    'spec.ingress[0].http.methods',
  ],
  [
    'calico-20-paths: 21',
    ofCalico.ingress({ protocol: 'TCP', http: { paths: many(21, (i) => ({ exact: `/${i}` })) } }),
    'spec.ingress[0].http.paths',
  ],
  [
    'calico-http-is-allowed: denied',
    ofCalico.ingress({ action: 'Deny', protocol: 'TCP', http: { methods: ['GET'] } }),
    'spec.ingress[0].http',
  ],
  [
    'calico-http-is-allowed: passed on',
    ofCalico.ingress({ action: 'Pass', protocol: 'TCP', http: { methods: ['GET'] } }),
    'spec.ingress[0].http',
  ],
  [
    'calico-http-is-on-tcp: UDP',
    ofCalico.ingress({ protocol: 'UDP', http: { methods: ['GET'] } }),
    'spec.ingress[0].http',
  ],
  [
    'calico-http-is-of-ingress: egress',
    ofCalico.egress({ protocol: 'TCP', http: { methods: ['GET'] } }),
    'spec.egress[0].http',
  ],
  ...[{ selector: 'all()' }, { namespaceSelector: 'all()' }, { nets: ['10.0.0.0/8'] }, { ports: [443] }].map(
    (beside) =>
      [
        `calico-services-are-alone: beside ${Object.keys(beside)[0]}`,
        ofCalico.egress({
          protocol: 'TCP',
          destination: { services: { name: 'kubernetes', namespace: 'default' }, ...beside },
        }),
        'spec.egress[0].destination.services',
      ] as const,
  ),

  // Antrea: pkg/controller/networkpolicy/validate.go.
  ['antrea-tiers-come-before-250: 250', ofAntrea.tier('mine', 250), 'spec.priority'],
  ['antrea-tiers-leave-the-reserved: that of securityops', ofAntrea.tier('mine', 100), 'spec.priority'],
  [
    'antrea-names-of-rules-are-unique: twice',
    ofAntrea.policy({ ingress: [{ action: 'Drop', name: 'a' }], egress: [{ action: 'Drop', name: 'a' }] }),
    'spec.egress[0].name',
  ],
  ['antrea-applied-in-one-place: in both', ofAntrea.ingress({ appliedTo: [{ podSelector: {} }] }), 'spec.appliedTo'],
  [
    'antrea-applied-in-one-place: in neither',
    ofAntrea.policy({ appliedTo: undefined, ingress: [{ action: 'Drop' }] }),
    'spec.appliedTo',
  ],
  [
    'antrea-applied-in-one-place: in some of the rules',
    ofAntrea.policy({
      appliedTo: undefined,
      ingress: [{ action: 'Drop', appliedTo: [{ podSelector: {} }] }, { action: 'Drop' }],
    }),
    'spec.appliedTo',
  ],
  [
    'antrea-exclusive-peers: a group beside pods',
    ofAntrea.ingressOfCluster({ from: [{ podSelector: web, group: 'web' }] }),
    'spec.ingress[0].from[0].group',
  ],
  [
    'antrea-exclusive-peers: nodes beside pods',
    ofAntrea.ingressOfCluster({ from: [{ podSelector: web, nodeSelector: {} }] }),
    'spec.ingress[0].from[0]',
  ],
  [
    'antrea-exclusive-peers: a service account beside pods',
    ofAntrea.ingressOfCluster({ from: [{ podSelector: web, serviceAccount: { name: 'a', namespace: 'b' } }] }),
    'spec.ingress[0].from[0].serviceAccount',
  ],
  [
    'antrea-exclusive-peers: a Service beside pods',
    ofAntrea.ofCluster({ appliedTo: [{ podSelector: web, service: { name: 'a', namespace: 'b' } }], ingress: [] }),
    'spec.appliedTo[0].service',
  ],
  [
    'antrea-requests-are-allowed: dropped',
    ofAntrea.ingress({ action: 'Drop', l7Protocols: [{ http: {} }] }),
    'spec.ingress[0].l7Protocols',
  ],
  [
    'antrea-requests-go-to-no-service: toServices',
    ofAntrea.egress({ toServices: [{ name: 'web', namespace: 'shop' }], l7Protocols: [{ http: {} }] }),
    'spec.egress[0].toServices',
  ],
  [
    'antrea-requests-are-on-tcp: UDP',
    ofAntrea.ingress({ l7Protocols: [{ http: {} }], ports: [{ protocol: 'UDP', port: 80 }] }),
    'spec.ingress[0].l7Protocols',
  ],
  [
    'antrea-except-is-strictly-inside: the block itself',
    ofAntrea.ingress({ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/8'] } }] }),
    'spec.ingress[0].from[0].ipBlock.except[0]',
  ],
  [
    'antrea-no-pass-in-baseline: Pass',
    ofAntrea.policy({ tier: 'baseline', ingress: [{ action: 'Pass' }] }),
    'spec.ingress[0].action',
  ],

  // ClusterNetworkPolicy: the CRD of v0.2.0, with its rules.
  [
    'cluster-network-policy-one-field-of-a-peer: two',
    ofClusterNetworkPolicy.egress({ to: [{ namespaces: {}, networks: ['192.0.2.0/24'] }] }),
    'spec.egress[0].to[0]',
  ],
  [
    'cluster-network-policy-one-field-of-a-peer: none',
    ofClusterNetworkPolicy.ingress({ from: [{}] }),
    'spec.ingress[0].from[0]',
  ],
  [
    'cluster-network-policy-ranges-go-up: 80 to 80',
    ofClusterNetworkPolicy.ingress({ protocols: [{ tcp: { destinationPort: { range: { start: 80, end: 80 } } } }] }),
    'spec.ingress[0].protocols[0].tcp.destinationPort.range',
  ],
  [
    'cluster-network-policy-blocks-are-valid: a prefix of 33',
    ofClusterNetworkPolicy.egress({ to: [{ networks: ['192.0.2.0/33'] }] }),
    'spec.egress[0].to[0].networks[0]',
  ],
  ...[{ networks: ['192.0.2.0/24'] }, { nodes: {} }, { domainNames: ['example.com'] }].map(
    (peer) =>
      [
        `cluster-network-policy-named-ports-are-of-pods: beside ${Object.keys(peer)[0]}`,
        ofClusterNetworkPolicy.egress({ to: [peer], protocols: [{ destinationNamedPort: 'http' }] }),
        'spec.egress[0]',
      ] as const,
  ),
  [
    'cluster-network-policy-names-are-accepted: denied',
    ofClusterNetworkPolicy.egress({ action: 'Deny', to: [{ domainNames: ['example.com'] }] }),
    'spec.egress[0]',
  ],
  [
    'cluster-network-policy-25-rules: 26',
    ofClusterNetworkPolicy.policy({ ingress: many(26, () => ({ action: 'Accept', from: [{ namespaces: {} }] })) }),
    'spec.ingress',
  ],
  [
    'cluster-network-policy-25-peers: 26',
    ofClusterNetworkPolicy.ingress({ from: many(26, () => ({ namespaces: {} })) }),
    'spec.ingress[0].from',
  ],

  // Kinds that are not read: whatever is wrong in one, no verdict rests on it.
  [
    'aws-is-another-schema: ports as AWS has them, in the kind of Kubernetes',
    ofClusterNetworkPolicy.ingress({ ports: [{ portNumber: { port: 80, protocol: 'TCP' } }] }),
    'spec.ingress[0].ports',
  ],
  [
    'aws-is-another-schema: protocols as Kubernetes has them, in the kind of AWS',
    unread('networking.k8s.aws/v1alpha1', 'ClusterNetworkPolicy', {
      tier: 'Admin',
      priority: 10,
      subject: { namespaces: {} },
      ingress: [
        { action: 'Accept', from: [{ namespaces: {} }], protocols: [{ tcp: { destinationPort: { number: 80 } } }] },
      ],
    }),
    'kind',
  ],
  [
    'aws-100-of-anything: 101 rules',
    unread('networking.k8s.aws/v1alpha1', 'ClusterNetworkPolicy', {
      tier: 'Admin',
      priority: 10,
      subject: { namespaces: {} },
      egress: many(101, (i) => ({ action: 'Accept', to: [{ networks: [block(i)] }] })),
    }),
    'kind',
  ],
  [
    'istio-one-subject: selector and targetRefs',
    unread('security.istio.io/v1', 'AuthorizationPolicy', {
      selector: web,
      targetRefs: [{ kind: 'Service', name: 'web', group: '' }],
    }),
    'kind',
  ],
  [
    'istio-16-service-accounts: 17',
    unread('security.istio.io/v1', 'AuthorizationPolicy', {
      rules: [{ from: [{ source: { serviceAccounts: many(17, (i) => `shop/account-${i}`) } }] }],
    }),
    'kind',
  ],
  [
    'istio-service-accounts-are-alone: beside principals',
    unread('security.istio.io/v1', 'AuthorizationPolicy', {
      rules: [{ from: [{ source: { serviceAccounts: ['shop/web'], principals: ['cluster.local/ns/shop/sa/web'] } }] }],
    }),
    'kind',
  ],
  [
    'istio-mtls-of-ports-has-a-selector: none',
    unread('security.istio.io/v1', 'PeerAuthentication', { portLevelMtls: { 80: { mode: 'STRICT' } } }),
    'kind',
  ],
  [
    'istio-512-rules: 513',
    unread('security.istio.io/v1', 'AuthorizationPolicy', { rules: many(513, () => ({})) }),
    'kind',
  ],
  [
    'ovn-kubernetes-firewalls-have-single-ports: a range',
    unread('k8s.ovn.org/v1', 'EgressFirewall', {
      egress: [{ type: 'Allow', to: { cidrSelector: '192.0.2.0/24' }, ports: [{ protocol: 'TCP', port: '80-90' }] }],
    }),
    'kind',
  ],
];
