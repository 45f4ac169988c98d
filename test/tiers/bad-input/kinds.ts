import { App, Chart } from 'cdk8s';
import {
  AgentTier,
  ArgoApplication,
  ArgoSync,
  Cidr,
  Cluster,
  ClusterGuardrail,
  DataTier,
  Dns,
  type Exposure,
  ForeignPolicy,
  GatewayTier,
  HttpRule,
  InferenceTier,
  Internet,
  Pods,
  PolicyGraph,
  PolicyProof,
  Port,
  SourceAddress,
  Tier,
  ZeroTrustNamespace,
} from '../../../lib';
import type { BadInputs } from './refusal';
import { because, chart, flowTo, namespace, tier } from './scenarios';

const pods = Pods.labeled({ app: 'tier' });
const block = Cidr.of('192.0.2.0/24');
const gateway = (exposure: object) => () =>
  void new GatewayTier(namespace(), 'gateway', { pods, ports: [Port.tcp(80)], exposures: [exposure as Exposure] });

/** As JavaScript, and in part Python and Java, can hand it in: what TypeScript would not compile. */
export const kinds: BadInputs = {
  'a number for a port': {
    rule: 'wrong-kind',
    make: () => tier({ ports: [8080 as never] }),
    value: '8080',
    where: 'chart/ns/tier',
    says: /`ports\[0\]` is 8080, which is not a Port.*Write Port\.tcp\(8080\)/s,
  },
  'a list of ports with a number in it': {
    rule: 'wrong-kind',
    make: flowTo(block, { ports: [Port.tcp(443), 8080] }),
    value: '8080',
    where: 'chart/ns/tier',
    says: /`ports\[1\]` is 8080/,
  },
  'a port that is no list': {
    rule: 'wrong-kind',
    make: flowTo(block, { ports: Port.tcp(443) }),
    where: 'chart/ns/tier',
    says: /`ports` is an object of class Port, which is not a list.*Put it into a list: ports: \[/s,
  },
  'null for ports': {
    rule: 'missing-value',
    make: flowTo(block, { ports: null }),
    value: 'null',
    where: 'chart/ns/tier',
    says: /`ports` is null, and it must be a list/,
  },
  'a list of ports with a hole': {
    rule: 'missing-value',
    make: flowTo(block, { ports: new Array(1) }),
    value: '',
    where: 'chart/ns/tier',
    says: /`ports\[0\]` is not given, and it must be a Port/,
  },
  'a number for a port among replicas': {
    rule: 'wrong-kind',
    make: () => new DataTier(namespace(), 'data', { pods, peerPorts: [7000 as never] }),
    value: '7000',
    where: 'chart/ns/data',
    says: /`peerPorts\[0\]` is 7000/,
  },
  'a word for what address is seen': {
    rule: 'wrong-kind',
    make: gateway({ client: Internet.any(), seenAs: 'preserved', because }),
    value: '"preserved"',
    where: 'chart/ns/gateway',
    says: /`exposures\[0\]\.seenAs` is "preserved", which is not a SourceAddress.*SourceAddress\.preserved\(\)/s,
  },
  'a way in without what address is seen': {
    rule: 'exposure-source',
    make: gateway({ client: Internet.any(), because }),
    value: 'neither',
    where: 'chart/ns/gateway',
    says: /`exposures\[0\]\.through` is not given, and neither is `seenAs`/,
  },
  'a port of a way in that is a number': {
    rule: 'wrong-kind',
    make: gateway({ client: Internet.any(), seenAs: SourceAddress.preserved(), because, ports: [80] }),
    value: '80',
    says: /`exposures\[0\]\.ports\[0\]` is 80/,
  },
  'a word for whether names are resolved': {
    rule: 'wrong-kind',
    make: () => tier({ dns: 'coredns' as never }),
    value: '"coredns"',
    where: 'chart/ns/tier',
    says: /`dns` is "coredns", which is not true or false/,
  },
  'a word for the name servers of a cluster': {
    rule: 'wrong-kind',
    make: () => Cluster.kubernetes({ dns: 'coredns' as never }),
    value: '"coredns"',
    says: /`dns` is "coredns", which is not a Dns.*Dns\.coreDns\(\)/s,
  },
  'text for a list of ranges, once': {
    rule: 'wrong-kind',
    make: () => Cluster.kubernetes({ podCidrs: '10.244.0.0/16' as never }),
    value: '"10.244.0.0/16"',
    says: /^`podCidrs` is "10\.244\.0\.0\/16", which is not a list\.\nAllowed: a list\.\nPut it into a list: podCidrs: \['10\.244\.0\.0\/16'\]$/,
  },
  'text for what HTTP requests pass': {
    rule: 'wrong-kind',
    make: flowTo(block, { http: ['GET /x'] }),
    value: '"GET /x"',
    where: 'chart/ns/tier',
    says: /`http\[0\]` is "GET \/x", which is not an HttpRule/,
  },
  'text for a workload': {
    rule: 'wrong-kind',
    make: () => Pods.of('x' as never),
    value: '"x"',
    says: /`workload` is "x", which is not a construct.*Pods\.of\(deployment\)/s,
  },
  'text for a choice of workloads': {
    rule: 'wrong-kind',
    make: () => Pods.of(chart(), 'StatefulSet' as never),
    value: '"StatefulSet"',
    says: /`choice` is "StatefulSet", which is not the kind and the name of a workload.*\{ kind: …, name: … \}/s,
  },
  'text for labels': {
    rule: 'wrong-kind',
    make: () => Pods.labeled('app=vllm' as never),
    value: '"app=vllm"',
    says: /`labels` is "app=vllm", which is not a set of labels/,
  },
  'a number for the value of a label': {
    rule: 'wrong-kind',
    make: () => Pods.labeled({ version: 2 as never }),
    value: '2',
    says: /`labels\.version` is 2, which is not text.*Put it in quotes: version: '2'$/s,
  },
  'an acknowledgement that is text': {
    rule: 'wrong-kind',
    make: flowTo(block, { acknowledge: ['wide-egress'] }),
    value: '"wide-egress"',
    where: 'chart/ns/tier',
    says: /`acknowledge\[0\]` is "wide-egress", which is not an acknowledgement.*rule, because/s,
  },
  'a tier without props': {
    rule: 'missing-value',
    make: () => new Tier(namespace(), 'tier', undefined as never),
    where: 'chart/ns/tier',
    says: /the props of the tier are not given/,
  },
  'a tier without pods': {
    rule: 'tier-pods',
    make: () => new Tier(namespace(), 'tier', {} as never),
    where: 'chart/ns/tier',
    says: /`pods` is not given, and says which pods are the tier.*Pods\.labeled/s,
  },
  'an agent with one tool that is no list': {
    rule: 'wrong-kind',
    make: () => new AgentTier(namespace(), 'agent', { pods, tools: { peer: block } as never }),
    where: 'chart/ns/agent',
    says: /`tools` is an object with peer, which is not a list/,
  },
  'a model server whose storage is a peer alone': {
    rule: 'peer',
    make: () => new InferenceTier(namespace(), 'server', { pods, modelStorage: [block as never] }),
    where: 'chart/ns/server',
    says: /`modelStorage\[0\]\.peer` is not given\..*Put the peer into braces: modelStorage: \[\{ peer: … \}\]/s,
  },
  'a namespace without a scope': {
    rule: 'missing-value',
    make: () => new ZeroTrustNamespace(undefined as never, 'ns', { purpose: 'data' }),
    says: /`scope` is not given, and it must be a construct/,
  },
  'an id that is a number': {
    rule: 'wrong-kind',
    make: () => new ZeroTrustNamespace(chart(), 7 as never, { purpose: 'data' }),
    value: '7',
    says: /`id` is 7, which is not text/,
  },
  'a level of Pod Security that is none': {
    rule: 'wrong-kind',
    make: () => namespace({ podSecurity: 'none' as never }),
    value: '"none"',
    where: 'chart/ns',
    says: /`podSecurity` is "none", which is not a level of PodSecurity.*privileged, baseline, restricted/s,
  },
  'a scope that is not there for a cluster': {
    rule: 'missing-value',
    make: () => Cluster.use(undefined as never, Cluster.kubernetes()),
    says: /`scope` is not given/,
  },
  'a cluster that is the name of one': {
    rule: 'wrong-kind',
    make: () => Cluster.use(new App(), 'kind' as never),
    value: '"kind"',
    says: /`cluster` is "kind", which is not a Cluster/,
  },
  'tenants that are text': {
    rule: 'wrong-kind',
    make: () =>
      new ClusterGuardrail(chart(), 'guard', { because, separateTenants: { label: 'tenant', tenants: 'a' as never } }),
    where: 'chart/guard',
    says: /`separateTenants\.tenants` is "a", which is not a list/,
  },
  'a policy of others that is no list': {
    rule: 'wrong-kind',
    make: () => ForeignPolicy.declare(chart(), { source: block, destination: block, because } as never),
    where: 'chart',
    says: /`flows` is an object with source, destination, because, which is not a list/,
  },
  'a graph to compare with that is its JSON': {
    rule: 'wrong-kind',
    make: () => {
      const graph = PolicyGraph.of(namespace());
      graph.difference(graph.toJson() as never);
    },
    says: /`previous` is .*, which is not a PolicyGraph/,
  },
  'the folder of a proof that is none': {
    rule: 'missing-value',
    make: () => PolicyProof.ofFolder(namespace(), undefined as never),
    says: /`folder` is not given, and it must be text/,
  },
  'name servers that are text': {
    rule: 'wrong-kind',
    make: () => Dns.custom('10.0.0.10' as never),
    says: /the options of Dns\.custom are given as "10\.0\.0\.10"/,
  },
  'an application whose folder is a number': {
    rule: 'wrong-kind',
    make: () => new ArgoApplication(chart(), 'app', { repoUrl: 'https://git.example/x.git', path: 1 as never }),
    value: '1',
    where: 'chart/app',
    says: /`path` is 1, which is not text/,
  },
  'waves that are switched off by a word': {
    rule: 'wrong-kind',
    make: () => ArgoSync.use(new Chart(new App(), 'chart'), { enabled: 'no' as never }),
    value: '"no"',
    says: /`enabled` is "no", which is not true or false.*Write it without quotes: enabled: false$/s,
  },
  'methods of HTTP that are text': {
    rule: 'wrong-kind',
    make: () => HttpRule.of({ methods: 'GET' as never }),
    says: /`methods` is "GET", which is not a list.*methods: \['GET'\]/s,
  },
  'properties that throw when they are read': {
    rule: 'unreadable-value',
    make: () =>
      new Tier(namespace(), 'tier', {
        get pods(): Pods {
          throw new Error('not yet');
        },
      }),
    where: 'chart/ns/tier',
    says: /the props of the tier cannot be read/,
  },
  'a port of another copy of the package': {
    rule: 'other-copy',
    make: () => tier({ ports: [otherCopy().Port.tcp(80)] }),
    where: 'chart/ns/tier',
    says: /`ports\[0\]` was not made by the Port of this copy of cdk8s-zero-trust.*npm ls/s,
  },
  'a peer of another copy of the package': {
    rule: 'peer',
    make: () => flowTo(otherCopy().Cidr.of('192.0.2.0/24'))(),
    where: 'chart/ns/tier',
    says: /its `endpoint` was not made by this copy of the library.*npm ls/s,
  },
};

/** The package, loaded a second time. */
function otherCopy(): typeof import('../../../lib') {
  let copy: typeof import('../../../lib') | undefined;
  jest.isolateModules(() => {
    copy = require('../../../lib');
  });
  return copy as typeof import('../../../lib');
}
