import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import {
  AgentTier,
  Cidr,
  Cluster,
  DataTier,
  Dns,
  GatewayTier,
  InferenceTier,
  Internet,
  type IPeer,
  LabelOperator,
  NamespaceManagement,
  PodSecurity,
  Pods,
  PolicyGraph,
  Port,
  SourceAddress,
  Tier,
  type TierProps,
  ZeroTrustNamespace,
  type ZeroTrustNamespaceProps,
} from '../../lib';
import { ZeroTrustError } from '../../lib/model/problem';

/** One wrong value: what is made of it, and the fields of the problem that it is. */
interface BadInput {
  readonly rule: string;
  readonly make: () => unknown;
  readonly value?: string | RegExp;
  /** Construct path; absent for values that are made before they have a place. */
  readonly where?: string;
  /** In the sentence: what is wrong and why it matters. */
  readonly says: RegExp;
}

const because = 'a test of wrong values';

function chart(id = 'chart', app = new App()): Chart {
  return new Chart(app, id);
}

function namespace(props: Partial<ZeroTrustNamespaceProps> = {}, scope: Chart = chart()): ZeroTrustNamespace {
  return new ZeroTrustNamespace(scope, 'ns', { purpose: 'data', ...props });
}

function tier(props: Partial<TierProps> = {}, scope = namespace()): Tier {
  return new Tier(scope, 'tier', { pods: Pods.labeled({ app: 'tier' }), ports: [Port.tcp(80)], ...props });
}

/** Validates what a scope's app declares, as a synthesis does. */
function validated(scope: { node: ZeroTrustNamespace['node'] }): void {
  PolicyGraph.of(scope.node.root);
}

function flowTo(peer: IPeer, options: object = {}): () => void {
  return () => {
    const from = tier();
    from.connections.allowTo(peer, { because, ports: [Port.tcp(443)], ...options });
    validated(from);
  };
}

function workload(props: object = {}, podSpec: object = {}, labels: object = { app: 'x' }): Tier {
  const space = namespace();
  const object = new ApiObject(space, 'workload', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'workload', namespace: 'ns', ...props },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'i' }], ...podSpec } },
    },
  });
  return tier({ pods: Pods.of(object) }, space);
}

const foreign = () => Pods.labeled({ app: 'x' }).inNamespace('elsewhere');

const VALUES: Record<string, BadInput> = {
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
  'an API server that is not known': {
    rule: 'api-server-unknown',
    make: () => Cluster.kubernetes().apiServer,
    says: /addresses of the API server/,
  },
  'name servers that are none': { rule: 'dns-servers', make: () => Dns.custom({}), says: /names no server/ },
  'name servers without an owner': { rule: 'dns-servers', make: () => Dns.custom({ pods: foreign() }), says: /owner/ },
};

const NAMESPACES: Record<string, BadInput> = {
  'an empty purpose': {
    rule: 'purpose',
    make: () => namespace({ purpose: '' }),
    value: '',
    where: 'chart/ns',
    says: /purpose/,
  },
  'a purpose of two words': {
    rule: 'purpose',
    make: () => namespace({ purpose: 'two words' }),
    value: 'two words',
    where: 'chart/ns',
    says: /two words/,
  },
  'a name with capitals': {
    rule: 'namespace-name',
    make: () => namespace({ name: 'AI' }),
    value: 'AI',
    where: 'chart/ns',
    says: /"AI"/,
  },
  'a name of 64 letters': {
    rule: 'namespace-name',
    make: () => namespace({ name: 'a'.repeat(64) }),
    where: 'chart/ns',
    says: /63/,
  },
  'a label that is ours': {
    rule: 'label-reserved',
    make: () => namespace({ labels: { purpose: 'x' } }),
    value: 'purpose: x',
    where: 'chart/ns',
    says: /purpose/,
  },
  'a label that Kubernetes refuses': {
    rule: 'label-value',
    make: () => namespace({ labels: { team: 'a b' } }),
    value: 'a b',
    where: 'chart/ns',
    says: /a b/,
  },
  'a part-of that is no label value': {
    rule: 'label-value',
    make: () => namespace({ partOf: 'a b' }),
    where: 'chart/ns',
    says: /a b/,
  },
  'privileged pods without a word': {
    rule: 'pod-security',
    make: () => namespace({ podSecurity: PodSecurity.PRIVILEGED }),
    value: 'privileged',
    where: 'chart/ns',
    says: /host network, where no policy binds/,
  },
  'adopting a namespace without a word': {
    rule: 'adopted-namespace',
    make: () => namespace({ management: NamespaceManagement.ADOPT }),
    value: 'ns',
    where: 'chart/ns',
    says: /isolate every pod in it, theirs too/,
  },
  'an acknowledgement of no rule': {
    rule: 'acknowledgement',
    make: () => namespace({ acknowledge: [{ rule: 'whatever', because }] }),
    value: 'whatever',
    where: 'chart/ns',
    says: /no rule "whatever".*wide-egress/s,
  },
  'an acknowledgement without a reason': {
    rule: 'reason',
    make: () => namespace({ acknowledge: [{ rule: 'pod-security', because: '' }] }),
    where: 'chart/ns',
    says: /cannot be reviewed/,
  },
  'two namespaces of one name': {
    rule: 'duplicate-name',
    make: () => {
      const one = chart();
      new ZeroTrustNamespace(one, 'a', { name: 'same', purpose: 'data' });
      new ZeroTrustNamespace(one, 'b', { name: 'same', purpose: 'data' });
    },
    value: 'same',
    where: 'chart/b',
    says: /declared already, at chart\/a/,
  },
  'namespaces for two clusters': {
    rule: 'one-cluster',
    make: () => {
      const one = chart();
      namespace({ cluster: Cluster.kubernetes({ name: 'a' }) }, one);
      const other = new ZeroTrustNamespace(one, 'other', {
        purpose: 'data',
        cluster: Cluster.kubernetes({ name: 'b' }),
      });
      validated(other);
    },
    says: /chart\/ns and chart\/other are for different clusters/,
  },
};

