import { ApiObject, type Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { Cidr, Cluster, Internet, type IPeer, Pods, Port, ZeroTrustNamespace } from '../../../lib';
import type { BadInputs } from './refusal';
import { because, chart, deployment, flowTo, foreign, tier, validated } from './scenarios';

export const peers: BadInputs = {
  'a peer that is none': { rule: 'peer', make: flowTo({} as IPeer), where: 'chart/ns/tier', says: /is not a peer/ },
  'no peer at all': {
    rule: 'peer',
    make: flowTo(undefined as unknown as IPeer),
    value: 'undefined',
    where: 'chart/ns/tier',
    says: /the peer is not given\..*It must be made before it is handed over\./s,
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
    says: /somebody else must allow the other half of the flow, and it is not said who.*\.ownedBy\(/s,
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
    says: /every address of 10\.1\.0\.0\/16 is inside the cluster: it holds only pods/,
  },
  'several blocks, of which one is all in the cluster': {
    rule: 'block-inside',
    make: () => {
      const from = tier();
      Cluster.use(from.node.root, Cluster.kubernetes({ podCidrs: ['10.0.0.0/8'] }));
      const peer = Cidr.anyOf(['192.0.2.0/24', '10.1.0.0/16']);
      from.connections.allowTo(peer, { because, ports: [Port.tcp(443)] });
      validated(from);
    },
    value: '10.1.0.0/16',
    where: 'chart/ns/tier',
    says: /every address of 10\.1\.0\.0\/16 is inside the cluster: it holds only pods/,
  },
  'a workload elsewhere without an owner': {
    rule: 'peer-owner',
    make: () => {
      const one = tier();
      one.connections.allowFrom(Pods.of(deployment(one, { namespace: 'elsewhere' })), { because });
      validated(one);
    },
    where: 'chart/ns/tier',
    says: /somebody else must allow the other half of the flow, and it is not said who.*\.ownedBy\(/s,
  },
  'a workload elsewhere in yet another namespace': {
    rule: 'peer-namespace',
    make: () => {
      const one = tier();
      const pods = Pods.of(deployment(one, { namespace: 'elsewhere' }))
        .inNamespace('third')
        .ownedBy('others');
      one.connections.allowFrom(pods, { because });
    },
    value: 'chart/ns/tier/workload',
    where: 'chart/ns/tier',
    says: /run in the namespace that its manifest has, and the peer names one as well/,
  },
  'a workload elsewhere that cannot be read': {
    rule: 'peer-workload',
    make: () => {
      const one = tier();
      const empty = new Deployment(one, 'empty', { metadata: { namespace: 'elsewhere' } });
      one.connections.allowFrom(Pods.of(empty).ownedBy('others'), { because });
      validated(one);
    },
    where: 'chart/ns/tier',
    says: /cannot be read: .*at least 1 container/,
  },
  'a workload of another app without an owner': {
    rule: 'peer-owner',
    make: () => flowTo(Pods.of(deployment(chart())))(),
    where: 'chart/ns/tier',
    says: /somebody else must allow the other half of the flow, and it is not said who.*\.ownedBy\(/s,
  },
  'the internet, when all of it is in the cluster': {
    rule: 'block-inside',
    make: () => {
      const from = tier();
      Cluster.use(from.node.root, Cluster.kubernetes({ nodeCidrs: ['2000::/3'] }));
      from.connections.allowTo(Internet.anyIpv6(), { because, ports: [Port.tcp(443)] });
      validated(from);
    },
    where: 'chart/ns/tier',
    says: /every address of the internet is inside the cluster/,
  },
};
