import type { KnownSystem } from './known-system';
import {
  administration,
  asksApiServer,
  BITNAMI_POLICY,
  flow,
  LOOKED_AT,
  labelled,
  metrics,
  optional,
  part,
  peers,
  serving,
} from './table';

const FROM = labelled(
  'Strimzi of August 2026',
  { 'strimzi.io/kind': 'Kafka' },
  'strimzi.io/cluster',
  'strimzi.io/pool-name',
);

export const kafka: KnownSystem = {
  id: 'kafka',
  title: 'Kafka',
  role: 'data',
  known: {
    images: ['bitnami/kafka', 'bitnamilegacy/kafka', 'apache/kafka'],
    kinds: ['kafka.strimzi.io/Kafka', 'kafka.strimzi.io/KafkaNodePool'],
  },
  parts: [
    part(
      'broker',
      [FROM],
      [
        serving(9092, 'a listener'),
        serving(9093, 'a listener over TLS'),
        peers(9090, 'the control plane'),
        peers(9091, 'replication'),
        administration(8443, 'the agent, for the operator'),
        optional(metrics(9404, 'metrics')),
      ],
      { images: ['strimzi/kafka'], madeBy: 'the operator, from a Kafka' },
    ),
    part('bridge', [], [serving(8080, 'HTTP'), metrics(8081, 'probes and metrics')], {
      images: ['strimzi/kafka-bridge'],
      role: 'gateway',
      madeBy: 'the operator, from a KafkaBridge',
    }),
    part('operator', [labelled('Strimzi of August 2026', { 'strimzi.io/kind': 'cluster-operator' })], [], {
      role: 'cluster',
      images: ['strimzi/operator'],
    }),
  ],
  flows: [
    flow('broker', 'broker', [9090, 9091], 'brokers and controllers agree and replicate'),
    flow('operator', 'broker', [9090, 9091, 8443], 'the operator runs the cluster'),
    flow('bridge', 'broker', [9092, 9093], 'requests become messages', 'there is a bridge'),
    asksApiServer('operator'),
  ],
  policies: [
    {
      by: 'the operator of Strimzi',
      effect: 'listeners and 9404 from any source, unless a listener has networkPolicyPeers',
      off: 'networkPolicyPeers for each listener, or generateNetworkPolicy: false of the chart',
    },
    BITNAMI_POLICY,
  ],
  traps: [
    'Where the operator runs in another namespace that it has no labels for, pods strimzi.io/kind: cluster-operator of every namespace get in.',
  ],
  unknown: ['ports of other listeners, which are those of the Kafka', 'ports of the operator'],
  source:
    'strimzi-kafka-operator 8541da1e33, cluster/model/KafkaCluster.java, NetworkPolicyUtils.java; bitnami/charts 5165628ae0',
  versions: 'Strimzi of August 2026, after 1.2.0',
  lookedAt: LOOKED_AT,
};
