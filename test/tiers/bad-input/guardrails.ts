import {
  Cidr,
  Cluster,
  ClusterGuardrail,
  type ClusterGuardrailProps,
  Dns,
  HostGuardrail,
  type HostGuardrailProps,
  Hostname,
  Pods,
  Port,
} from '../../../lib';
import type { BadInputs } from './refusal';
import { because, chart, namespace, validated } from './scenarios';

const onCilium = (cluster = Cluster.cilium({ version: '1.20' })) => {
  const one = chart();
  Cluster.use(one.node.root, cluster);
  return one;
};
const guardrail = (props: Partial<ClusterGuardrailProps>, cluster?: Cluster) => () =>
  void new ClusterGuardrail(onCilium(cluster), 'guard', { because, ...props });
const host = (props: Partial<HostGuardrailProps>) => () =>
  void new HostGuardrail(onCilium(), 'nodes', { because, ...props });

export const guardrails: BadInputs = {
  'ruling nothing out': {
    rule: 'guardrail-empty',
    make: guardrail({}),
    where: 'chart/guard',
    says: /rules nothing out/,
  },
  'a name that is none': {
    rule: 'guardrail-name',
    make: guardrail({ name: 'No Metadata', denyCloudMetadata: true }),
    value: 'No Metadata',
    says: /"No Metadata" cannot be the name of a guardrail.*Allowed: 1 to 50 of/s,
  },
  'a name that is too long': {
    rule: 'guardrail-name',
    make: guardrail({ name: 'x'.repeat(51), denyCloudMetadata: true }),
    says: /it has 51 characters, more than 50/,
  },
  'a name that is taken': {
    rule: 'duplicate-name',
    make: () => {
      const one = onCilium();
      new ClusterGuardrail(one, 'guard', { because, denyCloudMetadata: true });
      new HostGuardrail(one, 'other', { name: 'guard', because });
    },
    says: /the guardrail guard is declared already, at chart\/guard/,
  },
  'no reason': {
    rule: 'reason',
    make: guardrail({ denyCloudMetadata: true, because: '' }),
    says: /cannot be reviewed/,
  },
  'one tenant alone': {
    rule: 'guardrail-tenants',
    make: guardrail({ separateTenants: { label: 'tenant', tenants: ['blue', 'blue'] } }),
    value: 'tenant: blue',
    says: /keeps the tenants of the label tenant apart, and only blue is named/,
  },
  'a label of tenants that is none': {
    rule: 'guardrail-tenants',
    make: guardrail({ separateTenants: { label: 'my tenant', tenants: ['blue', 'green'] } }),
    says: /my tenant/,
  },
  'a default deny that locks out the name servers': {
    rule: 'guardrail-locks-out',
    make: guardrail({ defaultDeny: { systemNamespaces: ['monitoring'] } }),
    value: 'kube-system',
    says: /would stop the cluster: the name servers and the engine itself run in kube-system.*systemNamespaces: \['monitoring', 'kube-system'\]/s,
  },
  'a default deny that locks out the engine': {
    rule: 'guardrail-locks-out',
    make: guardrail({ defaultDeny: { systemNamespaces: ['kube-system'] } }, Cluster.calico({ version: '3.32' })),
    value: 'calico-apiserver, calico-system, tigera-operator',
    says: /would stop the cluster/,
  },
  'a deny of metadata services that are the name servers': {
    rule: 'guardrail-locks-out',
    make: guardrail(
      { denyCloudMetadata: true },
      Cluster.cilium({ version: '1.20', dns: Dns.custom({ addresses: ['169.254.169.254/32'] }) }),
    ),
    value: '169.254.169.254/32',
    says: /pods resolve names at 169\.254\.169\.254\/32, which is a metadata service as well.*Leave `denyCloudMetadata` out/s,
  },
  'a system namespace that is none': {
    rule: 'namespace-name',
    make: guardrail({ defaultDeny: { systemNamespaces: ['Kube System'] } }),
    value: 'Kube System',
    says: /Kube System/,
  },
  'pods as a peer of nodes': {
    rule: 'host-guardrail-peer',
    make: host({
      allowFrom: [{ peer: Pods.labeled({ app: 'x' }).inNamespace('y').ownedBy('them'), ports: [Port.tcp(1)], because }],
    }),
    value: 'pods',
    where: 'chart/nodes',
    says: /guarded by address/,
  },
  'a host name as a peer of nodes': {
    rule: 'host-guardrail-peer',
    make: host({ allowTo: [{ peer: Hostname.exact('api.example.com'), ports: [Port.tcp(443)], because }] }),
    value: 'host',
    says: /known by labels or names/,
  },
  'no port of nodes': {
    rule: 'flow-ports',
    make: host({ allowFrom: [{ peer: Cidr.of('192.0.2.0/24'), ports: undefined as never, because }] }),
    says: /names no port that nodes may be reached on/,
  },
  'a guardrail on plain NetworkPolicy': {
    rule: 'engine-guardrail',
    make: () => {
      const one = chart();
      namespace({}, one);
      new ClusterGuardrail(one, 'guard', { because, denyCloudMetadata: true });
      validated(one);
    },
    value: 'guard',
    where: 'chart/guard',
    says: /Kubernetes NetworkPolicy cannot say this: a NetworkPolicy denies nothing/,
  },
  'a guardrail of nodes on plain NetworkPolicy': {
    rule: 'engine-host-guardrail',
    make: () => {
      const one = chart();
      namespace({}, one);
      new HostGuardrail(one, 'nodes', { because });
      validated(one);
    },
    value: 'nodes',
    where: 'chart/nodes',
    says: /nodes are outside it/,
  },
  'an engine that is set after the namespaces': {
    rule: 'cluster-first',
    make: () => {
      const space = namespace();
      Cluster.use(space.node.root, Cluster.cilium({ version: '1.20' }));
      validated(space);
    },
    value: 'kubernetes',
    where: 'chart/ns',
    says: /was made for Kubernetes NetworkPolicy, and the cluster was set to one with Cilium afterwards/,
  },
};