const TIERS: Record<string, BadInput> = {
  'the reserved name': {
    rule: 'tier-name-reserved',
    make: () => tier({ name: 'default-deny' }),
    value: 'default-deny',
    where: 'chart/ns/tier',
    says: /isolates the namespace/,
  },
  'a name with a dot': {
    rule: 'tier-name',
    make: () => tier({ name: 'a.b' }),
    value: 'a.b',
    where: 'chart/ns/tier',
    says: /a\.b/,
  },
  'a name of 64 letters': {
    rule: 'tier-name',
    make: () => tier({ name: 'a'.repeat(64) }),
    where: 'chart/ns/tier',
    says: /63/,
  },
  'two tiers of one name': {
    rule: 'duplicate-name',
    make: () => {
      const space = namespace();
      tier({}, space);
      new Tier(space, 'twin', { name: 'tier', pods: Pods.labeled({ app: 'twin' }) });
    },
    value: 'tier',
    where: 'chart/ns/twin',
    says: /declared already, at chart\/ns\/tier/,
  },
  'a scope that is no namespace': {
    rule: 'tier-scope',
    make: () => new Tier(chart() as unknown as ZeroTrustNamespace, 'tier', { pods: Pods.labeled({ app: 'x' }) }),
    value: 'Chart',
    where: 'chart/tier',
    says: /made in a namespace/,
  },
  'an empty list of ports': {
    rule: 'ports-empty',
    make: () => tier({ ports: [] }),
    value: '[]',
    where: 'chart/ns/tier',
    says: /no port or every port/,
  },
  'pods that are an address': {
    rule: 'tier-pods',
    make: () => tier({ pods: Cidr.of('192.0.2.0/24') as unknown as Pods }),
    where: 'chart/ns/tier',
    says: /something else than Pods/,
  },
  'pods of another namespace': {
    rule: 'tier-pods-elsewhere',
    make: () => tier({ pods: foreign() }),
    where: 'chart/ns/tier',
    says: /run in its namespace, ns/,
  },
  'everything in a namespace of others': {
    rule: 'tier-of-everything',
    make: () =>
      tier(
        { pods: Pods.all() },
        namespace({ management: NamespaceManagement.ADOPT, acknowledge: [{ rule: 'adopted-namespace', because }] }),
      ),
    value: 'Pods.all()',
    where: 'chart/ns/tier',
    says: /belongs to somebody else/,
  },
  'two tiers that one pod can be in': {
    rule: 'overlapping-tiers',
    make: () => {
      const space = namespace();
      tier({}, space);
      validated(new Tier(space, 'other', { pods: Pods.labeled({ role: 'other' }) }));
    },
    value: '{"app":"tier","role":"other"}',
    where: 'chart/ns/other',
    says: /gets the flows of both/,
  },
  'empty peer ports': {
    rule: 'ports-empty',
    make: () => new DataTier(namespace(), 'db', { pods: Pods.labeled({ app: 'db' }), peerPorts: [] }),
    where: 'chart/ns/db',
    says: /peerPorts/,
  },
  'a workload in another namespace': {
    rule: 'workload-namespace',
    make: () => validated(workload({ namespace: 'other' })),
    value: 'other',
    where: 'chart/ns/tier',
    says: /in the namespace other, and the policy of the tier is in ns/,
  },
  'a workload without a namespace': {
    rule: 'workload-namespace',
    make: () => validated(workload({ namespace: undefined })),
    value: '',
    where: 'chart/ns/tier',
    says: /has no namespace/,
  },
  'a workload on the host network': {
    rule: 'host-network',
    make: () => validated(workload({}, { hostNetwork: true })),
    where: 'chart/ns/tier',
    says: /no pod selector matches them/,
  },
  'a workload that cannot be rendered': {
    rule: 'workload-unreadable',
    make: () => {
      const space = namespace();
      const deployment = new Deployment(space, 'empty', { metadata: { namespace: 'ns' } });
      validated(tier({ pods: Pods.of(deployment) }, space));
    },
    where: 'chart/ns/tier',
    says: /cannot be rendered/,
  },
  'a construct without pods': {
    rule: 'workload-template',
    make: () => {
      const space = namespace();
      const config = new ApiObject(space, 'config', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { namespace: 'ns' },
      });
      validated(tier({ pods: Pods.of(config) }, space));
    },
    where: 'chart/ns/tier',
    says: /renders no pod template/,
  },
  'one workload for two tiers': {
    rule: 'workload-twice',
    make: () => {
      const first = workload();
      const { pods } =
        first.endpoint._spec.kind === 'tier'
          ? { pods: Pods.of(first.node.scope?.node.findChild('workload') as ApiObject) }
          : { pods: Pods.all() };
      validated(new Tier(first.node.scope as ZeroTrustNamespace, 'second', { pods }));
    },
    where: 'chart/ns/second',
    says: /already that of the tier ns\/tier/,
  },
  'pods that no tier has': {
    rule: 'pods-without-tier',
    make: () => {
      const space = namespace();
      new ApiObject(space, 'idle', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'idle', namespace: 'ns' },
        spec: { containers: [{ name: 'c' }] },
      });
      validated(space);
    },
    where: 'chart/ns',
    says: /can neither be reached nor reach anything/,
  },
  'pods that the namespace would refuse': {
    rule: 'pod-security',
    make: () => validated(workload({}, { hostPID: true })),
    where: 'chart/ns',
    says: /spec\.hostPID/,
  },
};

