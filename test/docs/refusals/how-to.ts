import { EXAMPLES } from '../../deployment/warnings/examples';
import { appNamed, appOf, type Change } from '../page-example';
import { type Claim, found, refused, taken, warned } from './claim';

const START = 'start/ten-minutes.md';
const OTHERS = 'how-to/adopt-what-others-own.md';
const CLOSE = 'how-to/close-one-namespace.md';
const WEIGHTS = 'how-to/keep-weights-in.md';
const METRICS = 'how-to/metrics-webhooks-load-balancers-dns.md';
const CILIUM = 'how-to/move-to-cilium.md';
const AGENT = 'how-to/one-tool-for-an-agent.md';
const AUDIT = 'how-to/roll-out-with-audit.md';
const SHARED = 'how-to/share-one-model.md';

const CILIUM_120 = "Cluster.cilium({ version: '1.20' })";
const ON_KUBERNETES: Change = [CILIUM_120, 'Cluster.kubernetes()'];
const on = (platform: string): Change => ['Platform.EKS', `Platform.${platform}`];

/** Another flow of the page's example, before it is rendered. */
const and = (statement: string): Change => ['ZeroTrust.render(app);', `${statement}\nZeroTrust.render(app);`];

/** A question has errors of its own; here the synthesis is meant. */
const ASKING: Change = ['PolicyQuestions.of(app).keepsApart(weights, Internet.any()).assertHolds();', ''];
const LOADER = "vllm.connections.allowTo(Apis.huggingFace({ download: true }), { because: 'weights are fetched' });";

const FROM_A_RANGE: Change = [
  'operator.connections.allowFrom(cluster.apiServer, {',
  "operator.connections.allowFrom(Cidr.of('198.51.100.0/28'), { ports: [Port.tcp(9443)],",
];
const browsing = (port: string) =>
  `planner.connections.allowTo(Internet.any(), { ports: [${port}], because: 'it browses the web' });`;
/** Kubernetes has no guardrails either. */
const NO_GUARDRAIL: Change = [/new ClusterGuardrail[\s\S]*?\n\}\);/, ''];

/** What an example that is a function makes. */
const calling = (call: string): Change => [/$/, `\nconst app = ${call};`];

