import { ApiObject, App, Chart } from 'cdk8s';
import {
  Cidr,
  Cluster,
  DataTier,
  type Encryption,
  Hostname,
  Nodes,
  Platform,
  Pods,
  PolicyGraph,
  Port,
  Tier,
  ZeroTrustNamespace,
} from '../../lib';
import { messageOf } from './scenario';

const because = 'retrieval looks up passages';
const ports = [Port.tcp(8080)];

/** An agent, a vector store, and the Service that leads to it. */
function platform(cluster: Cluster) {
  const app = new App();
  Cluster.use(app, cluster);
  const chart = new Chart(app, 'chart');
  const space = (name: string) => new ZeroTrustNamespace(chart, name, { purpose: 'test' });
  const agent = new Tier(space('ai-agents'), 'agent', { pods: Pods.labeled({ app: 'agent' }) });
  const data = space('ai-data');
  new DataTier(data, 'vector-store', { pods: Pods.labeled({ app: 'weaviate' }), ports });
  new DataTier(data, 'postgres', { pods: Pods.labeled({ app: 'postgres' }), ports: [Port.tcp(5432)] });
  new ApiObject(chart, 'service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'weaviate', namespace: 'ai-data' },
    spec: { selector: { app: 'weaviate' }, ports: [{ port: 80, targetPort: 8080 }] },
  });
  return { agent, refusal: () => messageOf(() => PolicyGraph.of(app)) };
}

describe('what to do about a refusal', () => {
  it.each([
    [Cluster.calico({ version: '3.32' }), "Cluster.calico({ version: '3.32', "],
    [Cluster.antrea({ version: '2.7' }), "Cluster.antrea({ version: '2.7', "],
    [Cluster.kubernetes(), 'Cluster.kubernetes({ '],
    [Cluster.awsVpcCni({ version: '1.33' }), "Cluster.kubernetes({ version: '1.33', platform: Platform.EKS, "],
    [Cluster.gke(), 'Cluster.kubernetes({ platform: Platform.GKE_STANDARD, '],
    [
      Cluster.calico({ version: '3.32', platform: Platform.EKS_AUTO_MODE }),
      "Cluster.calico({ version: '3.32', platform: Platform.EKS_AUTO_MODE, ",
    ],
    [Cluster.clusterNetworkPolicy(), 'Cluster.clusterNetworkPolicy({ '],
  ])('is said of the cluster at hand, %#', (cluster, call) => {
    const { agent, refusal } = platform(cluster);
    agent.connections.allowTo(Cidr.of('10.0.0.0/8'), { ports, because });
    agent.connections.allowTo(Nodes.all(), { ports, because });
    expect(refusal()).toContain(`Cluster.use(app, ${call}podCidrs: ['10.244.0.0/16'], serviceCidrs:`);
    expect(refusal()).toContain(`Give them: ${call}nodeCidrs: ['192.0.2.0/24'] })`);
    expect(messageOf(() => cluster.apiServer)).toContain(`Give them: ${call}apiServer: {`);
  });

  it('is to say how the cluster encrypts, in the terms of its engine', () => {
    const { agent, refusal } = platform(Cluster.calico({ version: '3.32', podCidrs: ['10.244.0.0/16'] }));
    agent.connections.allowTo(Cidr.of('192.0.2.1/32'), { ports, because, encrypted: true });
    expect(refusal()).toContain(
      `Cluster.use(app, Cluster.calico({ version: '3.32', encryption: Encryption.${'WIREGUARD' satisfies keyof typeof Encryption} }))`,
    );
  });

  it('names the nodes where a block is theirs alone', () => {
    const { agent, refusal } = platform(Cluster.kubernetes({ podCidrs: ['10.1.0.0/16'], nodeCidrs: ['10.2.0.0/16'] }));
    agent.connections.allowTo(Cidr.of('10.2.3.0/24'), { ports, because });
    expect(refusal()).toMatch(
      /it holds only nodes of the cluster\..*\nName the nodes instead of their addresses: Nodes\.all\(\)$/s,
    );
  });
});

describe('the name of a Service', () => {
  const acknowledge = [{ rule: 'engine-host-names', because: 'the move to Cilium is planned' }];

  it.each([
    Cluster.kubernetes(),
    Cluster.calico({ version: '3.32' }),
    Cluster.antrea({ version: '2.7' }),
    Cluster.cilium({ version: '1.20' }),
  ])('is refused in favour of the tier behind it, and never opens the internet, %#', (cluster) => {
    for (const name of ['weaviate.ai-data.svc.cluster.local', 'weaviate.ai-data.svc']) {
      const { agent, refusal } = platform(cluster);
      agent.connections.allowTo(Hostname.exact(name), { ports, because, acknowledge });
      const text = refusal();
      expect(text).toContain(`${name} is the name of a Service, whose address is translated`);
      expect(text).toContain('Give the tier behind it, ai-data/vector-store, as the peer: allowTo(vectorStore, {');
      expect(text).not.toMatch(/acknowledge/);
    }
  });

  it('that no Service of the app has is one of the tiers of its namespace, or of pods that others run', () => {
    const named = (name: string) => {
      const { agent, refusal } = platform(Cluster.kubernetes());
      agent.connections.allowTo(Hostname.exact(name), { ports, because });
      return refusal();
    };
    expect(named('postgres.ai-data.svc')).toContain('Give the tier behind it, ai-data/postgres, as the peer');
    expect(named('other.ai-data.svc')).toContain('one of ai-data/postgres, ai-data/vector-store');
    expect(named('search.tools.svc')).toContain(
      "Name the pods behind it: Pods.labeled({ app: 'search' }).inNamespace('tools').ownedBy('…')",
    );
  });
});