const FLOWS: Record<string, BadInput> = {
  'no reason': {
    rule: 'reason',
    make: flowTo(Cidr.of('192.0.2.0/24'), { because: undefined }),
    where: 'chart/ns/tier',
    says: /cannot be reviewed/,
  },
  'an empty reason': {
    rule: 'reason',
    make: flowTo(Cidr.of('192.0.2.0/24'), { because: ' ' }),
    value: '',
    where: 'chart/ns/tier',
    says: /cannot be reviewed/,
  },
  'a reason of one word': {
    rule: 'reason',
    make: flowTo(Cidr.of('192.0.2.0/24'), { because: 'needed' }),
    value: 'needed',
    where: 'chart/ns/tier',
    says: /"needed" is not a reason/,
  },
  'a placeholder for a reason': {
    rule: 'reason',
    make: flowTo(Cidr.of('192.0.2.0/24'), { because: 'TODO say why' }),
    value: 'TODO say why',
    where: 'chart/ns/tier',
    says: /is not a reason/,
  },
  'no port to addresses': {
    rule: 'flow-ports',
    make: flowTo(Cidr.of('192.0.2.0/24'), { ports: undefined }),
    where: 'chart/ns/tier',
    says: /addresses have none of their own/,
  },
  'an empty list of ports': {
    rule: 'ports-empty',
    make: flowTo(Cidr.of('192.0.2.0/24'), { ports: [] }),
    where: 'chart/ns/tier',
    says: /empty list/,
  },
  'no port on either side': {
    rule: 'flow-ports',
    make: () => {
      const space = namespace();
      const silent = new Tier(space, 'silent', { pods: Pods.labeled({ app: 'silent' }) });
      tier({}, space).connections.allowTo(silent, { because });
      validated(space);
    },
    value: 'ns/silent',
    where: 'chart/ns/tier',
    says: /names no port, and neither does ns\/silent/,
  },
  'a named port of addresses': {
    rule: 'port-name-address',
    make: flowTo(Cidr.of('192.0.2.0/24'), { ports: [Port.named('https')] }),
    where: 'chart/ns/tier',
    says: /never match/,
  },
  'a name that no container has': {
    rule: 'port-name-unknown',
    make: () => {
      const server = workload({}, { containers: [{ name: 'c', ports: [{ name: 'http', containerPort: 80 }] }] });
      server.connections.allowFrom(foreign().ownedBy('others'), { because, ports: [Port.named('htpp')] });
      validated(server);
    },
    value: 'TCP/htpp',
    where: 'chart/ns/tier',
    says: /no container of ns\/tier has a port named TCP\/htpp.*TCP\/http/s,
  },
  'a peer that is none': { rule: 'peer', make: flowTo({} as IPeer), where: 'chart/ns/tier', says: /is not a peer/ },
  'no peer at all': {
    rule: 'peer',
    make: flowTo(undefined as unknown as IPeer),
    value: 'undefined',
    where: 'chart/ns/tier',
    says: /undefined is not a peer/,
  },
  'a peer of another app': {
    rule: 'peer-other-app',
    make: () => flowTo(tier())(),
    where: 'chart/ns/tier',
    says: /belongs to another app/,
  },
  'pods without a namespace': {
    rule: 'peer-namespace',
    make: flowTo(Pods.labeled({ app: 'x' }).ownedBy('others')),
    where: 'chart/ns/tier',
    says: /namespace of this tier/,
  },
  'pods without an owner': {
    rule: 'peer-owner',
    make: flowTo(foreign()),
    where: 'chart/ns/tier',
    says: /nobody is named/,
  },
  'pods of this app that are no tier': {
    rule: 'peer-not-a-tier',
    make: () => {
      const one = tier();
      one.connections.allowFrom(Pods.labeled({ app: 'x' }).inNamespace('ns').ownedBy('me'), { because });
      validated(one);
    },
    where: 'chart/ns/tier',
    says: /must name a tier.*ns\/tier/s,
  },
  'a namespace without tiers': {
    rule: 'namespace-empty',
    make: () => {
      const one = tier();
      one.connections.allowTo(
        new ZeroTrustNamespace(one.node.scope?.node.scope as Chart, 'empty', { purpose: 'data' }),
        { because },
      );
      validated(one);
    },
    value: 'empty',
    where: 'chart/ns/tier',
    says: /stands for its tiers, and it has none/,
  },
  'a workload elsewhere without labels': {
    rule: 'peer-workload',
    make: () => {
      const one = tier();
      const pod = new ApiObject(one, 'pod', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { namespace: 'elsewhere' },
        spec: { containers: [] },
      });
      one.connections.allowTo(Pods.of(pod).ownedBy('others'), { because, ports: [Port.tcp(80)] });
      validated(one);
    },
    where: 'chart/ns/tier',
    says: /cannot stand for pods elsewhere/,
  },
  'private addresses while pod ranges are unknown': {
    rule: 'cluster-range',
    make: flowTo(Cidr.of('10.0.0.0/8')),
    value: '10.0.0.0/8',
    where: 'chart/ns/tier',
    says: /may hold pods of the cluster.*podCidrs/s,
  },
  'addresses that are all in the cluster': {
    rule: 'block-inside',
    make: () => {
      const from = tier();
      Cluster.use(from.node.root, Cluster.kubernetes({ podCidrs: ['10.0.0.0/8'] }));
      from.connections.allowTo(Cidr.of('10.1.0.0/16'), { because, ports: [Port.tcp(443)] });
      validated(from);
    },
    value: '10.1.0.0/16',
    where: 'chart/ns/tier',
    says: /nothing of 10\.1\.0\.0\/16 is outside the cluster/,
  },
};

