import { aiServiceMesh } from '../../apps/ai-service-mesh';
import {
  AgentTier,
  Cidr,
  Cluster,
  GatewayTier,
  Hostname,
  HttpRule,
  InferenceTier,
  Internet,
  Pods,
  PolicyQuestions,
  PolicyVerdict,
  Port,
  QuestionEnd,
  type Tier,
} from '../../lib';
import { stranger, zeroTrustMatchers } from '../../lib/testing';

const app = aiServiceMesh();
const tierOf = <T extends Tier>(type: new (...given: never[]) => T) =>
  app.node.findAll().find((construct): construct is T => construct instanceof type) as T;
const gateway = tierOf(GatewayTier);
const vllm = tierOf(InferenceTier);
const agent = tierOf(AgentTier);
const questions = PolicyQuestions.of(app);
const port = Port.tcp(8000);

/** What an expectation of jest prints about the same. */
function printed(matcher: 'toAllow' | 'toDeny', from: Tier, to: Tier, asked: Port): string {
  return zeroTrustMatchers[matcher](app, from, to, asked).message();
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}

describe('questions about an app', () => {
  it('are answered yes with the rule that allows it', () => {
    const answer = questions.allows(gateway, vllm, port);
    expect(answer).toMatchObject({
      verdict: PolicyVerdict.YES,
      holds: true,
      question: 'ai-gateway/envoy to ai-inference/vllm on TCP/8000 is allowed',
    });
    expect(answer.explanation).toMatch(/allowed by[\s\S]*vllm/);
    expect(answer.toString()).toBe(`yes: ${answer.question}\n\n${answer.explanation}`);
    expect(() => answer.assertHolds()).not.toThrow();
  });

  it('are answered no with what denies it, and fail a test in the words of the matchers', () => {
    const answer = questions.allows(gateway, vllm, Port.tcp(8001));
    expect(answer).toMatchObject({ verdict: PolicyVerdict.NO, holds: false });
    expect(answer.explanation).toMatch(/denied[\s\S]*nearest is/);
    expect(() => answer.assertHolds()).toThrow(
      `${firstLine(printed('toAllow', gateway, vllm, Port.tcp(8001)))}.\n${answer.explanation}`,
    );
    const denied = questions.denies(gateway, vllm, port);
    expect(denied.verdict).toBe(PolicyVerdict.NO);
    expect(() => denied.assertHolds()).toThrow(firstLine(printed('toDeny', gateway, vllm, port)));
  });

  it('take whatever ends a flow, and ends in words', () => {
    for (const to of [
      Hostname.exact('huggingface.co'),
      QuestionEnd.of('huggingface.co'),
      QuestionEnd.of('203.0.113.7'),
    ]) {
      expect(questions.denies(vllm, to, Port.tcp(443)).verdict).toBe('yes');
    }
    expect(questions.allows(QuestionEnd.of('ai-gateway/app=envoy-gateway'), vllm, port).holds).toBe(true);
    expect(questions.denies(QuestionEnd.stranger('default/app=envoy-gateway'), vllm, port).holds).toBe(true);
    expect(questions.allows(agent, Cidr.of('10.64.0.0/16'), Port.tcp(443)).holds).toBe(true);
    expect(questions.allows(Pods.labeled({ app: 'vllm' }).inNamespace('ai-inference'), gateway, port).holds).toBe(
      false,
    );
    expect(questions.allows(gateway, vllm, port, {}).holds).toBe(true);
    expect(() => questions.allows(gateway, vllm, port, { http: [] })).toThrow(/is given none/);
    expect(questions.allows(gateway, vllm, port, { http: [HttpRule.get('/v1/models')] }).holds).toBe(true);
  });

  it('refuse to say something of an end that nothing is, and of words that are none', () => {
    expect(() => questions.denies(QuestionEnd.of('ai-gateway/app=envoi'), vllm, port)).toThrow(
      /matches nothing in these manifests[\s\S]*QuestionEnd\.stranger/,
    );
    expect(() => questions.explain(QuestionEnd.of('ai-gateway/app=envoi'), vllm)).toThrow(/matches nothing/);
    expect(() => QuestionEnd.of('envoy')).toThrow(/"envoy" is not an end of a connection/);
    expect(() => QuestionEnd.stranger('10.0.0.1')).toThrow(/is not an end/);
    expect(() => questions.reach(Internet.any())).toThrow(/only pods can be taken over/);
  });

  it('explain layer by layer', () => {
    const { verdict, explanation } = questions.explain(gateway, vllm, port);
    expect(verdict).toBe(PolicyVerdict.YES);
    expect(explanation).toMatch(/^yes: ai-gateway\/envoy to ai-inference\/vllm on TCP\/8000\n/);
    expect(questions.explain(agent, vllm, port)).toMatchObject({ verdict: PolicyVerdict.NO });
    expect(questions.explain(gateway, vllm).explanation).toMatch(/TCP\/8000/);
  });

  it('follow an intruder through the pods of tiers that no manifest shows', () => {
    const { reached, exits } = questions.reach(gateway);
    expect(reached).toEqual(expect.arrayContaining(['ai-inference/Pod/vllm', 'ai-data/Pod/model-storage']));
    expect(reached).not.toContain('ai-agents/Pod/ai-agent');
    expect(exits).not.toContain('internet');
    expect(questions.reach(agent).toText()).toMatch(/10\./);
  });

  it('look for paths of any length', () => {
    const noDns = { ignoringDns: true };
    expect(questions.keepsApart(vllm, agent, noDns)).toMatchObject({ verdict: PolicyVerdict.YES });
    const storage = QuestionEnd.of('ai-data/app=model-storage');
    const apart = questions.keepsApart(gateway, storage, noDns);
    expect(apart).toMatchObject({ verdict: PolicyVerdict.NO });
    expect(apart.explanation).toMatch(/vllm/);
    expect(() => apart.assertHolds()).toThrow(/to be kept apart from/);
    expect(questions.keepsApart(gateway, storage, { ...noDns, through: [vllm] }).holds).toBe(true);
  });
});

describe('questions about a folder', () => {
  it('are about what was written, with its lines, and about the cluster that is named', () => {
    const folder = PolicyQuestions.ofFolder('dist/ai-service-mesh', { cluster: Cluster.kubernetes() });
    const [from, to] = ['ai-gateway/app=envoy-gateway', 'ai-inference/app=vllm'].map((words) => QuestionEnd.of(words));
    expect(folder.allows(from, to, port).holds).toBe(true);
    expect(folder.explain(from, to, port).explanation).toMatch(/ai-service-mesh\.k8s\.yaml:\d+/);
    expect(folder.denies(QuestionEnd.stranger('default/app=x'), to, port).holds).toBe(true);
    expect(folder.allows(gateway, vllm, port).holds).toBe(true);
    expect(() => PolicyQuestions.ofFolder('nowhere')).toThrow(/nowhere/);
  });

  it('know a stranger as the matchers do', () => {
    const { pass } = zeroTrustMatchers.toDeny(
      'dist/ai-service-mesh',
      stranger('default/app=x'),
      'ai-inference/app=vllm',
      port,
    );
    expect(pass).toBe(true);
  });
});
