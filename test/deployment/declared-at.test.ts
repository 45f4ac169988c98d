import { App, Chart } from 'cdk8s';
import {
  AgentTier,
  Cidr,
  Cluster,
  DataTier,
  ForeignPolicy,
  Hostname,
  HttpRule,
  InferenceTier,
  Internet,
  Pods,
  PolicyGraph,
  Port,
  Tier,
  ZeroTrustNamespace,
} from '../../lib';
import { declaredAt } from '../../lib/deployment/declared-at';
import type { Problem } from '../../lib/model/problem';
import { ZeroTrustError } from '../../lib/model/problem';

const because = 'agents look things up';
const ports = [Port.tcp(443)];

function problemsOf(make: () => unknown): readonly Problem[] {
  try {
    make();
  } catch (error) {
    if (error instanceof ZeroTrustError) return error.problems;
    throw error;
  }
  throw new Error('it was not refused');
}

/** The line of this file that calls this, or one so far below it. */
function here(below = 0): string {
  const line = /declared-at\.test\.ts:(\d+)/.exec(new Error().stack?.split('\n')[2] ?? '')?.[1];
  return `test/deployment/declared-at.test.ts:${Number(line) + below}`;
}

function agents(cluster = Cluster.kubernetes()) {
  const app = new App();
  Cluster.use(app, cluster);
  return new ZeroTrustNamespace(new Chart(app, 'chart'), 'ai-agents', { purpose: 'agents' });
}

function agentTier(space = agents()): AgentTier {
  return new AgentTier(space, 'agent', { pods: Pods.labeled({ app: 'agent' }) });
}

describe('a refusal that concerns a flow', () => {
  it('of an engine says which flow, and which line declared it, so that three hosts give three messages that differ', () => {
    const agent = agentTier();
    const lines: string[] = [];
    for (const name of ['api.tavily.com', 'serpapi.com']) {
      lines.push(here(1));
      agent.connections.allowTo(Hostname.exact(name), { ports, because });
    }
    lines.push(here(1));
    agent.connections.allowTo(Hostname.exact('arxiv.org'), { ports, because });
    const problems = problemsOf(() => PolicyGraph.of(agent));
    expect(problems.map(({ flow, declaredAt: at }) => [flow, at])).toEqual([
      [`ai-agents/agent -> api.tavily.com TCP/443 ("${because}")`, lines[0]],
      [`ai-agents/agent -> arxiv.org TCP/443 ("${because}")`, lines[2]],
      [`ai-agents/agent -> serpapi.com TCP/443 ("${because}")`, lines[1]],
    ]);
  });

  it('is of the line with its traffic where two lines say the same of the same ends', () => {
    const space = agents();
    const agent = agentTier(space);
    const own = new Tier(space, 'own', { pods: Pods.labeled({ app: 'own' }) });
    own.connections.allowFrom(agent, { ports, because });
    const line = here(1);
    own.connections.allowFrom(agent, { ports: [Port.tcp(80)], http: [HttpRule.of({ methods: ['GET'] })], because });
    expect(problemsOf(() => PolicyGraph.of(agent)).map(({ declaredAt: at }) => at)).toEqual([line]);
  });

  it('of a role says as much of it as is right', () => {
    const agent = agentTier();
    const [problem] = problemsOf(() => agent.connections.allowTo(Cidr.of('169.254.169.254/32'), { ports, because }));
    expect(problem).toMatchObject({
      rule: 'metadata-service',
      flow: `ai-agents/agent -> 169.254.169.254/32 TCP/443 ("${because}")`,
      declaredAt: expect.stringMatching(/^test\/deployment\/declared-at\.test\.ts:\d+$/),
    });
    const [reasonless] = problemsOf(() => agent.connections.allowTo(Internet.any(), { ports, because: '' }));
    expect(reasonless.flow).toBe('ai-agents/agent -> internet TCP/443');
    const [portless] = problemsOf(() => agent.connections.allowTo(Internet.any(), { ports: [443] as never, because }));
    expect(portless.flow).toBe(`ai-agents/agent -> internet ("${because}")`);
  });

  it('is of the line that made the tier, where a property declared it, also of a class of the user', () => {
    class Scraper extends InferenceTier {}
    const space = agents(Cluster.kubernetes({ podCidrs: ['10.244.0.0/16'] }));
    const line = here(1);
    const tier = new Scraper(space, 'vllm', {
      pods: Pods.labeled({ app: 'vllm' }),
      modelStorage: [{ peer: Internet.any(), ports }],
    });
    const [problem] = problemsOf(() => PolicyGraph.of(tier));
    expect(problem.rule).toBe('wide-egress');
    expect(problem.declaredAt).toBe(line);
  });

  it('says so of what comes in, and of what was declared of policies of others', () => {
    const space = agents();
    const db = new DataTier(space, 'db', { pods: Pods.labeled({ app: 'db' }), ports: [Port.tcp(5432)] });
    const [inward] = problemsOf(() => db.connections.allowFrom(Internet.any(), { because }));
    expect(inward.flow).toBe(`internet -> ai-agents/db ("${because}")`);
    const nowhere = Pods.labeled({ app: 'x' });
    const [foreign] = problemsOf(() => ForeignPolicy.declare(db, [{ source: nowhere, destination: db, because }]));
    expect(foreign.flow).toBe(`{*}/{app=x} -> ai-agents/db ("${because}")`);
    expect(foreign.declaredAt).toMatch(/^test\/deployment\/declared-at\.test\.ts:/);
  });

  it('says it of every flow that two declarations came to, by the line of one of them', () => {
    const tier = new Tier(agents(), 'tier', { pods: Pods.labeled({ app: 'tier' }) });
    const line = here(2);
    for (const why of [because, 'tools are called'])
      tier.connections.allowTo(Hostname.exact('a.example'), { ports, because: why });
    const problems = problemsOf(() => PolicyGraph.of(tier));
    expect(problems).toHaveLength(1);
    expect(problems[0].declaredAt).toBe(line);
  });
});

describe('where a flow was declared', () => {
  const agent = process.env.JSII_AGENT;
  afterEach(() => {
    if (agent === undefined) delete process.env.JSII_AGENT;
    else process.env.JSII_AGENT = agent;
  });

  it('is not known of a caller in another language, whose process has no line of the user', () => {
    function door() {
      return declaredAt(door);
    }
    expect(door()()).toMatch(/declared-at\.test\.ts:\d+$/);
    process.env.JSII_AGENT = 'Python/3.12';
    expect(door()()).toBeUndefined();
  });

  it('leaves the limit of stacks as it was', () => {
    const before = Error.stackTraceLimit;
    declaredAt(() => undefined);
    expect(Error.stackTraceLimit).toBe(before);
  });
});
