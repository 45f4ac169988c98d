import {
  AgentTier,
  Cidr,
  Cluster,
  DataTier,
  GatewayTier,
  InferenceTier,
  Internet,
  Platform,
  Pods,
  Port,
  SourceAddress,
  type ZeroTrustNamespace,
} from '../../../lib';
import type { BadInputs } from './refusal';
import { agent, because, namespace, validated } from './scenarios';

export const roles: BadInputs = {
  'model weights to the internet': {
    rule: 'wide-egress',
    make: () => {
      const model = new InferenceTier(namespace(), 'model', { pods: Pods.labeled({ app: 'm' }) });
      model.connections.allowTo(Internet.any(), { because, ports: [Port.tcp(443)] });
      validated(model);
    },
    where: 'chart/ns/model',
    says: /model weights could leave to the whole internet\.\n {2}ns\/model -> internet TCP\/443/,
  },
  'an agent to a metadata service': {
    rule: 'metadata-service',
    make: () => agent().connections.allowTo(Cidr.of('169.254.169.254/32'), { because, ports: [Port.tcp(80)] }),
    value: '169.254.169.254/32',
    where: 'chart/ns/agent',
    says: /hands out the credentials/,
  },
  'an agent to several blocks, of which one is a metadata service': {
    rule: 'metadata-service',
    make: () =>
      agent().connections.allowTo(Cidr.anyOf(['192.0.2.0/24', '169.254.169.254/32']), {
        because,
        ports: [Port.tcp(80)],
      }),
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
  'health checks from some of the nodes, which are known by themselves': {
    rule: 'engine-nodes',
    make: () => {
      const cluster = Cluster.cilium({ version: '1.20', podCidrs: ['10.244.0.0/16'], nodeCidrs: ['10.0.0.0/20'] });
      validated(
        new GatewayTier(namespace({ cluster }), 'gw', {
          pods: Pods.labeled({ app: 'gw' }),
          ports: [Port.tcp(80)],
          healthCheckRanges: ['10.0.0.0/28'],
        }),
      );
    },
    value: '10.0.0.0/28',
    where: 'chart/ns/gw',
    says: /10\.0\.0\.0\/28 holds some of the nodes \(10\.0\.0\.0\/20\)/,
  },
  'health checks from what may be nodes, which are known by themselves': {
    rule: 'engine-nodes',
    make: () => {
      const cluster = Cluster.cilium({ version: '1.20', podCidrs: ['10.244.0.0/16'] });
      validated(
        new GatewayTier(namespace({ cluster }), 'gw', {
          pods: Pods.labeled({ app: 'gw' }),
          ports: [Port.tcp(80)],
          healthCheckRanges: ['10.0.0.0/28'],
        }),
      );
    },
    value: '10.0.0.0/28',
    where: 'chart/ns/gw',
    says: /may hold nodes.*nodeCidrs: \['10\.0\.0\.0\/28'\]/s,
  },
  'health checks from nodes that no policy can name': {
    rule: 'engine-nodes',
    make: () => {
      const cluster = Cluster.gke({
        platform: Platform.GKE_AUTOPILOT,
        podCidrs: ['10.244.0.0/16'],
        nodeCidrs: ['10.0.0.0/20'],
      });
      validated(
        new GatewayTier(namespace({ cluster }), 'gw', {
          pods: Pods.labeled({ app: 'gw' }),
          ports: [Port.tcp(80)],
          healthCheckRanges: ['10.0.0.0/20'],
        }),
      );
    },
    value: '10.0.0.0/20',
    where: 'chart/ns/gw',
    says: /a policy would not match them.*SourceAddress\.preserved/s,
  },
  'health checks from nodes that share a range with pods': {
    rule: 'cluster-range',
    make: () => {
      const cluster = Cluster.kubernetes({ podCidrs: ['10.0.0.0/16'], nodeCidrs: ['10.0.0.0/16'] });
      validated(
        new GatewayTier(namespace({ cluster }), 'gw', {
          pods: Pods.labeled({ app: 'gw' }),
          ports: [Port.tcp(80)],
          healthCheckRanges: ['10.0.0.0/16'],
        }),
      );
    },
    value: '10.0.0.0/16',
    where: 'chart/ns/gw',
    says: /nodes and pods share 10\.0\.0\.0\/16.*once on the cluster/s,
  },
  'a cluster that acknowledges what is said of flows': {
    rule: 'acknowledgement',
    make: () => void Cluster.kubernetes({ acknowledge: [{ rule: 'wide-egress', because: 'weights are public' }] }),
    value: 'wide-egress',
    says: /nothing that a cluster can acknowledge/,
  },
  'a health check from nowhere': {
    rule: 'health-check-ranges',
    make: () =>
      new GatewayTier(namespace(), 'gw', { pods: Pods.labeled({ app: 'gw' }), healthChecks: [{ ranges: [] }] }),
    value: '[]',
    where: 'chart/ns/gw',
    says: /`healthChecks\[0\]\.ranges` is an empty list, so that no health check would come in/,
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
  'an agent to every pod of a namespace of others': {
    rule: 'whole-namespace',
    make: () =>
      agent().connections.allowTo(Pods.all().inNamespace('tools').ownedBy('others'), {
        because,
        ports: [Port.tcp(80)],
      }),
    value: 'Pods.all()',
    where: 'chart/ns/agent',
    says: /also holds those that join it later/,
  },
  'an agent to a whole namespace by a property': {
    rule: 'whole-namespace',
    make: () => {
      const space = namespace();
      new AgentTier(space, 'agent', { pods: Pods.labeled({ app: 'agent' }), tools: [{ peer: space }] });
    },
    where: 'chart/ns/agent',
    says: /tiers, one by one/,
  },
  'data for every pod of a namespace of others': {
    rule: 'unnamed-clients',
    make: () =>
      new DataTier(namespace(), 'db', {
        pods: Pods.labeled({ app: 'db' }),
        ports: [Port.tcp(1)],
      }).connections.allowFrom(Pods.all().inNamespace('apps').ownedBy('others'), { because }),
    value: 'pods',
    where: 'chart/ns/db',
    says: /served to every pod of a namespace/,
  },
  'data for a whole namespace': {
    rule: 'unnamed-clients',
    make: () => {
      const space = namespace();
      const db = new DataTier(space, 'db', { pods: Pods.labeled({ app: 'db' }), ports: [Port.tcp(1)] });
      db.connections.allowFrom(space, { because });
    },
    value: 'namespace',
    where: 'chart/ns/db',
    says: /served to every pod of a namespace/,
  },
  'a gateway that anybody reaches without a reason': {
    rule: 'reason',
    make: () =>
      new GatewayTier(namespace(), 'gw', {
        pods: Pods.labeled({ app: 'gw' }),
        ports: [Port.tcp(80)],
        exposures: [{ client: Internet.any(), seenAs: SourceAddress.preserved(), because: '' }],
      }),
    where: 'chart/ns/gw',
    says: /cannot be reviewed/,
  },
};
