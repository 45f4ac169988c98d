import { type Json, read, readEgress, readGlobal, readIngress, texts } from './calico';

const many = <T>(count: number, of: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => of(i));
const block = (i: number) => `10.${Math.floor(i / 256)}.${i % 256}.0/24`;

/** What the API server takes or not is in the CRD; the rest is libcalico-go/lib/validator/v3/validator.go, 3.32. */
describe('what Calico refuses in a rule', () => {
  it.each<[string, Json, string]>([
    [
      '51 ports',
      { protocol: 'TCP', destination: { ports: many(51, (i) => i + 1) } },
      'calico-limit at $.destination.ports',
    ],
    ['257 nets', { source: { nets: many(257, block) } }, 'calico-limit at $.source.nets'],
    ['21 methods', { protocol: 'TCP', http: { methods: many(21, (i) => `M${i}`) } }, 'calico-limit at $.http.methods'],
    [
      '21 paths',
      { protocol: 'TCP', http: { paths: many(21, (i) => ({ exact: `/${i}` })) } },
      'calico-limit at $.http.paths',
    ],
    [
      'a path above 1024 characters',
      { http: { paths: [{ exact: `/${'a'.repeat(1024)}` }] } },
      'calico-limit at $.http.paths[0].exact',
    ],
    ['a method twice', { http: { methods: ['GET', 'GET'] } }, 'field-repeated at $.http.methods[1]'],
    ['a path in two ways', { http: { paths: [{ exact: '/a', prefix: '/b' }] } }, 'calico-http at $.http.paths[0]'],
    ['a path in no way', { http: { paths: [{}] } }, 'calico-http at $.http.paths[0]'],
    ['a path without its slash', { http: { paths: [{ exact: 'a' }] } }, 'calico-http at $.http.paths[0]'],
    ['a path with a query', { http: { paths: [{ exact: '/a?b' }] } }, 'calico-http at $.http.paths[0]'],
    ['http where it denies', { action: 'Deny', http: {} }, 'calico-http at $.http'],
    ['http on UDP', { protocol: 'UDP', http: {} }, 'calico-http at $.http'],
    ['no action', { action: undefined }, 'field-missing at $.action'],
    ['an unknown action', { action: 'allow' }, 'field-value at $.action'],
    ['an unknown protocol', { protocol: 'tcp' }, 'calico-protocol at $.protocol'],
    ['protocol 0', { protocol: 0 }, 'calico-protocol at $.protocol'],
    ['numbers without a protocol', { destination: { ports: [80] } }, 'calico-ports at $.destination.ports[0]'],
    ['a type of ICMP above 254', { protocol: 'ICMP', icmp: { type: 255 } }, 'calico-icmp at $.icmp.type'],
    ['a code of ICMP above 255', { protocol: 'ICMP', icmp: { type: 3, code: 256 } }, 'calico-icmp at $.icmp.code'],
    ['a code without a type', { protocol: 'ICMPv6', icmp: { code: 0 } }, 'calico-icmp at $.icmp.code'],
    ['a code without a type, left out', { notICMP: { code: 0 } }, 'calico-icmp at $.notICMP.code'],
    ['icmp without its protocol', { icmp: { type: 8 } }, 'calico-icmp at $.icmp'],
    ['ICMP of IPv6', { protocol: 'ICMP', ipVersion: 6 }, 'calico-icmp at $.protocol'],
    ['ICMPv6 of IPv4', { protocol: 58, ipVersion: 4 }, 'calico-icmp at $.protocol'],
    ['all but ICMP of IPv6', { notProtocol: 1, ipVersion: 6 }, 'calico-icmp at $.notProtocol'],
    [
      'a Service at its own end',
      { destination: { services: { name: 'x' } } },
      'calico-services at $.destination.services',
    ],
    ['ports of ICMP', { protocol: 'ICMP', destination: { ports: ['x'] } }, 'calico-ports at $.destination.ports'],
    [
      'a range that ends before it begins',
      { protocol: 'TCP', destination: { ports: ['90:80'] } },
      'port-range at $.destination.ports[0]',
    ],
    ['port 0', { protocol: 'TCP', destination: { ports: [0] } }, 'port-number at $.destination.ports[0]'],
    [
      'a name that is none',
      { protocol: 'TCP', destination: { ports: ['80-90'] } },
      'port-name at $.destination.ports[0]',
    ],
    ['both families', { source: { nets: ['10.0.0.0/8', '2001:db8::/32'] } }, 'calico-nets at $.source'],
    [
      'both families by exception',
      { source: { nets: ['10.0.0.0/8'], notNets: ['2001:db8::/32'] } },
      'calico-nets at $.source',
    ],
    [
      'another family than ipVersion',
      { ipVersion: 6, source: { nets: ['10.0.0.0/8'] } },
      'calico-nets at $.source.nets[0]',
    ],
    ['an unknown family', { ipVersion: 5 }, 'field-value at $.ipVersion'],
    ['everything left out', { source: { notNets: ['0.0.0.0/0'] } }, 'calico-nets at $.source.notNets'],
    ['host bits', { source: { nets: ['10.1.0.0/8'] } }, 'cidr-host-bits at $.source.nets[0]'],
    ['an address that is no block', { source: { nets: ['10.1.0.0'] } }, 'cidr at $.source.nets[0]'],
    ['a block twice', { source: { nets: ['10.0.0.0/8', '10.0.0.0/8'] } }, 'field-repeated at $.source.nets[1]'],
    ['global() of endpoints', { source: { selector: 'global()' } }, 'calico-selector at $.source.selector'],
    ['an unknown field', { sources: {} }, 'unknown-field at $.sources'],
    ['an unknown field of an end', { source: { cidr: '10.0.0.0/8' } }, 'unknown-field at $.source.cidr'],
  ])('%s', (_, rule, expected) => {
    expect(texts(readIngress({ action: 'Allow', ...rule }))).toContain(expected.replace('$', 'spec.ingress[0]'));
  });

  it('nothing in a block of IPv4 that is written as one of IPv6', () => {
    expect(texts(readIngress({ action: 'Allow', source: { nets: ['::ffff:10.0.0.0/104'] } }))).toEqual([
      'allow own/{*} from 10.0.0.0/8 on *',
    ]);
  });

  it('http on egress, which no CRD refuses', () => {
    expect(texts(readEgress({ action: 'Allow', protocol: 'TCP', http: { methods: ['GET'] } }))).toEqual([
      'calico-http at spec.egress[0].http',
    ]);
  });

  it.each<[string, Json]>([
    ['selectors', { selector: 'all()' }],
    ['namespaces', { namespaceSelector: 'all()' }],
    ['nets', { nets: ['10.0.0.0/8'] }],
  ])('services beside %s', (_, beside) => {
    const destination = { services: { name: 'kubernetes', namespace: 'default' }, ...beside };
    expect(texts(readEgress({ action: 'Allow', destination }))).toContain(
      'calico-services at spec.egress[0].destination.services',
    );
  });
});