const ROLES: Record<string, BadInput> = {
  'model weights to the internet': {
    rule: 'wide-egress',
    make: () => {
      const model = new InferenceTier(namespace(), 'model', { pods: Pods.labeled({ app: 'm' }) });
      model.connections.allowTo(Internet.any(), { because, ports: [Port.tcp(443)] });
      validated(model);
    },
    where: 'chart/ns/model',
    says: /would let model weights leave/,
  },
  'an agent to a metadata service': {
    rule: 'metadata-service',
    make: () => agent().connections.allowTo(Cidr.of('169.254.169.254/32'), { because, ports: [Port.tcp(80)] }),
    value: '169.254.169.254/32',
    where: 'chart/ns/agent',
    says: /hands out the credentials/,
  },
  'an agent to a metadata service by IPv6': {
    rule: 'metadata-service',
    make: () => agent().connections.allowTo(Cidr.of('fd00:ec2::254/128'), { because, ports: [Port.tcp(80)] }),
    where: 'chart/ns/agent',
    says: /hands out the credentials/,
  },
  'an agent to the API server': {
    rule: 'api-server',
    make: () =>
      agent().connections.allowTo(Cluster.kubernetes({ apiServer: { addresses: ['192.0.2.1/32'] } }).apiServer, {
        because,
      }),
    where: 'chart/ns/agent',
    says: /whatever its service account may do/,
  },
  'an agent to a whole namespace': {
    rule: 'whole-namespace',
    make: () => {
      const one = agent();
      one.connections.allowTo(one.node.scope as ZeroTrustNamespace, { because, ports: [Port.tcp(80)] });
    },
    where: 'chart/ns/agent',
    says: /also holds those that join it later/,
  },
  'data for the internet': {
    rule: 'unnamed-clients',
    make: () =>
      new DataTier(namespace(), 'db', { pods: Pods.labeled({ app: 'db' }) }).connections.allowFrom(Internet.any(), {
        because,
        ports: [Port.tcp(1)],
      }),
    where: 'chart/ns/db',
    says: /served to the internet/,
  },
  'a health check from no block': {
    rule: 'cidr',
    make: () =>
      new GatewayTier(namespace(), 'gw', {
        pods: Pods.labeled({ app: 'gw' }),
        ports: [Port.tcp(80)],
        healthCheckRanges: ['130.211.0.0'],
      }),
    where: 'chart/ns/gw',
    says: /130\.211\.0\.0/,
  },
};

