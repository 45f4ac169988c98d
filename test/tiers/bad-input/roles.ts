import {
  AgentTier,
  Cidr,
  Cluster,
  DataTier,
  GatewayTier,
  InferenceTier,
  Internet,
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
