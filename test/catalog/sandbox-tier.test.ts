import { App, Chart } from 'cdk8s';
import { SandboxTemplate } from '../../imports/extensions.agents.x-k8s.io';
import {
  Apis,
  Cluster,
  McpServer,
  Pods,
  PolicyGraph,
  PolicyProof,
  Port,
  Purpose,
  SandboxTier,
  type SandboxTierProps,
  Tier,
  ZeroTrustFindings,
  ZeroTrustNamespace,
} from '../../lib';
import { canConnect } from '../naive/ask';
import { refusalOf } from '../tiers/bad-input/refusal';

const ranges = { podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12'], nodeCidrs: ['10.1.0.0/16'] };
const CLUSTERS: [string, () => Cluster][] = [
  ['Kubernetes', () => Cluster.kubernetes(ranges)],
  ['Cilium', () => Cluster.cilium({ ...ranges, version: '1.20' })],
  ['Calico', () => Cluster.calico({ ...ranges, version: '3.32' })],
  ['Antrea', () => Cluster.antrea({ ...ranges, version: '2.7' })],
  ['Network Policy API', () => Cluster.clusterNetworkPolicy(ranges)],
];

const containers = [{ name: 'python', image: 'python' }];

/** Sandboxes of one template, with the router that is shipped and a search that they may call. */
function sandboxes(
  cluster: Cluster,
  { spec = {}, ...props }: Partial<SandboxTierProps> & { readonly spec?: object } = {},
) {
  const app = new App();
  Cluster.use(app, cluster);
  const chart = new Chart(app, 'chart');
  const space = new ZeroTrustNamespace(chart, 'ai-agents', { purpose: Purpose.AGENTS });
  const tools = new ZeroTrustNamespace(chart, 'ai-tools', { purpose: 'tools' });
  const search = new Tier(tools, 'search', { pods: Pods.labeled({ app: 'search' }), ports: [Port.tcp(8080)] });
  const template = new SandboxTemplate(chart, 'template', {
    metadata: { name: 'python', namespace: 'ai-agents' },
    spec: { podTemplate: { spec: { containers } }, ...spec },
  });
  const sandbox = new SandboxTier(space, 'python', {
    template,
    router: SandboxTier.shippedRouter(),
    tools: [{ peer: McpServer.of(search) }],
    ...props,
  });
  const manifests = () => app.charts.flatMap((each) => each.toJson());
  return { app, chart, space, template, sandbox, manifests };
}

function flowsOf(app: App): string[] {
  return PolicyGraph.of(app)
    .flows.filter(({ destination }) => !destination.startsWith('kube-system'))
    .map(({ source, destination, traffic }) => `${source} -> ${destination} ${traffic}`);
}

const PODS = 'ai-agents/cdk8s-zero-trust/tier=python';

describe.each(CLUSTERS)('sandboxes on %s', (_, cluster) => {
  it('are reached by the router alone, and reach their tools alone', () => {
    const { app } = sandboxes(cluster());
    expect(ZeroTrustFindings.of(app).findings.filter(({ level }) => level !== 'note')).toEqual([]);
    expect(flowsOf(app).sort()).toEqual([
      'ai-agents/python -> ai-tools/search TCP/8080',
      'default/{app.kubernetes.io/name=sandbox-router} -> ai-agents/python TCP/8888',
    ]);
    expect(PolicyProof.of(app).toText()).toMatch(/^Proved/);
  });

  it('have no policy of the controller, which would open the internet', () => {
    const { manifests } = sandboxes(cluster());
    const template = manifests().find(({ kind }) => kind === 'SandboxTemplate');
    expect(template.spec.networkPolicyManagement).toBe('Unmanaged');
    expect(template.spec.podTemplate.metadata.labels).toEqual({ 'cdk8s-zero-trust/tier': 'python' });
  });
});

describe('sandboxes', () => {
  const kubernetes = () => Cluster.kubernetes(ranges);

  it('let nobody else in, and nothing else out', () => {
    const passes = (from: string, to: string, port: number) =>
      canConnect(sandboxes(kubernetes()).manifests(), from, to, 'TCP', port);
    expect(passes('default/app.kubernetes.io/name=sandbox-router', PODS, 8888)).toBe(true);
    expect(passes('default/app=sandbox-router', PODS, 8888)).toBe(false);
    expect(passes('agent-sandbox-system/app=sandbox-router', PODS, 8888)).toBe(false);
    expect(passes(PODS, 'ai-agents/cdk8s-zero-trust/tier=other', 8888)).toBe(false);
    expect(passes(PODS, '203.0.113.7', 443)).toBe(false);
    expect(passes(PODS, '169.254.169.254', 80)).toBe(false);
  });

  it('serve on the ports that the template declares', () => {
    const spec = { podTemplate: { spec: { containers: [{ ...containers[0], ports: [{ containerPort: 9000 }] }] } } };
    expect(flowsOf(sandboxes(kubernetes(), { spec }).app).join()).toContain('ai-agents/python TCP/9000');
    expect(flowsOf(sandboxes(kubernetes(), { spec, ports: [Port.tcp(9001)] }).app).join()).toContain('python TCP/9001');
  });

  it('let nobody in without a router', () => {
    const { app } = sandboxes(kubernetes(), { router: undefined });
    expect(flowsOf(app)).toEqual(['ai-agents/python -> ai-tools/search TCP/8080']);
  });

  it('reach hosted APIs by the names of their hosts', () => {
    const tools = [{ peer: Apis.openAi(), because: 'sandboxes ask the hosted model' }];
    const { app } = sandboxes(Cluster.cilium({ ...ranges, version: '1.20' }), { tools });
    expect(flowsOf(app)).toContain('ai-agents/python -> api.openai.com TCP/443');
    expect(PolicyProof.of(app).toText()).toMatch(/^Proved/);
  });

  it('are refused what agents are refused', () => {
    const { sandbox, chart } = sandboxes(kubernetes());
    const tools = new ZeroTrustNamespace(chart, 'more', { purpose: 'tools' });
    refusalOf({
      rule: 'whole-namespace',
      make: () => sandbox.connections.allowTo(tools, { because: 'the agent calls tools', ports: [Port.tcp(80)] }),
    });
  });

  it('are not proved where the template keeps the policy of the controller, and nothing was said of it', () => {
    const { app } = sandboxes(kubernetes(), { spec: { networkPolicyManagement: 'Managed' } });
    const text = PolicyProof.of(app).toText();
    expect(text).toMatch(/^Not proved/);
    expect(text).toContain('SandboxTemplate ai-agents/python');
    expect(text).toContain('Set spec.networkPolicyManagement: Unmanaged');
  });

  const acknowledge = [{ rule: 'metadata-service', because: 'the cluster is on no cloud' }];

  it('are refused the policy of the controller, which leaves metadata services of two clouds open', () => {
    const { message } = refusalOf({
      rule: 'metadata-service',
      make: () => sandboxes(kubernetes(), { shippedPolicy: true }),
    });
    expect(message).toContain('100.100.100.200 and 168.63.129.16');
  });

  it.each(CLUSTERS)('show what the policy of the controller opens, where it is kept: %s', (_, cluster) => {
    const { app } = sandboxes(cluster(), { shippedPolicy: true, acknowledge });
    const text = PolicyGraph.of(app).toText();
    expect(text).toContain('a policy of others lets out to 0.0.0.0/0');
    expect(text).toContain('a policy of others lets in from agent-sandbox-system/{app=sandbox-router}');
    expect(text).not.toMatch(/ai-agents.python +-> kube-system/);
    const { findings } = ZeroTrustFindings.of(app);
    expect(findings.map(({ rule }) => rule)).not.toContain('acknowledgement-unused');
    expect(findings.find(({ rule }) => rule === 'known-policy')?.what).toMatch(
      /SandboxTemplate, writes a policy .* which the shipped router is not; out, every port of every public address/,
    );
    expect(PolicyProof.of(app).toText()).toMatch(/^Proved/);
  });
});
