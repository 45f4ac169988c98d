import { ApiObject, App, Chart } from 'cdk8s';
import {
  AgentTier,
  Catalog,
  type CatalogTierOptions,
  Cluster,
  DataTier,
  GatewayTier,
  InferenceTier,
  Pods,
  Port,
  type Tier,
  ZeroTrustNamespace,
} from '../../../lib';
import type { Example } from './example';

/** A model server or a store of the catalog that an agent reaches, and nothing else. */
function served(
  make: (space: ZeroTrustNamespace, chart: Chart) => Tier,
  { ports, isOpenTo }: { readonly ports?: Port[]; readonly isOpenTo?: 'requests' } = {},
  more: (chart: Chart) => void = () => {},
): App {
  const app = new App();
  Cluster.use(app, isOpenTo === 'requests' ? Cluster.cilium({ version: '1.20' }) : Cluster.kubernetes());
  const chart = new Chart(app, 'ai');
  const agents = new ZeroTrustNamespace(chart, 'ai-agents', { purpose: 'agents' });
  const agent = new AgentTier(agents, 'agent', { pods: Pods.labeled({ app: 'agent' }) });
  more(chart);
  const tier = make(new ZeroTrustNamespace(chart, 'ai-system', { purpose: 'anything' }), chart);
  tier.connections.allowFrom(agent, {
    because: 'agents use it',
    ...(ports && { ports }),
    ...(isOpenTo === 'requests' && { http: Catalog.requests('vllm') }),
  });
  return app;
}

function vllm(options: CatalogTierOptions = {}) {
  return (space: ZeroTrustNamespace) =>
    new InferenceTier(space, 'vllm', {
      ...Catalog.vllm({ version: '0.33', pods: Pods.labeled({ app: 'vllm' }), ...options }),
      dns: false,
    });
}

function qdrant(options: CatalogTierOptions = {}) {
  return (space: ZeroTrustNamespace) => new DataTier(space, 'qdrant', Catalog.qdrant(options));
}

function postgresql(options: CatalogTierOptions = {}) {
  return (space: ZeroTrustNamespace) => new DataTier(space, 'postgresql', Catalog.postgresql(options));
}

function torchserve(options: CatalogTierOptions = {}) {
  return (space: ZeroTrustNamespace) =>
    new InferenceTier(space, 'torchserve', { ...Catalog.torchserve(options), dns: false });
}

function litellm(options: CatalogTierOptions = {}) {
  return (space: ZeroTrustNamespace) =>
    new GatewayTier(space, 'litellm', { ...Catalog.litellm(options), dns: options.peers !== undefined });
}

/** A pod template with the labels and the image of PostgreSQL as Bitnami has it. */
function workload(chart: Chart, image: string, labels: Record<string, string>): void {
  const [name] = Object.values(labels);
  new ApiObject(chart, `deployment-${name}`, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'ai-system' },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image }] } },
    },
  });
}

function shippedPolicy(chart: Chart): void {
  new ApiObject(chart, 'policy-of-chart', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'postgresql-of-chart', namespace: 'ai-system' },
    spec: {
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'postgresql' } },
      policyTypes: ['Ingress'],
      ingress: [{ ports: [{ port: 5432 }] }],
    },
  });
}

const NAME = { 'app.kubernetes.io/name': 'postgresql' };

const OLD = { rule: 'known-version', because: 'the old release is meant' };
const DATABASE = Pods.labeled({ app: 'postgresql' }).inNamespace('databases').ownedBy('the data team');