const DEPLOYMENTS: Record<string, BadInput> = {
  'two objects of one name': {
    rule: 'duplicate-object',
    make: () => {
      const one = tier();
      new ApiObject(one, 'twin', {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'tier', namespace: 'ns' },
      });
      validated(one);
    },
    value: 'NetworkPolicy.networking.k8s.io ns/tier',
    says: /chart\/ns\/tier\/policy and chart\/ns\/tier\/twin both render/,
  },
  'one file for two objects': {
    rule: 'output-files',
    make: () => {
      const one = chart('chart', new App({ yamlOutputType: YamlOutputType.FILE_PER_RESOURCE }));
      namespace({}, one);
      validated(new ZeroTrustNamespace(one, 'other', { purpose: 'data' }));
    },
    value: 'FILE_PER_RESOURCE',
    says: /both be written to NetworkPolicy\.default-deny/,
  },
  'one file for two objects in the folder of a chart': {
    rule: 'output-files',
    make: () => {
      const one = chart('chart', new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE }));
      namespace({}, one);
      validated(new ZeroTrustNamespace(one, 'other', { purpose: 'data' }));
    },
    value: 'FOLDER_PER_CHART_FILE_PER_RESOURCE',
    says: /both be written to chart\/NetworkPolicy\.default-deny/,
  },
  'flows that do not fit into annotations': {
    rule: 'annotation-size',
    make: () => {
      const one = tier();
      for (let n = 0; n < 1200; n++) {
        one.connections.allowTo(Cidr.of(`192.0.2.${n % 256}/32`), {
          because: `${n} ${'long '.repeat(20)}`,
          ports: [Port.tcp(1 + n)],
        });
      }
      validated(one);
    },
    where: 'chart/ns/tier',
    says: /Kubernetes takes 262144/,
  },
};

function agent(): AgentTier {
  return new AgentTier(namespace(), 'agent', { pods: Pods.labeled({ app: 'agent' }) });
}

describe.each([
  ['a value', VALUES],
  ['a namespace', NAMESPACES],
  ['a tier', TIERS],
  ['a flow', FLOWS],
  ['a role', ROLES],
  ['a deployment', DEPLOYMENTS],
])('%s is refused for', (_, table) => {
  it.each(Object.entries(table))('%s', (_name, { rule, make, value, where, says }) => {
    const problem = problemOf(make, rule);
    if (value instanceof RegExp) expect(problem.value).toMatch(value);
    else if (value !== undefined) expect(problem.value).toBe(value);
    if (where !== undefined) expect(problem.where).toBe(where);
    expect(problem.allowed ?? problem.fix).toBeDefined();
    expect(problem.message).toMatch(says);
  });
});

/** The problem of this rule, with the whole text that a user reads. */
function problemOf(make: () => unknown, rule: string) {
  try {
    make();
  } catch (error) {
    if (!(error instanceof ZeroTrustError)) throw error;
    const found = error.problems.find((problem) => problem.rule === rule);
    if (found === undefined)
      throw new Error(`refused for ${error.problems.map((p) => p.rule).join()}: ${error.message}`);
    return { ...found, message: error.message };
  }
  throw new Error('it was not refused');
}
