import type { Chart } from 'cdk8s';
import {
  AgentTier,
  CloudMetadata,
  Cluster,
  ClusterGuardrail,
  Platform,
  Pods,
  PolicyGraph,
  PolicyProof,
  Tier,
} from '../../lib';
import { asked, flowsOf, manifestsOf, namespace } from './scenario';

const because = 'objects in the bucket are read';
const ranges = { podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12'], nodeCidrs: ['192.168.0.0/20'] };

function agent(peer: CloudMetadata, cluster: Cluster): AgentTier {
  const tier = new AgentTier(namespace('agents', { cluster }), 'agent', {
    pods: Pods.labeled({ app: 'agent' }),
    dns: false,
  });
  tier.connections.allowTo(peer, { because });
  return tier;
}

const eks = CloudMetadata.eksPodIdentity();
const gke = CloudMetadata.gkeWorkloadIdentity();

describe('an agent with an identity of EKS', () => {
  it('asks the agent of its node on port 80, by both of its addresses, and nothing else of metadata services', () => {
    const tier = agent(eks, Cluster.awsVpcCni(ranges));
    const { passes } = asked(tier);
    expect(passes('agents/app=agent', '169.254.170.23', 80)).toBe(true);
    expect(passes('agents/app=agent', 'fd00:ec2::23', 80)).toBe(true);
    expect(passes('agents/app=agent', '169.254.170.23', 2703)).toBe(false);
    expect(passes('agents/app=agent', '169.254.169.254', 80)).toBe(false);
    expect(PolicyProof.of(tier).isProved).toBe(true);
  });

  it('shows in the graph by name, with what it hands out', () => {
    const [flow] = PolicyGraph.of(agent(eks, Cluster.awsVpcCni(ranges))).flows;
    expect(flow?.destination).toBe('EKS Pod Identity');
    expect(flow?.notes.join()).toContain('hands out the credentials of the workload');
  });

  it('asks it as the node too, where the engine may take it for that', () => {
    const tier = agent(eks, Cluster.cilium({ version: '1.20', ...ranges }));
    expect(flowsOf(tier)).toEqual(['agents/agent -> EKS Pod Identity TCP/80', 'agents/agent -> <nodes> TCP/80']);
    expect(PolicyProof.of(tier).isProved).toBe(true);
  });
});

describe('an agent with an identity of GKE', () => {
  const autopilot = Cluster.gke({ platform: Platform.GKE_AUTOPILOT, ...ranges });

  it('asks the metadata server as Dataplane V2 sees it', () => {
    const { passes } = asked(agent(gke, autopilot));
    for (const port of [80, 8080]) expect(passes('agents/app=agent', '169.254.169.254', port)).toBe(true);
    for (const port of [53, 443, 988]) expect(passes('agents/app=agent', '169.254.169.254', port)).toBe(false);
    expect(passes('agents/app=agent', '169.254.169.252', 988)).toBe(false);
  });

  it('asks it as Calico sees it', () => {
    const cluster = Cluster.calico({ version: '3.32', platform: Platform.GKE_STANDARD, ...ranges });
    const [flow, ...others] = PolicyGraph.of(agent(gke, cluster)).flows;
    expect(others).toEqual([]);
    expect(flow).toMatchObject({ destination: 'GKE metadata server', traffic: 'TCP/987-988' });
    expect(PolicyGraph.of(agent(gke, cluster)).toText()).toContain('169.254.169.252/32');
  });

  it('asks it either way where it is not known which', () => {
    const tier = agent(gke, Cluster.gke(ranges));
    const { passes } = asked(tier);
    expect(passes('agents/app=agent', '169.254.169.252', 988)).toBe(true);
    expect(passes('agents/app=agent', '169.254.169.254', 80)).toBe(true);
    expect(passes('agents/app=agent', '169.254.169.252', 80)).toBe(false);
    expect(passes('agents/app=agent', '169.254.169.254', 988)).toBe(false);
  });

  it.each([
    ['Autopilot', autopilot],
    ['Standard', Cluster.gke(ranges)],
    ['Calico', Cluster.calico({ version: '3.32', ...ranges })],
  ])('keeps its promise beside it on %s', (_, cluster) => {
    const proof = PolicyProof.of(agent(gke, cluster));
    expect(proof.isProved).toBe(true);
  });
});

it('other tiers sign in the same way, and all metadata services are still an agent’s to acknowledge', () => {
  const tier = new Tier(namespace('apps', { cluster: Cluster.awsVpcCni(ranges) }), 'loader', {
    pods: Pods.labeled({ app: 'loader' }),
    dns: false,
  });
  tier.connections.allowTo(eks, { because });
  expect(flowsOf(tier)).toEqual(['apps/loader -> EKS Pod Identity TCP/80']);
  expect(() => agent(CloudMetadata.service(), Cluster.awsVpcCni(ranges))).toThrow();
});

it.each([
  ['Calico', Cluster.calico({ version: '3.32', ...ranges })],
  ['Cilium', Cluster.cilium({ version: '1.20', ...ranges })],
])('a guardrail that denies metadata services denies it too on %s, and the flow is refused beside it', (_, cluster) => {
  const tier = agent(eks, cluster);
  new ClusterGuardrail(tier.node.scope?.node.scope as Chart, 'no-metadata', { denyCloudMetadata: true, because });
  expect(() => manifestsOf(tier)).toThrow(/EKS Pod Identity/);
});