/** By the id of the rule: of tiers of the catalog. */
export const KNOWN_EXAMPLES: Readonly<Record<string, Example>> = {
  'admin-requests-open': {
    level: 'warning',
    fails: (acknowledge) => served(vllm({ version: '0.32', acknowledge: [...(acknowledge ?? []), OLD] })),
    passes: () => served(vllm()),
    text: `warning  admin-requests-open  ai/ai-system/vllm
  ai-agents/agent -> ai-system/vllm TCP/8000 ("agents use it", apps/platform.ts:41)
  vLLM may answer /pause, /update_weights to whoever reaches it there: the first stops it from answering. A rule about ports lets every request through, those that stop the server or change its models among them.
  Allowed: requests for users.
  Name the requests that are for users, http: Catalog.requests('vllm'), where the engine tells them apart; say the release where it does not answer these, { version: '…' }; or acknowledge it on the flow: acknowledge: [{ rule: 'admin-requests-open', because: '…' }]
`,
  },
  'admin-port-open': {
    level: 'warning',
    fails: (acknowledge) =>
      served(torchserve({ pods: Pods.labeled({ app: 'scorer' }), acknowledge }), { ports: [Port.tcp(8081)] }),
    passes: () => served(torchserve({ pods: Pods.labeled({ app: 'scorer' }) })),
    text: `warning  admin-port-open  ai/ai-system/torchserve
  ai-agents/agent -> ai-system/torchserve TCP/8081 ("agents use it", apps/platform.ts:41)
  TCP/8081 of TorchServe is not for users: management, which loads models from anywhere. Who reaches it runs code, changes models or reads what is stored, mostly without being asked who he is.
  Allowed: TCP/7070,8080.
  Name who administers it, administrationFrom: […], close it to others, or acknowledge it on the flow: acknowledge: [{ rule: 'admin-port-open', because: '…' }]
`,
  },
  'peer-port-open': {
    level: 'warning',
    fails: (acknowledge) => served(qdrant({ acknowledge }), { ports: [Port.tcpRange(6333, 6335)] }),
    passes: () => served(qdrant()),
    text: `warning  peer-port-open  ai/ai-system/qdrant
  ai-agents/agent -> ai-system/qdrant TCP/6333-6335 ("agents use it", apps/platform.ts:41)
  TCP/6335 of Qdrant is not for users: the consensus of its nodes. Pods of one system trust each other there, so that whoever reaches it can join them, read their data or change it.
  Allowed: TCP/6333-6334.
  Close it to others than its own pods, or acknowledge it on the flow: acknowledge: [{ rule: 'peer-port-open', because: '…' }]
`,
  },
  'known-version': {
    level: 'note',
    fails: (acknowledge) => served(vllm({ version: '0.99', acknowledge })),
    passes: () => served(vllm({ version: '0.33.2' })),
    text: `note  known-version  ai/ai-system/vllm
  ai-system/vllm
  The facts of vLLM are those of 0.33, and 0.99 was not looked at: these are the nearest. Its ports, labels and needs may differ from those that its tier is made of.
  Allowed: 0.33.
  Look whether they hold, and acknowledge it: acknowledge: [{ rule: 'known-version', because: '…' }]
`,
  },
  'known-labels-generic': {
    level: 'warning',
    fails: (acknowledge) => served(torchserve({ acknowledge })),
    passes: () => served(torchserve({ pods: Pods.labeled({ app: 'scorer' }) })),
    text: `warning  known-labels-generic  ai/ai-system/torchserve
  ai-system/torchserve
  The labels of TorchServe (app: torchserve) say nothing of it alone. Pods of somebody else that happen to have them get the flows of the tier.
  Give the pods: { pods: Pods.of(workload) }, or acknowledge it: acknowledge: [{ rule: 'known-labels-generic', because: '…' }]
`,
  },
  'known-need-missing': {
    level: 'warning',
    fails: (acknowledge) => served(litellm({ acknowledge })),
    passes: () => served(litellm({ peers: { postgresql: DATABASE } })),
    text: `warning  known-need-missing  ai/ai-system/litellm
  ai-system/litellm
  LiteLLM needs PostgreSQL on TCP/5432 ("keys and budgets are kept there"), and no flow is there for it. It does not start, or stops to do what it is there for, once its policies are in force.
  Name it: peers: { 'postgresql': … }; declare the flow on the tier; or acknowledge that it is not there: acknowledge: [{ rule: 'known-need-missing', because: '…' }]
`,
  },
  'known-workload': {
    level: 'error',
    fails: (acknowledge) =>
      served(postgresql({ acknowledge }), {}, (chart) => workload(chart, 'qdrant/qdrant:v1.15.0', NAME)),
    passes: () => served(postgresql(), {}, (chart) => workload(chart, 'registry.example/postgres:17', NAME)),
    text: `error  known-workload  ai/ai-system/postgresql
  ai-system/postgresql
  It is made as PostgreSQL, and Deployment postgresql has the image qdrant/qdrant:v1.15.0, which is Qdrant. Its ports and needs are those of another system, so it is opened where it need not be, and closed where it must not.
  Allowed: an image of PostgreSQL, or one that the catalog does not know.
  Make it of the entry qdrant, or acknowledge it: acknowledge: [{ rule: 'known-workload', because: '…' }]
`,
  },
  'known-policy': {
    level: 'warning',
    fails: (acknowledge) =>
      served(postgresql({ acknowledge }), {}, (chart) => {
        workload(chart, 'bitnami/postgresql:17', NAME);
        shippedPolicy(chart);
      }),
    passes: () => served(postgresql(), {}, (chart) => workload(chart, 'bitnami/postgresql:17', NAME)),
    text: `warning  known-policy  ai/ai-system/postgresql
  NetworkPolicy ai-system/postgresql-of-chart
  PostgreSQL comes with a policy of its own, ai/policy-of-chart: that of the chart of Bitnami opens its port from any source, and every destination. Policies add up, so that what it lets through passes beside what the tier declares.
  Turn it off in its values, networkPolicy.allowExternal: false and allowExternalEgress: false, or networkPolicy.enabled: false; or acknowledge it: acknowledge: [{ rule: 'known-policy', because: '…' }]
`,
  },
};
