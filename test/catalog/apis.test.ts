import { App, Chart } from 'cdk8s';
import {
  AgentTier,
  Apis,
  Cluster,
  Pods,
  PolicyGraph,
  PolicyProof,
  Port,
  Purpose,
  ZeroTrustFindings,
  ZeroTrustNamespace,
} from '../../lib';
import type * as Catalog from '../../lib/catalog';
import { apiHosts, KNOWN_APIS } from '../../lib/known-systems';
import { refusalOf } from '../tiers/bad-input/refusal';

const ranges = { podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12'], nodeCidrs: ['10.1.0.0/16'] };
const because = 'the planner asks the hosted model';

/** Agents that may call one API, on a cluster. */
function calling(api: Apis, cluster = Cluster.cilium({ ...ranges, version: '1.20' }), options: object = {}): App {
  const app = new App();
  Cluster.use(app, cluster);
  const agents = new ZeroTrustNamespace(new Chart(app, 'chart'), 'ai-agents', { purpose: Purpose.AGENTS });
  const agent = new AgentTier(agents, 'agent', { pods: Pods.labeled({ app: 'agent' }) });
  agent.connections.allowTo(api, { because, ...options });
  return app;
}

function outward(app: App) {
  return PolicyGraph.of(app).flows.filter(({ destination }) => !destination.startsWith('kube-system'));
}

/** Every API with what is called of it by default, and its hosts as they are worked out from the table of APIs. */
const EVERY: readonly [string, Apis, readonly string[]][] = [
  ['anthropic', Apis.anthropic(), ['api.anthropic.com']],
  ['azure-blob', Apis.azureBlob({ account: 'models' }), ['models.blob.core.windows.net']],
  ['azure-openai', Apis.azureOpenAi({ resource: 'contoso' }), ['contoso.openai.azure.com']],
  ['bedrock', Apis.bedrock({ region: 'eu-central-1' }), ['bedrock-runtime.eu-central-1.amazonaws.com']],
  ['cohere', Apis.cohere(), ['api.cohere.com']],
  ['gcs', Apis.gcs(), ['storage.googleapis.com']],
  ['gemini', Apis.gemini(), ['generativelanguage.googleapis.com']],
  ['github', Apis.github(), ['codeload.github.com', 'github.com']],
  ['groq', Apis.groq(), ['api.groq.com']],
  ['hugging-face', Apis.huggingFace(), ['huggingface.co']],
  ['mistral', Apis.mistral(), ['api.mistral.ai']],
  ['ngc', Apis.ngc(), ['api.ngc.nvidia.com']],
  ['ollama-registry', Apis.ollamaRegistry(), ['registry.ollama.ai']],
  ['openai', Apis.openAi(), ['api.openai.com']],
  ['s3', Apis.s3({ region: 'eu-central-1', bucket: 'weights' }), ['weights.s3.eu-central-1.amazonaws.com']],
  ['tavily', Apis.tavily(), ['api.tavily.com']],
  ['together', Apis.together(), ['api.together.ai']],
  ['vertex', Apis.vertex({ location: 'europe-west4' }), ['europe-west4-aiplatform.googleapis.com']],
];

describe('an API outside the cluster', () => {
  it('is there for every one that is known', () => {
    expect(EVERY.map(([id]) => id)).toEqual(KNOWN_APIS.map(({ id }) => id));
  });

  it.each(EVERY)('%s is its hosts on TCP 443, each a flow with the reason', (_, api, hosts) => {
    const flows = outward(calling(api));
    expect(flows.map(({ destination, traffic }) => [destination, traffic])).toEqual(
      hosts.map((host) => [host, 'TCP/443']),
    );
    for (const flow of flows) expect(flow.because).toEqual([because]);
  });

  it.each([
    ['the hosts of a region of OpenAI', Apis.openAi({ region: 'eu' }), ['eu.api.openai.com']],
    ['the repositories of GitHub closed', Apis.github({ repositories: false, restApi: true }), ['api.github.com']],
    [
      'FIPS and agents of Bedrock',
      Apis.bedrock({ region: 'us-east-1', fips: true, agents: true, signIn: true }),
      [
        'bedrock-agent-runtime.us-east-1.amazonaws.com',
        'bedrock-runtime-fips.us-east-1.amazonaws.com',
        'sts.us-east-1.amazonaws.com',
      ],
    ],
    ['buckets in the path of S3', Apis.s3({ region: 'us-east-1', pathStyle: true }), ['s3.us-east-1.amazonaws.com']],
    [
      'a bucket with dots and IPv6',
      Apis.s3({ region: 'us-east-1', bucket: 'a.b', dualStack: true }),
      ['a.b.s3.dualstack.us-east-1.amazonaws.com', 'a.b.s3.us-east-1.amazonaws.com'],
    ],
    [
      'a bucket, where credentials are asked for',
      Apis.s3({ region: 'us-east-1', bucket: 'b', signIn: true }),
      ['b.s3.us-east-1.amazonaws.com', 'sts.us-east-1.amazonaws.com'],
    ],
    ['Vertex wherever it is', Apis.vertex({ location: 'global' }), ['aiplatform.googleapis.com']],
    ['Vertex in a multi-region', Apis.vertex({ location: 'eu' }), ['aiplatform.eu.rep.googleapis.com']],
  ])('%s', (_, api, hosts) => {
    expect(outward(calling(api)).map(({ destination }) => destination)).toEqual(hosts);
  });

  it('has the CDN and Xet of Hugging Face where weights are downloaded', () => {
    const hosts = outward(calling(Apis.huggingFace({ download: true }))).map(({ destination }) => destination);
    expect(hosts).toHaveLength(9);
    expect(hosts).toContain('transfer.xethub-eu.hf.co');
  });

  it('says in the graph whose host it is, and what surprises of it', () => {
    const notes = (api: Apis) => outward(calling(api)).flatMap((flow) => flow.notes);
    expect(notes(Apis.openAi())).toEqual(['a host of OpenAI', 'by address: other names on the same address pass']);
    expect(notes(Apis.gcs())).toContain(
      'Buckets of everybody have the same host, so that no rule about names keeps them apart',
    );
    expect(notes(Apis.huggingFace()).join()).toContain('HF_HUB_DISABLE_TELEMETRY=1');
    expect(notes(Apis.huggingFace()).join()).not.toContain('*.hf.co');
    expect(notes(Apis.ngc()).join()).not.toContain('pulled by the node');
    expect(notes(Apis.ngc({ images: true })).join()).toContain('pulled by the node');
    expect(notes(Apis.s3({ region: 'us-east-1', bucket: 'b' })).join()).not.toContain('buckets of everybody');
    expect(notes(Apis.s3({ region: 'us-east-1', pathStyle: true })).join()).toContain('buckets of everybody');
  });

  it('takes other ports in place of 443', () => {
    const flows = outward(
      calling(Apis.openAi(), Cluster.cilium({ ...ranges, version: '1.20' }), { ports: [Port.tcp(8443)] }),
    );
    expect(flows.map(({ traffic }) => traffic)).toEqual(['TCP/8443']);
  });

  it.each([
    ['Cilium', Cluster.cilium({ ...ranges, version: '1.20' })],
    ['Antrea', Cluster.antrea({ ...ranges, version: '2.6' })],
  ])('is proved on %s', (_, cluster) => {
    const app = calling(Apis.huggingFace({ download: true, inference: true }), cluster);
    expect(PolicyProof.of(app).toText()).toMatch(/^Proved/);
    expect(ZeroTrustFindings.of(app).findings.filter(({ level }) => level === 'error')).toEqual([]);
  });

  describe.each([
    ['Kubernetes', () => Cluster.kubernetes(ranges)],
    ['Calico', () => Cluster.calico({ ...ranges, version: '3.31' })],
    ['Network Policy API', () => Cluster.clusterNetworkPolicy({ ...ranges, version: '0.3.0' })],
  ])('on %s, which knows no names', (_, cluster) => {
    it('is refused with the API, the host and the way on', () => {
      const app = calling(Apis.bedrock({ region: 'eu-central-1', agents: true }), cluster());
      const { message, flow } = refusalOf({ rule: 'engine-host-names', make: () => PolicyGraph.of(app) });
      expect(flow).toContain('ai-agents/agent -> ');
      expect(message).toContain('bedrock-runtime.eu-central-1.amazonaws.com, of Amazon Bedrock');
      expect(message).toContain('bedrock-agent-runtime.eu-central-1.amazonaws.com, of Amazon Bedrock');
      expect(message).toMatch(/Let a gateway or proxy .* call Amazon Bedrock/);
      expect(message).toMatch(/another engine can say it: .*Cilium/);
    });

    it('is every address of the internet once that is acknowledged, for each host by name', () => {
      const acknowledge = [{ rule: 'engine-host-names', because: 'a firewall before it knows names' }];
      const app = calling(Apis.github(), cluster(), { acknowledge });
      expect(PolicyProof.of(app).toText()).toMatch(/^Proved/);
      expect(outward(app).map(({ destination }) => destination.split(',')[0])).toEqual([
        'codeload.github.com',
        'github.com',
      ]);
      expect(outward(app).flatMap(({ notes }) => notes)).toContain('a host of GitHub');
    });
  });

  it('says once for all of its hosts that nothing of it resolves without DNS', () => {
    const app = new App();
    Cluster.use(app, Cluster.cilium({ ...ranges, version: '1.20' }));
    const agents = new ZeroTrustNamespace(new Chart(app, 'c'), 'ai-agents', { purpose: Purpose.AGENTS, dns: false });
    const agent = new AgentTier(agents, 'agent', { pods: Pods.labeled({ app: 'agent' }) });
    agent.connections.allowTo(Apis.openAi(), { because });
    const { message } = refusalOf({ rule: 'engine-host-names-dns', make: () => PolicyGraph.of(app) });
    expect(message).toContain('api.openai.com, of OpenAI');
    expect(message).not.toContain('gateway or proxy');
  });
});

it('does not load what is known of APIs before one is named', () => {
  jest.isolateModules(() => {
    const loaded = jest.fn(() => ({ KNOWN_APIS, apiHosts }));
    jest.doMock('../../lib/known-systems/apis', loaded);
    const catalog: typeof Catalog = require('../../lib/catalog');
    expect(loaded).not.toHaveBeenCalled();
    catalog.Apis.openAi();
    expect(loaded).toHaveBeenCalled();
  });
});
