import {
  Cidr,
  CloudMetadata,
  Cluster,
  ClusterGuardrail,
  Dns,
  Encryption,
  GatewayTier,
  GrpcRule,
  HostGuardrail,
  Hostname,
  HttpPath,
  HttpRule,
  Internet,
  KafkaRule,
  LabelOperator,
  Nodes,
  Pods,
  Port,
  Rollout,
  SourceAddress,
} from '../../../lib';
import { because, type Scenario } from './scenario';

const https = [Port.tcp(443)];
const get = [HttpRule.get('/v1/models')];
const onlyCilium = (rule: string) => ({
  kubernetes: rule,
  calico: rule,
  antrea: rule,
  'cluster-network-policy': rule,
});
const noRequests = {
  kubernetes: 'engine-requests',
  antrea: 'engine-requests',
  'cluster-network-policy': 'engine-requests',
};
const noHosts = {
  kubernetes: 'engine-host-names',
  calico: 'engine-host-names',
  'cluster-network-policy': 'engine-host-names',
};

const noNamesInEgress = { cilium: 'engine-named-ports' };

/** Every need of users, and every trap of an engine, that a declaration can meet. */
export const SCENARIOS: readonly Scenario[] = [
  { title: 'default deny both ways, and one flow', declare: (mesh) => mesh.serving() },
  {
    title: 'two tiers of one namespace',
    declare: (mesh) => mesh.reaching(mesh.tier('clients', 'server', { ports: [Port.tcp(8000)] })),
  },
  {
    title: 'a tier that talks to itself',
    declare: (mesh) => {
      const server = mesh.server();
      server.connections.allowTo(server, { because });
    },
  },
  {
    title: 'every tier of a namespace',
    declare: (mesh) => {
      mesh.tier('servers', 'other', { ports: [Port.tcp(9000)] });
      mesh.server();
      mesh.reaching(mesh.namespace('servers'));
    },
  },
  {
    title: 'pods of others in a namespace by name',
    declare: (mesh) =>
      mesh
        .server()
        .connections.allowFrom(
          Pods.labeled({ app: 'prometheus' }).inNamespace('monitoring').ownedBy('the platform team'),
          {
            because,
          },
        ),
  },
  {
    title: 'pods of others in namespaces by label',
    declare: (mesh) =>
      mesh
        .server()
        .connections.allowFrom(
          Pods.labeled({ app: 'prometheus' }).inNamespacesLabeled({ team: 'observers' }).ownedBy('the observers'),
          {
            because,
          },
        ),
  },
  {
    title: 'every pod of a namespace of others',
    declare: (mesh) =>
      mesh.server().connections.allowFrom(Pods.all().inNamespace('tools').ownedBy('the tools team'), { because }),
  },
  {
    title: 'selectors with In, NotIn, Exists and DoesNotExist',
    declare: (mesh) => {
      const pods = Pods.matching([
        { key: 'app', operation: LabelOperator.IN, values: ['a', 'b'] },
        { key: 'stage', operation: LabelOperator.NOT_IN, values: ['test'] },
        { key: 'team', operation: LabelOperator.EXISTS },
        { key: 'legacy', operation: LabelOperator.DOES_NOT_EXIST },
      ]);
      const server = mesh.server({ pods });
      mesh.reaching(server, {}, { pods: Pods.matching([{ key: 'legacy', operation: LabelOperator.DOES_NOT_EXIST }]) });
    },
    note: 'a negative selector must not match what is outside the cluster',
  },
  { title: 'DNS of CoreDNS over UDP and TCP', declare: (mesh) => mesh.serving({}, { dns: true }) },
  {
    title: 'DNS of OpenShift on 5353 behind 53',
    cluster: { dns: Dns.openShift() },
    declare: (mesh) => mesh.serving({}, { dns: true }),
    note: 'policy sees ports after translation',
  },
  {
    title: 'DNS of NodeLocal DNSCache by its address',
    cluster: { dns: Dns.nodeLocal() },
    declare: (mesh) => mesh.serving({}, { dns: true }),
    note: 'pod selectors miss what is on the host network',
  },
  { title: 'one UDP port', declare: (mesh) => mesh.serving({ ports: [Port.udp(9000)] }) },
  { title: 'one SCTP port', declare: (mesh) => mesh.serving({ ports: [Port.sctp(9000)] }) },
  { title: 'a range of ports', declare: (mesh) => mesh.serving({ ports: [Port.tcpRange(30000, 32767)] }) },
  {
    title: 'a named port',
    declare: (mesh) => mesh.serving({ ports: [Port.named('http')] }),
    refused: noNamesInEgress,
    note: 'Cilium looks a name in egress up over many pods at once; with a workload (Pods.of), its number is written',
  },
  {
    title: 'a named port beside numbers',
    declare: (mesh) => mesh.serving({ ports: [Port.named('http'), Port.tcp(9000)] }),
    refused: noNamesInEgress,
  },
  { title: 'every port of a protocol', declare: (mesh) => mesh.serving({ ports: [Port.allTcp()] }) },
  { title: 'all traffic', declare: (mesh) => mesh.serving({ ports: [Port.allTraffic()] }) },
  {
    title: '41 ports',
    declare: (mesh) => mesh.serving({ ports: Array.from({ length: 41 }, (_, i) => Port.tcp(8000 + 2 * i)) }),
    note: 'Cilium takes 40 ports in a rule',
  },
  {
    title: '60 clients',
    declare: (mesh) => {
      const server = mesh.server();
      for (let i = 0; i < 60; i++) server.connections.allowFrom(mesh.tier('clients', `client-${i}`), { because });
    },
  },
  {
    title: '300 address blocks',
    declare: (mesh) => {
      const client = mesh.client();
      for (let i = 0; i < 300; i++)
        client.connections.allowTo(Cidr.of(`198.51.${Math.floor(i / 128)}.${2 * (i % 128)}/32`), {
          ports: https,
          because,
        });
    },
    note: 'Calico takes 256 blocks in a rule',
  },
  { title: 'an address block', declare: (mesh) => mesh.reaching(Cidr.of('192.0.2.0/24'), { ports: https }) },
  {
    title: 'an address block without a part of it',
    declare: (mesh) =>
      mesh.reaching(Cidr.of('192.0.2.0/24', { excluding: ['192.0.2.16/28', '192.0.2.1/32'] }), { ports: https }),
  },
  {
    title: 'a private block that holds the pods',
    declare: (mesh) => mesh.reaching(Cidr.of('10.0.0.0/8'), { ports: https }),
    note: 'the ranges of the cluster are taken out where blocks may match pods, and never matched on Cilium',
  },
  {
    title: 'blocks of both families',
    declare: (mesh) => {
      const client = mesh.reaching(Cidr.of('192.0.2.0/24'), { ports: https });
      client.connections.allowTo(Cidr.of('2001:db8::/32', { excluding: ['2001:db8:1::/48'] }), {
        ports: https,
        because,
      });
    },
  },
  { title: 'the internet', declare: (mesh) => mesh.reaching(Internet.any(), { ports: https }) },
  {
    title: 'an address block as a client',
    declare: (mesh) => mesh.server().connections.allowFrom(Cidr.of('192.0.2.0/24'), { because }),
  },
  {
    title: 'a gateway for the internet, source preserved',
    declare: (mesh) =>
      new GatewayTier(mesh.namespace('edge'), 'gateway', {
        pods: Pods.labeled({ app: 'gateway' }),
        ports: [Port.tcp(8443)],
        exposures: [{ client: Internet.any(), seenAs: SourceAddress.preserved(), because: 'customers come here' }],
      }),
  },
  {
    title: 'two tiers that share pods',
    declare: (mesh) => {
      const acknowledge = [{ rule: 'overlapping-tiers', because: 'a pod may have both roles' }];
      const one = mesh.tier('servers', 'one', { ports: [Port.tcp(8000)], acknowledge });
      const two = mesh.tier('servers', 'two', {
        pods: Pods.labeled({ role: 'two' }),
        ports: [Port.tcp(9000)],
        acknowledge,
      });
      const client = mesh.reaching(one);
      client.connections.allowTo(two, { because });
    },
    note: 'a pod of both has the flows of both',
  },
  {
    title: 'the API server by its address',
    cluster: { apiServer: { addresses: ['203.0.113.10/32'] } },
    declare: (mesh) => mesh.reaching(Cluster.of(mesh.app).apiServer),
  },
  { title: 'nodes', declare: (mesh) => mesh.reaching(Nodes.all(), { ports: [Port.tcp(10250)] }) },
  {
    title: 'the metadata service of a cloud',
    declare: (mesh) => mesh.reaching(CloudMetadata.service(), { ports: [Port.tcp(80)] }),
  },
  { title: 'one HTTP path', declare: (mesh) => mesh.serving({ http: get }), refused: noRequests },
  {
    title: 'an HTTP path and everything below',
    declare: (mesh) => mesh.serving({ http: [HttpRule.of({ methods: ['GET'], path: HttpPath.below('/v1/files') })] }),
    refused: noRequests,
  },
  {
    title: 'an HTTP path with a free segment',
    declare: (mesh) => mesh.serving({ http: [HttpRule.of({ path: HttpPath.template('/v1/models/{model}') })] }),
    refused: onlyCilium('engine-requests'),
    note: 'Calico matches paths exactly or by prefix',
  },
  {
    title: 'an HTTP path with characters that mean something in patterns',
    declare: (mesh) => mesh.serving({ http: [HttpRule.get('/a.b/(c)*/[d]+$')] }),
    refused: noRequests,
  },
  {
    title: 'an HTTP path with an encoded slash',
    declare: (mesh) => mesh.serving({ http: [HttpRule.get('/files/a%2Fb')] }),
    refused: { cilium: 'engine-requests', ...onlyCilium('engine-requests') },
    note: 'proxies decode and clean paths before rules see them',
  },
  {
    title: 'an HTTP host and a header',
    declare: (mesh) => mesh.serving({ http: [HttpRule.of({ host: 'models.example.com', headers: ['x-team'] })] }),
    refused: onlyCilium('engine-requests'),
  },
  {
    title: 'one gRPC method',
    declare: (mesh) => mesh.serving({ grpc: [GrpcRule.method('qdrant.Points', 'Search')] }),
    refused: noRequests,
  },
  {
    title: 'one Kafka topic',
    declare: (mesh) => mesh.serving({ kafka: [KafkaRule.consume('orders')] }),
    refused: { cilium: 'engine-requests', ...onlyCilium('engine-requests') },
    note: 'Cilium had it up to 1.19',
  },
  {
    title: 'an HTTP flow beside all traffic on its port',
    declare: (mesh) => {
      const server = mesh.serving({ http: get });
      server.connections.allowFrom(
        mesh.tier('clients', 'client-2', {
          pods: Pods.matching([{ key: 'app', operation: LabelOperator.EXISTS }]),
          acknowledge: [{ rule: 'overlapping-tiers', because: 'on purpose here' }],
        }),
        { because },
      );
    },
    refused: { ...noRequests, cilium: 'engine-requests-nullified', calico: 'engine-requests-nullified' },
    note: 'a rule about ports alone lets through what the rule about requests holds back',
  },
  {
    title: 'HTTP requests to pods of others',
    declare: (mesh) =>
      mesh.reaching(Pods.labeled({ app: 'api' }).inNamespace('apis').ownedBy('the API team'), {
        http: get,
        ports: [Port.tcp(8000)],
      }),
    refused: onlyCilium('engine-requests'),
    note: 'Calico looks into requests where they arrive only',
  },
  {
    title: 'one host name',
    cluster: {},
    declare: (mesh) => mesh.reaching(Hostname.exact('api.example.com'), { ports: https }, { dns: true }),
    refused: noHosts,
  },
  {
    title: 'host names one label under a domain',
    declare: (mesh) => mesh.reaching(Hostname.oneLabelUnder('s3.example.com'), { ports: https }, { dns: true }),
    refused: { ...noHosts, antrea: 'engine-host-names' },
    note: 'a wildcard of Antrea goes to any depth',
  },
  {
    title: 'host names at any depth under a domain',
    declare: (mesh) => mesh.reaching(Hostname.anyDepthUnder('example.com'), { ports: https }, { dns: true }),
    refused: noHosts,
  },
  {
    title: 'a flow that must be encrypted',
    cluster: { encryption: Encryption.WIREGUARD },
    declare: (mesh) => mesh.serving({ encrypted: true }),
    note: 'a precondition on every engine',
  },
  {
    title: 'policies that are only tried out',
    isAudit: true,
    declare: (mesh) => {
      mesh.namespace('servers', { rollout: Rollout.AUDIT });
      mesh.serving();
    },
    refused: { kubernetes: 'engine-audit', antrea: 'engine-audit', 'cluster-network-policy': 'engine-audit' },
    note: 'never proved: what would pass is',
  },
  {
    title: 'a guardrail that denies metadata services',
    declare: (mesh) => {
      mesh.serving();
      new ClusterGuardrail(mesh.chart, 'no-metadata', { denyCloudMetadata: true, because });
    },
    refused: { kubernetes: 'engine-guardrail' },
  },
  {
    title: 'a guardrail between tenants',
    declare: (mesh) => {
      mesh.serving();
      new ClusterGuardrail(mesh.chart, 'tenants', {
        separateTenants: { label: 'tenant', tenants: ['blue', 'green'] },
        because,
      });
    },
    refused: { kubernetes: 'engine-guardrail' },
  },
  {
    title: 'a guardrail that denies by default',
    declare: (mesh) => {
      mesh.serving();
      const systemNamespaces = ['kube-system', 'calico-system', 'calico-apiserver', 'tigera-operator'];
      new ClusterGuardrail(mesh.chart, 'default-deny-all', { defaultDeny: { systemNamespaces }, because });
    },
    refused: { kubernetes: 'engine-guardrail', 'cluster-network-policy': 'engine-isolation-from-outside' },
  },
  {
    title: 'a guardrail of nodes',
    declare: (mesh) => {
      mesh.serving();
      new HostGuardrail(mesh.chart, 'nodes', { nodes: { pool: 'gpu' }, because });
    },
    refused: {
      kubernetes: 'engine-host-guardrail',
      antrea: 'engine-host-guardrail',
      'cluster-network-policy': 'engine-host-guardrail',
    },
  },
];
