// Every block of a guide is held by a test: examples, commands and pages that are written are elsewhere; the others are here.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { Cidr, Cluster, GatewayTier, InferenceTier, Pods, PolicyProof, Port, ZeroTrustNamespace } from '../../../lib';
import { run } from '../../cli/run';
import { runCode } from '../page-example';

interface Block {
  readonly page: string;
  readonly marker: string;
  readonly language: string;
  readonly text: string;
}

const blocks: readonly Block[] = readdirSync('docs', { recursive: true, encoding: 'utf8' })
  .filter((page) => page.endsWith('.md'))
  .sort()
  .flatMap((page) =>
    [...readFileSync(join('docs', page), 'utf8').matchAll(/(?:<!-- ([^>]*) -->\n)?^```(\w*)\n([\s\S]*?)^```/gm)].map(
      ([, marker = '', language, text]) => ({ page, marker, language, text }),
    ),
  );

/** Blocks of pages as a whole, or of languages, by what holds them. */
const HELD: readonly (readonly [by: string, is: (block: Block) => boolean])[] = [
  ['test/docs/readme.ts', ({ marker }) => /^example /.test(marker)],
  ['test/languages/run.mjs', ({ marker }) => /^python: /.test(marker)],
  ['test/docs/commands/commands.test.ts', ({ language }) => language === 'sh'],
  ['test/docs/guides.test.ts', ({ page, language }) => /^(start|how-to)\//.test(page) && language === 'text'],
  ['test/docs/adopting.test.ts', ({ page, language }) => page === 'adopting.md' && language === 'text'],
  ['test/docs/flows/flows.test.ts', ({ page }) => page === 'flows.md'],
  ['test/docs/rules/rules.test.ts', ({ page, language }) => page === 'rules.md' && language === 'text'],
  ['test/docs/checks/checks.test.ts', ({ page }) => page === 'checks.md'],
  ['test/docs/check.test.ts', ({ page, language }) => page === 'check.md' && language === 'yaml'],
  ['test/ci/files.test.ts', ({ page, language }) => page === 'ci.md' && language === 'yaml'],
  ['test/live/rights.test.ts', ({ page, language }) => page === 'live.md' && language === 'yaml'],
  ['test/cli/probe-rights.test.ts', ({ page, language }) => page === 'probes.md' && language === 'yaml'],
  ['test/cli/probe-live.test.ts', ({ page, text }) => page === 'probes.md' && text.startsWith('load ')],
  ['test/docs/api.mjs', ({ page }) => page.startsWith('api/')],
  ['test/docs/architecture.test.ts', ({ page }) => page === 'architecture.md'],
  ['test/graph/flow-lines.test.ts', ({ text }) => text.startsWith('annotation = ')],
];

/** What stands before a fragment. */
const BEFORE: Readonly<Record<string, string>> = {
  'how-to/debug-a-blocked-connection.md': `${tier('agent', 'AgentTier')}\n${tier('weaviate', 'DataTier', 'ports: [Port.tcp(8080)]')}`,
  'using-the-catalog.md': tier('weaviate', 'DataTier', '...Catalog.weaviate()'),
  'rules.md': tier('agent', 'AgentTier'),
  'load-balancers.md': "const edge = new ZeroTrustNamespace(chart, 'edge', { purpose: 'gateway' });",
};

function tier(name: string, role: string, props = ''): string {
  return `const ${name} = new ${role}(new ZeroTrustNamespace(chart, 'ai-${name}', { purpose: '${name}' }), '${name}', { pods: Pods.labeled({ app: '${name}' }), ${props} });`;
}

const fragments = blocks.filter(({ language, marker }) => language === 'ts' && !/^example /.test(marker));

it.each(fragments)('the fragment of $page is proved', ({ page, text }) => {
  const app = runCode(
    `const app = new App();\nCluster.use(app, Cluster.cilium({ version: '1.20' }));\nconst chart = new Chart(app, 'chart');\n${BEFORE[page] ?? ''}\n${text}`,
  );
  expect(PolicyProof.of(app).isProved).toBe(true);
});

it('facts of a cluster are read as the page of the command line shows them', async () => {
  const [facts] = blocks.filter(({ page, language }) => page === 'command-line.md' && language === 'yaml');
  const { code, out } = await amid({ 'facts.yaml': facts.text }, ['list', 'examples', '--cluster', 'facts.yaml']);
  expect({ code, out }).toMatchObject({ code: 0 });
});

it.each([
  ['json', 'log.jsonl', /Read: 2 flows in 2 lines of log\.jsonl \(jsonl\)/],
  ['csv', 'log.csv', /Read: 1 flow in 2 lines of log\.csv \(csv\)/],
])('flows in our own %s are read as their page shows them', async (language, name, read) => {
  const [log] = blocks.filter((block) => block.page === 'flow-logs.md' && block.language === language);
  const { out } = await amid({ [name]: log.text }, ['flows', name, '-f', 'examples']);
  expect(out).toMatch(read);
});

it('the annotation that the page of the graph shows is what a policy carries', () => {
  const app = new App();
  Cluster.use(app, Cluster.cilium({ version: '1.20' }));
  const chart = new Chart(app, 'chart');
  const space = (name: string) => new ZeroTrustNamespace(chart, name, { purpose: name });
  const envoy = new GatewayTier(space('ai-gateway'), 'envoy', { pods: Pods.labeled({ app: 'envoy' }) });
  const vllm = new InferenceTier(space('ai-inference'), 'vllm', {
    pods: Pods.labeled({ app: 'vllm' }),
    distributed: true,
    dns: false,
  });
  vllm.connections.allowFrom(envoy, { because: 'users reach the model through the gateway' });
  vllm.connections.allowTo(Cidr.of('10.0.0.0/8', { excluding: ['10.0.0.0/28'] }), {
    ports: [Port.tcp(443)],
    because: 'weights are loaded from the store',
    acknowledge: [{ rule: 'wide-egress', because: 'the store has no address of its own' }],
  });
  const [policy] = chart.toJson().filter(({ kind, metadata }) => kind !== 'Namespace' && metadata.name === 'vllm');
  const [shown] = blocks.filter(({ page, text }) => page === 'policy-graph.md' && text.startsWith('in TCP'));
  expect(shown.text).toBe(policy.metadata.annotations['cdk8s-zero-trust/flows']);
});

it('no block is held by nothing', () => {
  const here = (block: Block) =>
    fragments.includes(block) ||
    (block.page === 'command-line.md' && block.language === 'yaml') ||
    (block.page === 'flow-logs.md' && /json|csv/.test(block.language)) ||
    (block.page === 'policy-graph.md' && block.text.startsWith('in TCP'));
  const by = (block: Block) => HELD.filter(([, is]) => is(block)).map(([file]) => file);
  expect(blocks.filter((block) => !here(block) && by(block).length === 0)).toEqual([]);
  expect(HELD.map(([file]) => file).filter((file) => !existsSync(file))).toEqual([]);
});

async function amid(files: Readonly<Record<string, string>>, argv: readonly string[]) {
  const cwd = mkdtempSync(join(tmpdir(), 'block-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
    return await run(
      argv.map((word) => (word === 'examples' ? join(process.cwd(), 'examples/guide') : word)),
      { cwd },
    );
  } finally {
    rmSync(cwd, { recursive: true });
  }
}