describe('what Calico refuses in a policy', () => {
  it('more than 1024 rules', () => {
    const rules = (count: number) => texts(readIngress(...many(count, () => ({ action: 'Allow' }))));
    expect(rules(1024)).toHaveLength(1024);
    expect(rules(1025)).toEqual(['calico-limit at spec.ingress']);
  });

  it.each<[string, Json, string]>([
    ['a type twice', { types: ['Ingress', 'Ingress'] }, 'field-repeated at spec.types[1]'],
    ['no type', { types: [] }, 'calico-types at spec.types'],
    ['an unknown type', { types: ['ingress'] }, 'field-value at spec.types[0]'],
    ['an unknown hint', { performanceHints: ['Fast'] }, 'field-value at spec.performanceHints[0]'],
    ['an order that is text', { order: '10' }, 'field-type at spec.order'],
    ['a selector of the cluster', { namespaceSelector: 'all()' }, 'unknown-field at spec.namespaceSelector'],
    ['global()', { selector: 'global()' }, 'calico-selector at spec.selector'],
  ])('%s', (_, spec, expected) => {
    expect(texts(read('NetworkPolicy', spec))).toContain(expected);
  });

  it('a name with two dots, and a flag that is text', () => {
    expect(texts(read('NetworkPolicy', {}, 'a.b.c'))).toEqual(['object-name at spec']);
    expect(texts(read('NetworkPolicy', {}, 'security.it'))).toEqual([]);
    expect(texts(readGlobal({ applyOnForward: 'yes' }))).toEqual(['field-type at spec.applyOnForward']);
  });
});
