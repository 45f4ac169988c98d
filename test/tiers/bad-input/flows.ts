import { Cidr, Cluster, Dns, Pods, Port, Tier } from '../../../lib';
import type { BadInputs } from './refusal';
import { because, flowTo, foreign, namespace, tier, validated, workload } from './scenarios';

export const flows: BadInputs = {
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
  'a name that only a sidecar has, on an engine that looks at no init container': {
    rule: 'port-name-of-sidecar',
    make: () => namedOfSidecar(Cluster.antrea({ version: '2.7' })),
    value: 'TCP/http',
    where: 'chart/ns/tier',
    says: /only a sidecar has a port named TCP\/http, and Antrea 2\.7 .*never match.*Port\.tcp\(8080\)/s,
  },
  'the same on a Calico before 3.30': {
    rule: 'port-name-of-sidecar',
    make: () => namedOfSidecar(Cluster.calico({ version: '3.29' })),
    value: 'TCP/http',
    where: 'chart/ns/tier',
    says: /Calico 3\.29 looks at no init container/,
  },
  'a name server at the address of a Service': {
    rule: 'dns-never-matched',
    make: () =>
      resolving(
        Cluster.kubernetes({ serviceCidrs: ['10.96.0.0/12'], dns: Dns.custom({ addresses: ['10.96.0.10/32'] }) }),
      ),
    value: '10.96.0.10/32',
    says: /no tier could resolve names.*Services, whose addresses are translated.*Dns\.custom\(\{ pods/s,
  },
  'a name server on a node, on an engine that matches no node by address': {
    rule: 'dns-never-matched',
    make: () =>
      resolving(
        Cluster.cilium({
          version: '1.20',
          nodeCidrs: ['192.0.2.0/24'],
          dns: Dns.custom({ addresses: ['192.0.2.53/32'] }),
        }),
      ),
    value: '192.0.2.53/32',
    says: /nodes, which the engine never matches by address.*Nodes\.all\(\)/s,
  },
};

/** A flow by the name that a sidecar gives its port. */
function namedOfSidecar(cluster: Cluster): void {
  const sidecar = { name: 's', restartPolicy: 'Always', ports: [{ name: 'http', containerPort: 8080 }] };
  const server = workload({}, { initContainers: [sidecar] });
  Cluster.use(server.node.root, cluster);
  server.connections.allowFrom(foreign().ownedBy('others'), { because, ports: [Port.named('http')] });
  validated(server);
}

function resolving(cluster: Cluster): void {
  const client = tier({ dns: true });
  Cluster.use(client.node.root, cluster);
  validated(client);
}
