import { Cidr, Cluster, Dns, LabelOperator, Pods, Port, SourceAddress } from '../../../lib';
import type { BadInputs } from './refusal';
import { because, foreign, namespace } from './scenarios';

export const values: BadInputs = {
  'a port of 0': { rule: 'port-number', make: () => Port.tcp(0), value: '0', says: /\b0\b.*1 to 65535/s },
  'a port of 65536': { rule: 'port-number', make: () => Port.udp(65536), value: '65536', says: /65536/ },
  'a port that is no whole number': { rule: 'port-number', make: () => Port.sctp(80.5), value: '80.5', says: /80\.5/ },
  'a reversed range': { rule: 'port-range', make: () => Port.tcpRange(90, 80), value: /90.*80/, says: /90.*80/ },
  'a port name with capitals': { rule: 'port-name', make: () => Port.named('HTTP'), value: 'HTTP', says: /HTTP/ },
  'a port name of 16 letters': { rule: 'port-name', make: () => Port.named('a'.repeat(16)), says: /15/ },
  'a port name of digits': { rule: 'port-name', make: () => Port.named('80'), value: '80', says: /80/ },
  'a label key with a space': {
    rule: 'label-key',
    make: () => Pods.labeled({ 'a b': 'c' }),
    value: 'a b',
    says: /a b/,
  },
  'a label value with a slash': {
    rule: 'label-value',
    make: () => Pods.labeled({ app: 'a/b' }),
    value: 'a/b',
    says: /a\/b/,
  },
  'a label value of 64 letters': { rule: 'label-value', make: () => Pods.labeled({ app: 'a'.repeat(64) }), says: /63/ },
  'no labels at all': { rule: 'labels-empty', make: () => Pods.labeled({}), value: '{}', says: /every pod/ },
  'no requirements at all': { rule: 'labels-empty', make: () => Pods.matching([]), value: '[]', says: /every pod/ },
  'requirements that contradict each other': {
    rule: 'labels-contradict',
    make: () =>
      Pods.matching([
        { key: 'app', operation: LabelOperator.IN, values: ['a'] },
        { key: 'app', operation: LabelOperator.DOES_NOT_EXIST },
      ]),
    says: /no pod can meet/,
  },
  'pods by the label of their namespace': {
    rule: 'labels-of-namespace',
    make: () => Pods.labeled({ app: 'x', 'kubernetes.io/metadata.name': 'monitoring' }),
    value: 'kubernetes.io/metadata.name',
    says: /a label of namespaces.*inNamespace/s,
  },
  'pods that must lack the label of their namespace': {
    rule: 'labels-of-namespace',
    make: () => Pods.matching([{ key: 'kubernetes.io/metadata.name', operation: LabelOperator.DOES_NOT_EXIST }]),
    value: 'kubernetes.io/metadata.name',
    says: /a label of namespaces/,
  },
  'In without values': {
    rule: 'selector-values',
    make: () => Pods.matching([{ key: 'app', operation: LabelOperator.IN }]),
    says: /app/,
  },
  'a namespace by no labels': {
    rule: 'labels-empty',
    make: () => Pods.labeled({ app: 'x' }).inNamespacesLabeled({}),
    says: /every namespace/,
  },
  'a namespace name with capitals': {
    rule: 'namespace-name',
    make: () => Pods.all().inNamespace('Monitoring'),
    value: 'Monitoring',
    says: /Monitoring/,
  },
  'an empty owner': { rule: 'owner', make: () => foreign().ownedBy('  '), says: /whoever runs the pods/ },
  'a block that is none': {
    rule: 'cidr',
    make: () => Cidr.of('999.1.1.1/8'),
    value: '999.1.1.1/8',
    says: /999\.1\.1\.1/,
  },
  'an empty block': { rule: 'cidr', make: () => Cidr.of(''), value: '', says: /empty|""/ },
  'a block without a length': { rule: 'cidr', make: () => Cidr.of('192.0.2.1'), says: /192\.0\.2\.1\/32/ },
  'a block with leading zeros': { rule: 'cidr', make: () => Cidr.of('010.0.0.0/8'), says: /010/ },
  'a block with host bits': {
    rule: 'cidr-host-bits',
    make: () => Cidr.of('192.0.2.7/24'),
    value: '192.0.2.7/24',
    says: /192\.0\.2\.0\/24/,
  },
  'an excluded part outside its block': {
    rule: 'cidr-except',
    make: () => Cidr.of('192.0.2.0/24', { excluding: ['198.51.100.0/28'] }),
    says: /198\.51\.100\.0\/28/,
  },
  'an excluded part that is the block': {
    rule: 'cidr-except',
    make: () => Cidr.of('192.0.2.0/24', { excluding: ['192.0.2.0/24'] }),
    says: /192\.0\.2\.0\/24/,
  },
  'an excluded part of the other family': {
    rule: 'cidr-except',
    make: () => Cidr.of('192.0.2.0/24', { excluding: ['2001:db8::/64'] }),
    says: /2001:db8::\/64/,
  },
  'a source address without ranges': {
    rule: 'source-ranges',
    make: () => SourceAddress.rewrittenTo([]),
    says: /no address/,
  },
  'a Kubernetes version that is none': {
    rule: 'cluster-version',
    make: () => Cluster.kubernetes({ version: 'latest' }),
    value: 'latest',
    says: /latest.*1\.31/s,
  },
  'a Kubernetes version for a release of the Network Policy API': {
    rule: 'cluster-version',
    make: () => Cluster.clusterNetworkPolicy({ version: '1.36' }),
    value: '1.36',
    says: /1\.36.*has ClusterNetworkPolicy.*0\.3\.0/s,
  },
  'a release of the Network Policy API that has no ClusterNetworkPolicy': {
    rule: 'cluster-version',
    make: () => Cluster.clusterNetworkPolicy({ version: '0.1.8' }),
    value: '0.1.8',
    says: /0\.1\.8.*0\.2\.0 and later/s,
  },
  'an API server that is not known': {
    rule: 'api-server-unknown',
    make: () => Cluster.kubernetes().apiServer,
    says: /addresses of the API server/,
  },
  'name servers that are none': { rule: 'dns-servers', make: () => Dns.custom({}), says: /names no server/ },
  'name servers without an owner': { rule: 'dns-servers', make: () => Dns.custom({ pods: foreign() }), says: /owner/ },
  'an operation that is none': {
    rule: 'selector-operator',
    make: () => Pods.matching([{ key: 'app', operation: 'Equals' as LabelOperator, values: ['a'] }]),
    value: 'Equals',
    says: /Equals/,
  },
  'an acknowledgement of no rule': {
    rule: 'acknowledgement',
    make: () => namespace({ acknowledge: [{ rule: 'toString', because }] }),
    value: 'toString',
    says: /no rule "toString".*wide-egress/s,
  },
  'name servers at an address by the name of a port': {
    rule: 'port-name-address',
    make: () => Dns.custom({ addresses: ['192.0.2.53/32'], ports: [Port.named('dns')] }),
    value: 'TCP/dns',
    says: /never match/,
  },
  'an address of NodeLocal DNSCache that is none': {
    rule: 'ip-address',
    make: () => Dns.nodeLocal({ address: '169.254.20' }),
    value: '169.254.20',
    says: /169\.254\.20/,
  },
  'an API server by the name of a port': {
    rule: 'port-name-address',
    make: () => Cluster.kubernetes({ apiServer: { addresses: ['192.0.2.1/32'], ports: [Port.named('https')] } }),
    value: 'TCP/https',
    says: /never match/,
  },
  'an API server without addresses': {
    rule: 'cluster-ranges-empty',
    make: () => Cluster.kubernetes({ apiServer: { addresses: [] } }),
    value: '[]',
    says: /`apiServer\.addresses` is an empty list/,
  },
  'a cluster whose pods have no addresses': {
    rule: 'cluster-ranges-empty',
    make: () => Cluster.kubernetes({ podCidrs: [] }),
    value: '[]',
    says: /`podCidrs` is an empty list/,
  },
  'a pod range with host bits': {
    rule: 'cidr-host-bits',
    make: () => Cluster.kubernetes({ podCidrs: ['10.244.0.1/16'] }),
    value: '10.244.0.1/16',
    says: /10\.244\.0\.0\/16/,
  },
};
