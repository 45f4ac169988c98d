import { Chart } from 'cdk8s';
import {
  AgentTier,
  Cluster,
  type ClusterProps,
  Dns,
  Internet,
  Platform,
  Pods,
  PolicyGraph,
  PolicyProof,
  Port,
  Tier,
} from '../../../lib';
import { asked, flowsOf, namespace, namespaces, policyOf } from '../../tiers/scenario';

const TCP_AND_UDP = ['TCP', 'UDP'] as const;

/** A tier in a cluster that resolves names this way, with a flow beside it. */
function client(cluster: ClusterProps = {}, props: { readonly dns?: boolean } = {}) {
  const space = namespace('apps');
  Cluster.use(Chart.of(space), Cluster.kubernetes(cluster));
  const tier = new Tier(space, 'client', { pods: Pods.labeled({ app: 'client' }), ports: [Port.tcp(80)], ...props });
  tier.connections.allowFrom(tier, { because: 'peers are asked' });
  return tier;
}

describe('name resolution', () => {
  it('is allowed to CoreDNS over UDP and TCP, unless told otherwise', () => {
    const { passes } = asked(client());
    for (const protocol of TCP_AND_UDP) {
      expect(passes('apps/app=client', 'kube-system/k8s-app=kube-dns', 53, protocol)).toBe(true);
      expect(passes('apps/app=client', 'kube-system/k8s-app=kube-dns', 5353, protocol)).toBe(false);
      expect(passes('apps/app=client', 'kube-system/app=other', 53, protocol)).toBe(false);
      expect(passes('apps/app=client', 'apps/k8s-app=kube-dns', 53, protocol)).toBe(false);
    }
  });

  it('is allowed to the address of NodeLocal DNSCache and to CoreDNS behind it', () => {
    const { passes } = asked(client({ dns: Dns.nodeLocal() }));
    for (const protocol of TCP_AND_UDP) {
      expect(passes('apps/app=client', '169.254.20.10', 53, protocol)).toBe(true);
      expect(passes('apps/app=client', '169.254.20.11', 53, protocol)).toBe(false);
      expect(passes('apps/app=client', 'kube-system/k8s-app=kube-dns', 53, protocol)).toBe(true);
    }
    const ipv6 = asked(client({ dns: Dns.nodeLocal({ address: 'fd00::10' }) }));
    expect(ipv6.passes('apps/app=client', 'fd00::10', 53, 'UDP')).toBe(true);
    expect(ipv6.passes('apps/app=client', '169.254.20.10', 53, 'UDP')).toBe(false);
  });

  it('is allowed to the pods of NodeLocal DNSCache, where traffic is redirected to them', () => {
    const { passes } = asked(client({ dns: Dns.nodeLocal() }));
    for (const protocol of TCP_AND_UDP) {
      expect(passes('apps/app=client', 'kube-system/k8s-app=node-local-dns', 53, protocol)).toBe(true);
      expect(passes('apps/app=client', 'kube-system/k8s-app=node-local-dns', 8080, protocol)).toBe(false);
      expect(passes('apps/app=client', 'apps/k8s-app=node-local-dns', 53, protocol)).toBe(false);
    }
  });

  it.each([Platform.GKE_STANDARD, Platform.GKE_AUTOPILOT])(
    'is allowed on %s to the cache and behind it',
    (platform) => {
      const { passes } = asked(client({ platform }));
      for (const protocol of TCP_AND_UDP) {
        expect(passes('apps/app=client', '169.254.20.10', 53, protocol)).toBe(true);
        expect(passes('apps/app=client', 'kube-system/k8s-app=node-local-dns', 53, protocol)).toBe(true);
        expect(passes('apps/app=client', 'kube-system/k8s-app=kube-dns', 53, protocol)).toBe(true);
        expect(passes('apps/app=client', '169.254.169.254', 53, protocol)).toBe(false);
      }
    },
  );

  it('is allowed to servers of two kinds while a cluster moves from one to the other', () => {
    const { passes } = asked(
      client({ dns: Dns.anyOf([Dns.openShift(), Dns.custom({ addresses: ['192.0.2.53/32'] })]) }),
    );
    for (const protocol of TCP_AND_UDP) {
      const server = 'openshift-dns/dns.operator.openshift.io/daemonset-dns=default';
      expect(passes('apps/app=client', server, 5353, protocol)).toBe(true);
      expect(passes('apps/app=client', '192.0.2.53', 53, protocol)).toBe(true);
      expect(passes('apps/app=client', '192.0.2.53', 5353, protocol)).toBe(false);
      expect(passes('apps/app=client', 'kube-system/k8s-app=kube-dns', 53, protocol)).toBe(false);
    }
  });

  it('is refused by servers at an address that no policy stands for, also among others, but not beside a cache there', () => {
    const service = Dns.custom({ addresses: ['10.96.0.10/32'] });
    const rendered = (dns: Dns) => () => PolicyGraph.of(client({ dns, serviceCidrs: ['10.96.0.0/12'] }));
    expect(rendered(service)).toThrow(/no tier could resolve names: .*10\.96\.0\.10/);
    expect(rendered(Dns.anyOf([Dns.coreDns(), service]))).toThrow(
      /could ask some of its name servers: .*10\.96\.0\.10/,
    );
    expect(rendered(Dns.anyOf([Dns.nodeLocal(), service]))).not.toThrow();
  });

  describe('by Cloud DNS of GKE, at the address of the metadata service', () => {
    const agentOn = (make: (props: ClusterProps) => Cluster) => {
      const space = namespace('agents', { cluster: make({ dns: Dns.gkeCloudDns(), podCidrs: ['10.244.0.0/16'] }) });
      const agent = new AgentTier(space, 'agent', { pods: Pods.labeled({ app: 'agent' }) });
      agent.connections.allowTo(Internet.any(), { because: 'agents call the tools', ports: [Port.tcp(443)] });
      return agent;
    };

    it('is allowed to agents too, on the ports of DNS alone', () => {
      const { passes } = asked(agentOn(Cluster.kubernetes));
      for (const protocol of TCP_AND_UDP) {
        expect(passes('agents/app=agent', '169.254.169.254', 53, protocol)).toBe(true);
        expect(passes('agents/app=agent', '169.254.169.254', 80, protocol)).toBe(false);
        expect(passes('agents/app=agent', '169.254.169.254', 443, protocol)).toBe(false);
        expect(passes('agents/app=agent', '169.254.169.252', 53, protocol)).toBe(false);
      }
    });

    it.each<[string, (props: ClusterProps) => Cluster]>([
      ['NetworkPolicy', Cluster.kubernetes],
      ['Cilium', (props) => Cluster.cilium({ version: '1.20', ...props })],
      ['Calico', (props) => Cluster.calico({ version: '3.32', ...props })],
      ['Antrea', (props) => Cluster.antrea({ version: '2.7', ...props })],
    ])('is proved of an agent on %s, and the graph says what is open', (_, make) => {
      const agent = agentOn(make);
      expect(PolicyProof.of(agent).isProved).toBe(true);
      expect(PolicyGraph.of(agent).toText()).toContain(
        'names are answered at the address of a metadata service: the ports of DNS are open there, and no others',
      );
    });
  });

  it('is allowed to the DNS of OpenShift on 5353, where its pods listen', () => {
    const { passes } = asked(client({ dns: Dns.openShift() }));
    const server = 'openshift-dns/dns.operator.openshift.io/daemonset-dns=default';
    for (const protocol of TCP_AND_UDP) {
      expect(passes('apps/app=client', server, 5353, protocol)).toBe(true);
      expect(passes('apps/app=client', server, 53, protocol)).toBe(false);
      expect(passes('apps/app=client', 'kube-system/k8s-app=kube-dns', 53, protocol)).toBe(false);
    }
  });

  it('is allowed to servers of another make, pods and addresses, on their ports', () => {
    const pods = Pods.labeled({ app: 'unbound' }).inNamespace('dns').ownedBy('network team');
    const ports = [Port.udp(1053), Port.tcp(1053)];
    const tier = client({ dns: Dns.custom({ pods, addresses: ['192.0.2.53/32'], ports }) });
    const { passes } = asked(tier);
    for (const protocol of TCP_AND_UDP) {
      expect(passes('apps/app=client', 'dns/app=unbound', 1053, protocol)).toBe(true);
      expect(passes('apps/app=client', '192.0.2.53', 1053, protocol)).toBe(true);
      expect(passes('apps/app=client', '192.0.2.53', 53, protocol)).toBe(false);
      expect(passes('apps/app=client', 'kube-system/k8s-app=kube-dns', 53, protocol)).toBe(false);
    }
    expect(PolicyGraph.of(tier).toText()).toContain('[network team]');
  });

  describe('by servers on the nodes, at addresses that are not known', () => {
    const onNodes = (props: ClusterProps = {}) =>
      client({ platform: Platform.EKS_AUTO_MODE, podCidrs: ['10.244.0.0/16'], ...props });

    it('is allowed to any address of either family on 53, but to no pod and no metadata service', () => {
      const { passes } = asked(onNodes());
      for (const protocol of TCP_AND_UDP) {
        for (const address of ['169.254.169.253', '172.20.0.10', '8.8.8.8', 'fd00::10']) {
          expect(passes('apps/app=client', address, 53, protocol)).toBe(true);
          expect(passes('apps/app=client', address, 54, protocol)).toBe(false);
        }
        expect(passes('apps/app=client', '10.244.1.1', 53, protocol)).toBe(false);
        expect(passes('apps/app=client', '169.254.169.254', 53, protocol)).toBe(false);
      }
    });

    it('is proved, and of an agent too, which may ask neither metadata services nor the API server', () => {
      const tier = onNodes({ apiServer: { addresses: ['192.0.2.10/32'] } });
      const agent = new AgentTier(namespace('agents', {}, Chart.of(tier)), 'agent', {
        pods: Pods.labeled({ app: 'agent' }),
      });
      agent.connections.allowTo(tier, { because: 'the client is asked' });
      expect(PolicyProof.of(tier).toText()).toMatch(/^Proved/);
      const { passes } = asked(tier);
      expect(passes('agents/app=agent', '192.0.2.10', 53, 'TCP')).toBe(false);
    });

    it('is not proved where pods may be at these addresses, and the fix is to say where they are', () => {
      expect(PolicyProof.of(onNodes({ podCidrs: undefined })).toText()).toMatch(/Not proved(.|\n)*podCidrs/);
    });
  });

  it('is a flow of the tier that has it, with a reason and an owner', () => {
    const [flow] = PolicyGraph.of(client()).flows.filter(({ destination }) => destination.startsWith('kube-system'));
    expect(flow).toMatchObject({
      source: 'apps/client',
      destination: 'kube-system/{k8s-app=kube-dns}',
      traffic: 'TCP/53 UDP/53',
      because: ['names are resolved by the cluster DNS'],
      owner: 'cluster DNS',
    });
  });

  it('is not inherited from the namespace by pods beside the tier', () => {
    const tier = client();
    expect(policyOf(tier, 'default-deny').spec).not.toHaveProperty('egress');
    const { passes } = asked(tier);
    expect(passes('apps/app=stranger', 'kube-system/k8s-app=kube-dns', 53, 'UDP')).toBe(false);
  });

  it.each([
    ['unless the tier says so', undefined, false, false],
    ['unless the namespace says so', false, undefined, false],
    ['when the tier says so against its namespace', false, true, true],
    ['when nobody says anything', undefined, undefined, true],
  ])('is had %s', (_, ofNamespace, ofTier, expected) => {
    const tier = new Tier(namespace('apps', { dns: ofNamespace }), 'client', {
      pods: Pods.labeled({ app: 'client' }),
      dns: ofTier,
    });
    expect(flowsOf(tier)).toHaveLength(expected ? 1 : 0);
  });

  it('of one tier does not open it to another of the namespace', () => {
    const { apps } = namespaces(['apps']);
    new Tier(apps, 'open', { pods: Pods.labeled({ app: 'open' }) });
    new Tier(apps, 'sealed', { pods: Pods.labeled({ app: 'sealed' }), dns: false });
    const { passes } = asked(apps);
    expect(passes('apps/app=open', 'kube-system/k8s-app=kube-dns', 53, 'UDP')).toBe(true);
    expect(passes('apps/app=sealed', 'kube-system/k8s-app=kube-dns', 53, 'UDP')).toBe(false);
  });
});

describe('name servers at a private address, where the ranges of Services are not known', () => {
  const notesOn = (dns: Dns, more: ClusterProps = {}) => PolicyGraph.of(client({ dns, ...more })).toText();

  it('may be a Service, which is noted as of any block', () => {
    const dns = Dns.custom({ addresses: ['10.96.0.10/32'] });
    expect(notesOn(dns)).toMatch(/may match nothing: the address may be of a Service/);
    expect(notesOn(dns, { serviceCidrs: ['10.0.0.0/16'] })).not.toMatch(/may match nothing/);
    expect(notesOn(Dns.nodeLocal({ address: '10.96.0.10' }))).not.toMatch(/may match nothing/);
  });
});
