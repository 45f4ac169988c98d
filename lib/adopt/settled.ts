import type { Problem } from '../model/problem';
import { problemText } from '../model/problem';
import { ZeroTrustFindings } from '../tiers';
import { type Cluster, Rule } from '../values';
import { keyOf, type LeftOut, type Plan, type Waiver } from './plan';
import { positionIn, realised } from './realised';

/** A plan that is accepted, with what had to go for it. */
export interface Settled {
  readonly plan: Plan;
  readonly left: readonly LeftOut[];
  /** What stands in the way of every plan; empty where the plan is accepted. */
  readonly problems: readonly Problem[];
}

/**
 * Declares the plan until nothing is refused: what may be acknowledged is, since it is so today, and what may not is left
 * out and said.
 */
export function settled(plan: Plan, cluster: Cluster): Settled {
  const left: LeftOut[] = [];
  let current = plan;
  // Each round waives or leaves out something, and a rule is waived once at one place.
  for (;;) {
    const { app, refused } = realised(current, cluster, true);
    const found: Found[] = refused.flatMap(({ error, flow, tier }) =>
      error.problems.map((problem) => ({
        problem,
        ...(flow !== undefined && { flow }),
        ...(tier !== undefined && { tier }),
      })),
    );
    if (found.length === 0) {
      const errors = ZeroTrustFindings.of(app).findings.filter(({ level }) => level === 'error');
      found.push(...errors.map((problem) => located(problem, current)));
    }
    if (found.length === 0) return { plan: current, left, problems: [] };
    const next = found.reduce((so, each) => withOne(so, each), { plan: current, left: [] as readonly LeftOut[] });
    if (next.plan === current) return { plan: current, left, problems: found.map(({ problem }) => problem) };
    left.push(...next.left);
    current = withoutGaps(next.plan);
  }
}

interface Found {
  readonly problem: Problem;
  readonly flow?: number;
  readonly tier?: string;
  readonly namespace?: string;
}

function located(problem: Problem & { readonly about?: string }, plan: Plan): Found {
  const flow = positionIn([problem.about, problem.flow, problem.what].join(' '));
  if (flow !== undefined) return { problem, flow };
  const [, namespace, tier] = problem.where?.split('/') ?? [];
  if (tier !== undefined && plan.tiers.some((each) => keyOf(each) === `${namespace}/${tier}`)) {
    return { problem, tier: `${namespace}/${tier}` };
  }
  return namespace === undefined ? { problem } : { problem, namespace };
}

/** What would open more than passes today is not waived: names as every address, requests as all traffic. */
const WIDENING: readonly string[] = [Rule.ENGINE_HOST_NAMES, Rule.ENGINE_REQUESTS];

const WAIVABLE: readonly string[] = Object.values(Rule).filter((rule) => !WIDENING.includes(rule));

interface Step {
  readonly plan: Plan;
  readonly left: readonly LeftOut[];
}

function withOne({ plan, left }: Step, { problem, flow, tier, namespace }: Found): Step {
  const waiver: Waiver = { rule: problem.rule, because: 'it is so today' };
  const isWaivable = WAIVABLE.includes(problem.rule);
  if (flow !== undefined) {
    const one = plan.flows[flow];
    if (one === undefined) return { plan, left };
    if (isWaivable && !isWaived(one.waived, waiver)) {
      const flows = plan.flows.with(flow, { ...one, waived: [...one.waived, waiver] });
      return { plan: { ...plan, flows }, left };
    }
    return {
      plan: { ...plan, flows: plan.flows.with(flow, GONE) },
      left: [...left, { of: one.tier, what: `${described(problem)}` }],
    };
  }
  if (tier !== undefined) {
    const position = plan.tiers.findIndex((each) => keyOf(each) === tier);
    const one = plan.tiers[position];
    if (isWaivable && !isWaived(one.waived, waiver)) {
      return { plan: { ...plan, tiers: plan.tiers.with(position, { ...one, waived: [...one.waived, waiver] }) }, left };
    }
    const tiers = plan.tiers.filter((each) => each !== one);
    const flows = plan.flows.map((each) => (isOf(each, tier) ? GONE : each));
    return { plan: { ...plan, tiers, flows }, left: [...left, { of: tier, what: described(problem) }] };
  }
  const position = plan.namespaces.findIndex(({ name }) => name === namespace);
  const one = plan.namespaces[position];
  if (one === undefined || !isWaivable || isWaived(one.waived, waiver)) return { plan, left };
  return {
    plan: { ...plan, namespaces: plan.namespaces.with(position, { ...one, waived: [...one.waived, waiver] }) },
    left,
  };
}

/** Keeps its place until the round is over, so that positions stay what they are. */
const GONE: Plan['flows'][number] = {
  tier: '',
  direction: 'egress',
  peer: { kind: 'tier', tier: '' },
  ports: {
    TCP: { ranges: [], names: [] },
    UDP: { ranges: [], names: [] },
    SCTP: { ranges: [], names: [] },
    other: false,
  },
  because: '',
  waived: [],
};

function withoutGaps(plan: Plan): Plan {
  return { ...plan, flows: plan.flows.filter((flow) => flow !== GONE) };
}

function isOf({ tier, peer }: Plan['flows'][number], key: string): boolean {
  return tier === key || (peer.kind === 'tier' && peer.tier === key);
}

function isWaived(waived: readonly Waiver[], { rule }: Waiver): boolean {
  return waived.some((each) => each.rule === rule);
}

function described(problem: Problem): string {
  const { where: _, flow: __, declaredAt: ___, ...said } = problem;
  return problemText(said)
    .replace(/flow number \d+/g, 'the flow')
    .replaceAll('\n', ' ');
}
