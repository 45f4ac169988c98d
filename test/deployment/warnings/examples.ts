import { Cluster, Internet, Pods, Port, Rule } from '../../../lib';
import type { Example } from './example';
import { KNOWN_EXAMPLES } from './known-examples';
import { deployment, helmTest, platform, service, withGateway } from './platform';

const because = 'it is meant so';

/** Rules that nobody can acknowledge. */
export const UNWAIVED: readonly string[] = ['acknowledgement-unused'];

/** What a reader sees of an example: the line of a test that declared the flow stands for one of the reader's own. */
export function asRead(text: string): string {
  return text.replace(/, test\/[\w./-]+:\d+\)/g, ', apps/platform.ts:41)');
}

/** By the id of the rule. */
export const EXAMPLES: Readonly<Record<string, Example>> = {
  ...KNOWN_EXAMPLES,
  'port-not-served': {
    level: 'warning',
    fails: (acknowledge) => {
      const { app, chart } = platform({ weaviate: { acknowledge }, flow: { ports: [Port.tcp(80)] } });
      deployment(chart);
      return app;
    },
    passes: () => {
      const { app, chart } = platform({ flow: { ports: [Port.tcp(8080)] } });
      deployment(chart);
      return app;
    },
    text: `warning  port-not-served  ai/ai-data/weaviate
  ai-agents/agent -> ai-data/weaviate TCP/80 ("retrieval looks up passages", apps/platform.ts:41)
  No container of Deployment weaviate declares TCP/80. The policy opens a port that nobody answers on, and keeps the one that is served closed.
  Allowed: TCP/8080.
  Name one of these, give the container its port, or acknowledge it: acknowledge: [{ rule: 'port-not-served', because: '…' }]
`,
  },
  'test-pods-selected': {
    level: 'warning',
    fails: (acknowledge) => {
      const { app, chart } = platform({ weaviate: { acknowledge } });
      deployment(chart);
      helmTest(chart, { app: 'weaviate' });
      return app;
    },
    passes: () => {
      const { app, chart } = platform({
        data: { acknowledge: [{ rule: 'pods-without-tier', because: 'the test reaches nobody' }] },
      });
      deployment(chart);
      helmTest(chart, { app: 'weaviate-test' });
      return app;
    },
    text: `warning  test-pods-selected  ai/ai-data/weaviate
  Pod ai-data/weaviate-test
  The tier ai-data/weaviate selects {app=weaviate}, which the pod of ai/test has as well, and that is a test which \`helm test\` runs. The test gets every flow of the tier, whatever runs in it, while what it asks of the application stays closed.
  Leave the tests of the chart out, give the tier the workload alone (Pods.of(chart, { kind, name })), or acknowledge it: acknowledge: [{ rule: 'test-pods-selected', because: '…' }]
`,
  },
  'tier-unreached': {
    level: 'warning',
    fails: (acknowledge) => platform({ weaviate: { acknowledge }, isUnreached: true }).app,
    passes: () => platform().app,
    text: `warning  tier-unreached  ai/ai-data/weaviate
  ai-data/weaviate
  No flow reaches the data tier ai-data/weaviate. Nobody can use what it serves, so a flow is missing or the tier is not needed.
  Declare its clients: connections.allowFrom(…, { because: '…' }), or acknowledge it on the tier: acknowledge: [{ rule: 'tier-unreached', because: '…' }]
`,
  },
  'namespace-misspelt': {
    level: 'warning',
    fails: (acknowledge) => {
      const { app, agent } = platform({ agent: { acknowledge } });
      const qdrant = Pods.labeled({ app: 'qdrant' }).inNamespace('ai-dtaa').ownedBy('the data team');
      agent.connections.allowTo(qdrant, { because: 'notes are kept there', ports: [Port.tcp(6333)] });
      return app;
    },
    passes: () => {
      const { app, agent } = platform();
      const qdrant = Pods.labeled({ app: 'qdrant' }).inNamespace('vectors').ownedBy('the data team');
      agent.connections.allowTo(qdrant, { because: 'notes are kept there', ports: [Port.tcp(6333)] });
      return app;
    },
    text: `warning  namespace-misspelt  ai/ai-agents/agent
  ai-agents/agent -> ai-dtaa/{app=qdrant} TCP/6333 ("notes are kept there", apps/platform.ts:41)
  The app declares no namespace ai-dtaa, and one slip makes it ai-data. A policy for a namespace that does not exist matches nothing, and nobody says so.
  Write inNamespace('ai-data'), or acknowledge it: acknowledge: [{ rule: 'namespace-misspelt', because: '…' }]
`,
  },
  'dns-missing': {
    level: 'warning',
    fails: (acknowledge) => platform({ agent: { dns: false, acknowledge } }).app,
    passes: () => platform().app,
    text: `warning  dns-missing  ai/ai-agents/agent
  ai-agents/agent -> ai-data/weaviate TCP/8080 ("retrieval looks up passages", apps/platform.ts:41)
  ai-agents/agent resolves no names, and reaches others by theirs. Names fail to resolve, which looks like an outage of whoever is called.
  Give the tier dns: true, or acknowledge that it knows addresses: acknowledge: [{ rule: 'dns-missing', because: '…' }]
`,
  },
  'dns-unused': {
    level: 'note',
    fails: (acknowledge) => platform({ weaviate: { dns: true, acknowledge } }).app,
    passes: () => platform().app,
    text: `note  dns-unused  ai/ai-data/weaviate
  ai-data/weaviate
  ai-data/weaviate resolves names, and no flow leads from it to anybody. Data can leave in the names that are asked for.
  Give the tier dns: false, or acknowledge it: acknowledge: [{ rule: 'dns-unused', because: '…' }]
`,
  },
  'labels-miss-tier': {
    level: 'warning',
    fails: (acknowledge) => {
      const { app, chart } = platform({
        weaviate: { acknowledge },
        data: { acknowledge: [{ rule: Rule.PODS_WITHOUT_TIER, because }] },
      });
      deployment(chart, { labels: { app: 'weviate' } });
      return app;
    },
    passes: () => {
      const { app, chart } = platform({ data: { acknowledge: [{ rule: Rule.PODS_WITHOUT_TIER, because }] } });
      deployment(chart);
      deployment(chart, { name: 'backup' });
      return app;
    },
    text: `warning  labels-miss-tier  ai/ai-data/weaviate
  Deployment ai-data/weaviate
  The tier ai-data/weaviate selects {app=weaviate}, and the pods of ai/deployment-weaviate have {app=weviate}. The pods get no flow of the tier, and nothing reaches them.
  Select the labels that the pods have, or acknowledge it on the tier: acknowledge: [{ rule: 'labels-miss-tier', because: '…' }]
`,
  },
  'service-without-exposure': {
    level: 'warning',
    fails: (acknowledge) => {
      const { app, chart } = platform({ weaviate: { acknowledge } });
      service(chart, { type: 'LoadBalancer' });
      return app;
    },
    passes: () => {
      const { app, chart } = platform();
      service(chart, { type: 'ClusterIP' });
      return app;
    },
    text: `warning  service-without-exposure  ai/ai-data/weaviate
  Service ai-data/weaviate
  The LoadBalancer Service ai/service-weaviate leads to ai-data/weaviate, and no flow lets anybody in from outside. Clients from outside find an address and are dropped at the pod.
  Declare it: exposures: [{ client: Internet.any(), seenAs: SourceAddress.preserved(), because: '…' }], make the Service one of type ClusterIP, or acknowledge it on the tier: acknowledge: [{ rule: 'service-without-exposure', because: '…' }]
`,
  },
  'source-not-preserved': {
    level: 'warning',
    fails: (acknowledge) => {
      const { app, chart } = withGateway({ acknowledge });
      service(chart, { type: 'LoadBalancer' }, { namespace: 'ai-gateway', name: 'envoy' });
      return app;
    },
    passes: () => {
      const { app, chart } = withGateway();
      service(
        chart,
        { type: 'LoadBalancer', externalTrafficPolicy: 'Local' },
        { namespace: 'ai-gateway', name: 'envoy' },
      );
      return app;
    },
    text: `warning  source-not-preserved  ai/ai-gateway/envoy
  ai-gateway/envoy ("customers call the models")
  Clients are said to keep their address, and the LoadBalancer Service ai-gateway/envoy (ai/service-envoy) has externalTrafficPolicy: Cluster, so nodes put theirs in its place. Pods see the address of a node or of a balancer, so the clients that are declared are dropped.
  Allowed: externalTrafficPolicy: Local, or a balancer that keeps the addresses of clients on its way to pods.
  Set it to Local, write seenAs: SourceAddress.rewrittenTo(['10.1.0.0/16']) with the ranges that are there, or acknowledge it on the exposure: acknowledge: [{ rule: 'source-not-preserved', because: '…' }]
`,
  },
  'agent-all-ports': {
    level: 'warning',
    fails: (acknowledge) => {
      const { app, agent } = platform({ agent: { acknowledge } });
      agent.connections.allowTo(Internet.anyIpv4(), { because: 'agents call tools anywhere', ports: [Port.allTcp()] });
      return app;
    },
    passes: () => {
      const { app, agent } = platform();
      agent.connections.allowTo(Internet.anyIpv4(), { because: 'agents call tools anywhere', ports: [Port.tcp(443)] });
      return app;
    },
    text: `warning  agent-all-ports  ai/ai-agents/agent
  ai-agents/agent -> internet ipv4 but metadata services TCP/* ("agents call tools anywhere", apps/platform.ts:41)
  The agent ai-agents/agent reaches the internet on every port. Whoever writes its prompt has SSH, mail and every database on the internet within reach.
  Allowed: the ports of its tools.
  Write ports: [Port.tcp(443)], or acknowledge it: acknowledge: [{ rule: 'agent-all-ports', because: '…' }]
`,
  },
  'engine-version-untested': {
    level: 'warning',
    fails: (acknowledge) => platform({ cluster: Cluster.calico({ version: '3.28', acknowledge }) }).app,
    passes: () => platform({ cluster: Cluster.calico({ version: '3.32' }) }).app,
    text: `warning  engine-version-untested
  Calico 3.28
  Calico 3.28 was not looked at, only 3.29 to 3.32 were. What policies mean there may differ from what is proved.
  Upgrade whichever is older, the engine or this library; or try the policies out on the cluster, and say so: Cluster.calico({ version: '3.28', acknowledge: [{ rule: 'engine-version-untested', because: '…' }] })
`,
  },
  'acknowledgement-unused': {
    level: 'warning',
    fails: () => platform({ flow: { acknowledge: [{ rule: Rule.WIDE_EGRESS, because }] } }).app,
    passes: () =>
      platform({ isUnreached: true, weaviate: { acknowledge: [{ rule: Rule.TIER_UNREACHED, because }] } }).app,
    text: `warning  acknowledgement-unused  ai/ai-agents/agent
  the flow from ai-agents/agent ("retrieval looks up passages", apps/platform.ts:41)
  The acknowledgement of wide-egress ("it is meant so") waives nothing here. Who reads it believes that something is wide open which is not, and it would waive the rule the day it is.
  Remove it.
`,
  },
};