export const HOW_TO: Readonly<Record<string, readonly Claim[]>> = {
  [START]: [
    warned(
      "What is missing is a warning. There is one here: Envoy Gateway's proxies need their controller",
      'known-need-missing',
      /Envoy Gateway \(proxy\) needs its controller.*peers: \{ 'controller'.*acknowledge/s,
      () => appOf(START, calling('platform()')),
    ),
  ],
  [OTHERS]: [
    refused(
      'with an acknowledgement, since a default deny isolates pods of somebody else',
      'adopted-namespace',
      /default-deny would isolate every pod in it, theirs too/,
      () => appOf(OTHERS, ['purpose: Purpose.DATA', 'purpose: Purpose.DATA, management: NamespaceManagement.ADOPT']),
    ),
    refused(
      'Without the declaration the synthesis fails, with the connection that their policy lets in.',
      'proof-undeclared',
      /from pod \{app=operator\} of operators to pod \{app=postgres\} of ai-data on TCP 8000/,
      () => appOf(OTHERS, [/ForeignPolicy\.declare[\s\S]*?\n\]\);/, '']),
    ),
    warned(
      '`known-policy` names the value that turns it off',
      'known-policy',
      /Turn it off in its values, networkPolicy\.allowExternal: false/,
      EXAMPLES['known-policy'].fails,
    ),
  ],
  [WEIGHTS]: [
    refused(
      'An `InferenceTier` that reaches a wide range of addresses (`wide-egress`): weights can leave there.',
      'wide-egress',
      /model weights could leave to the whole internet/,
      () =>
        appOf(
          WEIGHTS,
          ASKING,
          and("vllm.connections.allowTo(Internet.any(), { ports: [Port.tcp(443)], because: 'it loads models' });"),
        ),
    ),
    taken('an engine with host names takes `Apis.huggingFace({ download: true })`', () =>
      appOf(WEIGHTS, ASKING, ['const chart', `Cluster.use(app, ${CILIUM_120});\nconst chart`], and(LOADER)),
    ),
    refused(
      'an engine with host names takes `Apis.huggingFace({ download: true })`',
      'engine-host-names',
      /of Hugging Face/,
      () => appOf(WEIGHTS, ASKING, and(LOADER)),
    ),
    refused(
      'A `DataTier` that serves a whole namespace (`unnamed-clients`)',
      'unnamed-clients',
      /served to every pod of a namespace/,
      () => appOf(WEIGHTS, ASKING, and("weights.connections.allowFrom(models, { because: 'models are loaded' });")),
    ),
    found(
      '`check` finds data that reaches the internet (`data-reaches-internet`), by the known systems among the workloads.',
      'data-reaches-internet',
      /weaviate/,
    ),
  ],
  [METRICS]: [
    refused(
      'on engines that go by address its addresses are given',
      'api-server-unknown',
      /the engine of this cluster can name it by address only/,
      () => appOf(METRICS, ["Cluster.cilium({ version: '1.20', platform: Platform.EKS })", 'Cluster.kubernetes()']),
    ),
    ...['GKE_STANDARD', 'GKE_AUTOPILOT', 'AKS'].flatMap((platform) => [
      refused(
        'On GKE and AKS it calls from outside the cluster, so that Cilium does not know it and the flow is refused',
        'engine-entity',
        /connections of the API server arrive from addresses that Cilium does not know as those of the API server/,
        () => appOf(METRICS, on(platform)),
      ),
      taken('name the range that its calls come from', () => appOf(METRICS, on(platform), FROM_A_RANGE)),
    ]),
    warned(
      'A Service of type `LoadBalancer` without an exposure is a finding (`service-without-exposure`): its clients are dropped at the pod.',
      'service-without-exposure',
      /no flow lets anybody in from outside. Clients from outside find an address and are dropped at the pod/,
      EXAMPLES['service-without-exposure'].fails,
    ),
  ],
  [CILIUM]: [
    warned('an acknowledgement that waives nothing is a finding', 'acknowledgement-unused', /waives nothing/, () =>
      appOf(
        CILIUM,
        ["{ app: 'api' })", "{ app: 'api' }), acknowledge: [{ rule: 'cluster-range', because: 'nodes are meant' }]"],
        calling(`platform(${CILIUM_120})`),
      ),
    ),
  ],
  [AGENT]: [
    refused(
      'Older revisions name it in the body, which no policy sees: `tools` refuses them, with that reason',
      'mcp-tools',
      /the server speaks 2025-06-18, and before MCP 2026-07-28 the tool is named in the body of a request alone/,
      () => appOf(AGENT, ['2026-07-28', '2025-06-18']),
    ),
    taken('the whole server is what can be allowed', () =>
      appOf(AGENT, ['2026-07-28', '2025-06-18'], ["search.tools(['find_passages'])", 'search.requests()']),
    ),
    refused(
      'A hosted API by name** takes an engine that knows host names',
      'engine-host-names',
      /api\.openai\.com, of OpenAI/,
      () => appOf(AGENT, ON_KUBERNETES),
    ),
    ...(
      [
        ['api-server', 'Cluster.of(app).apiServer', /whatever its service account may do/],
        ['metadata-service', "Cidr.of('169.254.169.254/32')", /hands out the credentials/],
        ['whole-namespace', 'tools', /also holds those that join it later/],
      ] as const
    ).map(([rule, peer, words]) =>
      refused('without an acknowledgement: the API server, metadata services, whole namespaces.', rule, words, () =>
        appOf(
          AGENT,
          and(`planner.connections.allowTo(${peer}, { ports: [Port.tcp(443)], because: 'it asks there' });`),
        ),
      ),
    ),
    refused(
      'A template that keeps the policy of its controller (`networkPolicyManagement: Managed`) is not proved',
      'writes-policies',
      /writes or changes policies that are not among the manifests/,
      () =>
        appNamed(AGENT, 'sandbox', ['spec: { podTemplate', "spec: { networkPolicyManagement: 'Managed', podTemplate"]),
    ),
    taken('The internet as a whole can be declared', () => appOf(AGENT, and(browsing('Port.tcp(443)')))),
    warned(
      'every port of it is a warning (`agent-all-ports`)',
      'agent-all-ports',
      /reaches the internet on every port/,
      () => appOf(AGENT, and(browsing('Port.allTcp()'))),
    ),
  ],
  [AUDIT]: [
    refused('**Elsewhere** nothing can be tried out in the cluster', 'engine-audit', /cannot be tried out/, () =>
      appOf(AUDIT, ["Cluster.calico({ version: '3.32' })", 'Cluster.kubernetes()']),
    ),
  ],
  [CLOSE]: [
    refused('adopt it, name what runs there', 'adopted-namespace', /ai-data belongs to somebody else/, () =>
      appOf(CLOSE, [/ {2}acknowledge: .*\n/, '']),
    ),
  ],
  [SHARED]: [
    refused(
      'where it does not, the flow is refused until it is acknowledged',
      'engine-requests',
      /does not look into requests/,
      () => appOf(SHARED, NO_GUARDRAIL, ON_KUBERNETES),
    ),
    warned('a finding names what stays open', 'admin-requests-open', /vLLM may answer \/pause, \/update_weights/, () =>
      appOf(SHARED, NO_GUARDRAIL, ON_KUBERNETES, [
        "Catalog.requests('vllm'),",
        "Catalog.requests('vllm'), acknowledge: [{ rule: 'engine-requests', because: 'this engine knows none' }],",
      ]),
    ),
  ],
};
