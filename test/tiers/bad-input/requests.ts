import {
  Cluster,
  type FlowOptions,
  GrpcRule,
  Hostname,
  HttpPath,
  HttpRule,
  KafkaRule,
  Nodes,
  Pods,
  Port,
  Tier,
} from '../../../lib';
import type { BadInputs } from './refusal';
import { because, flowTo, namespace, tier, validated } from './scenarios';

const http = [HttpRule.get('/v1/models')];
/** Two tiers of one namespace. */
function pair(serverPorts = [Port.tcp(8000)]) {
  const space = namespace();
  const server = new Tier(space, 'server', { pods: Pods.labeled({ app: 'server' }), ports: serverPorts });
  return { from: tier({}, space), server };
}

const flowWith = (options: Partial<FlowOptions>) => () => {
  const { from, server } = pair();
  from.connections.allowTo(server, { because, ...options });
  validated(from);
};

/** What is wrong with requests, host names and what flows demand of the cluster. */
export const requests: BadInputs = {
  ...Object.fromEntries(
    (
      [
        ['without a slash at its start', 'v1/models', /does not begin with a slash/],
        ['with a query', '/v1/models?limit=1', /has a query, and a rule lets any query through/],
        ['with a fragment', '/v1/models#top', /has a fragment/],
        ['with a blank', '/v1/my models', /sent percent-encoded/],
        ['with a letter that is not ASCII', '/v1/modèles', /sent percent-encoded/],
        ['with a backslash', '/v1\\\\models', /has a backslash/],
        ['with dot segments', '/v1/../admin', /has a dot segment/],
        ['with a percent sign that encodes nothing', '/v1/100%', /encodes nothing/],
        ['that is too long', `/${'x'.repeat(1000)}`, /longer than 1000/],
      ] as const
    ).map(([title, path, says]) => [
      `a path ${title}`,
      { rule: 'http-path', make: () => void HttpRule.get(path), value: path, says },
    ]),
  ),
  'a path below that ends with a slash': {
    rule: 'http-path',
    make: () => void HttpPath.below('/v1/'),
    value: '/v1/',
    says: /ends with a slash/,
  },
  'a brace inside a segment': {
    rule: 'http-path',
    make: () => void HttpPath.template('/v1/model-{name}'),
    value: '/v1/model-{name}',
    says: /a brace must hold a whole segment/,
  },
  'a method in small letters': {
    rule: 'http-method',
    make: () => void HttpRule.of({ methods: ['get'] }),
    value: 'get',
    says: /"get" is not a method of HTTP/,
  },
  'a header with its value': {
    rule: 'http-header',
    make: () => void HttpRule.of({ headers: ['x-team: blue'] }),
    value: 'x-team: blue',
    says: /not the name of a header/,
  },
  'a value of a header with a blank at its end': {
    rule: 'http-header-value',
    make: () => void HttpRule.of({ headerValues: { 'x-team': 'blue ' } }),
    value: 'blue ',
    says: /"blue " is not a value that the header x-team could have/,
  },
  'a header twice, in other letters': {
    rule: 'http-header-value',
    make: () => void HttpRule.of({ headerValues: { 'x-team': 'blue', 'X-Team': 'green' } }),
    value: 'X-Team',
    says: /the header X-Team is given twice/,
  },
  'a host with a scheme': {
    rule: 'http-host',
    make: () => void HttpRule.of({ host: 'https://models.example.com' }),
    value: 'https://models.example.com',
    says: /not the host of a request/,
  },
  'an empty list of methods': {
    rule: 'http-empty',
    make: () => void HttpRule.of({ methods: [] }),
    value: '[]',
    says: /`methods` is an empty list/,
  },
  'a gRPC service with a slash': {
    rule: 'grpc-name',
    make: () => void GrpcRule.service('qdrant/Points'),
    value: 'qdrant/Points',
    says: /not the name of a gRPC service/,
  },
  'a gRPC method with its service': {
    rule: 'grpc-name',
    make: () => void GrpcRule.method('qdrant.Points', 'Points.Search'),
    value: 'Points.Search',
    says: /not the name of a gRPC method/,
  },
  'a Kafka topic with a wildcard': {
    rule: 'kafka-topic',
    make: () => void KafkaRule.produce('orders.*'),
    value: 'orders.*',
    says: /not the name of a Kafka topic/,
  },
  'HTTP on UDP': {
    rule: 'requests-ports',
    make: flowWith({ http, ports: [Port.udp(443)] }),
    value: 'UDP/443',
    where: 'chart/ns/tier',
    says: /needs its TCP ports, one by one or as a range, and this one is on UDP\/443/,
  },
  'HTTP on every TCP port': {
    rule: 'requests-ports',
    make: flowWith({ http, ports: [Port.allTcp()] }),
    value: 'TCP/*',
    says: /this one is on TCP\/\*/,
  },
  'HTTP on all traffic': {
    rule: 'requests-ports',
    make: flowWith({ http, ports: [Port.allTraffic()] }),
    value: '*',
    says: /this one is on \*/,
  },
  'HTTP on the UDP ports of its destination': {
    rule: 'requests-ports',
    make: () => {
      const { from, server } = pair([Port.udp(53)]);
      from.connections.allowTo(server, { because, http });
      validated(from);
    },
    value: 'UDP/53',
    says: /this one is on UDP\/53/,
  },
  'HTTP and Kafka at once': {
    rule: 'requests-mixed',
    make: flowWith({ http, kafka: [KafkaRule.produce('orders')] }),
    value: 'http, kafka',
    where: 'chart/ns/tier',
    says: /limited to HTTP and to Kafka at once/,
  },
  'an empty list of requests': {
    rule: 'requests-none',
    make: flowWith({ http: [] }),
    value: '[]',
    says: /names none, so nothing would pass/,
  },
  ...Object.fromEntries(
    (
      [
        ['empty', '', /it is empty/],
        ['an IPv4 address', '192.0.2.1', /it is an address.*Cidr\.of\('192\.0\.2\.1\/32'\)/s],
        ['an IPv6 address', '2001:db8::1', /it is an address.*Cidr\.of\('2001:db8::1\/128'\)/s],
        ['an IPv6 address in brackets', '[2001:db8::1]:443', /it is an address.*Cidr\.of\('2001:db8::1\/128'\)/s],
        [
          'with a scheme',
          'https://weights.example.org:443/x',
          /it has a scheme.*Hostname\.exact\('weights\.example\.org'\)$/s,
        ],
        ['with a path', 'tools.example.org/v1', /it has a path.*Hostname\.exact\('tools\.example\.org'\)$/s],
        ['with a port', 'tools.example.org:443', /it has a port.*Hostname\.exact\('tools\.example\.org'\)$/s],
        [
          'with a wildcard',
          '*.example.com',
          /it has a wildcard.*oneLabelUnder\('example\.com'\) or Hostname\.anyDepthUnder\('example\.com'\)$/s,
        ],
        ['with a wildcard in the middle', 'api.*.example.com', /it has a wildcard.*one by one/s],
        [
          'with a dot at its end',
          'tools.example.org.',
          /it ends with a dot.*Hostname\.exact\('tools\.example\.org'\)$/s,
        ],
        [
          'that is too long',
          `${'a.'.repeat(130)}com`,
          /…" is not the name of a host: it is longer than 253.*Hostname\.exact\('api\.example\.com'\)$/s,
        ],
        ['with a blank', 'api example.com', /characters that host names do not have/],
      ] as const
    ).map(([title, name, says]) => [
      `a host name ${title}`,
      { rule: 'host-name', make: () => void Hostname.exact(name), value: name, says },
    ]),
  ),
  'a host name as a source': {
    rule: 'host-as-source',
    make: () => tier().connections.allowFrom(Hostname.exact('api.example.com'), { because }),
    where: 'chart/ns/tier',
    says: /shows the address that it comes from, and no name/,
  },
  'a host name without ports': {
    rule: 'flow-ports',
    make: flowTo(Hostname.exact('api.example.com'), { ports: undefined }),
    says: /addresses have none of their own/,
  },
  'nodes whose addresses are not known': {
    rule: 'nodes-unknown',
    make: flowTo(Nodes.all()),
    where: 'chart/ns/tier',
    says: /addresses of the nodes are not known/,
  },
  'encryption that the cluster does not promise': {
    rule: 'flow-encrypted',
    make: flowWith({ encrypted: true }),
    where: 'chart/ns/tier',
    says: /encrypted on its way, which the cluster does not promise/,
  },
  'kind before it enforced policies': {
    rule: 'cluster-enforces-nothing',
    make: () => void Cluster.kindnet({ version: '0.23.0' }),
    value: '0.23.0',
    says: /enforces no NetworkPolicy, so everything would pass in silence/,
  },
  'a version of kind that is none': {
    rule: 'cluster-version',
    make: () => void Cluster.kindnet({ version: 'latest' }),
    value: 'latest',
    says: /"latest" is not a version of kind.*kind 0\.24 and later/s,
  },
  'a kind of which no version is given': {
    rule: 'cluster-version',
    make: () => void Cluster.kindnet({} as never),
    says: /the version of kind is not given/,
  },
  flannel: {
    rule: 'cluster-enforces-nothing',
    make: () => void Cluster.flannel(),
    value: 'flannel',
    says: /everything passes in silence/,
  },
  'a version of an engine that is none': {
    rule: 'cluster-version',
    make: () => void Cluster.cilium({ version: 'latest' }),
    value: 'latest',
    says: /"latest" is not a version of Cilium/,
  },
  'an engine without a version': {
    rule: 'cluster-version',
    make: () => void Cluster.calico({} as never),
    value: '',
    says: /the version of Calico is not given/,
  },
};
