import type { Differences, PlaneOptions } from '../analysis';
import type { Seen } from '../checks/seen';
import type { ClusterFacts } from '../model/cluster-facts';
import type { Problem } from '../model/problem';
import { PolicyProof } from '../tiers';
import type { Cluster } from '../values';
import { blocksAsTheyAre } from './blocks-as-they-are';
import { blocksTogether } from './blocks-together';
import { heldAgainstToday } from './held-against-today';
import type { LeftOut, Plan } from './plan';
import { readableBy } from './rendered';
import type { RequestsBetween } from './requests-between';
import type { SeenFlow } from './seen-flows';
import { settled } from './settled';
import { todaysPlan } from './todays-plan';
import { withEntries } from './with-entries';

/** What is made of manifests that were not written with this library. */
export interface Adoption {
  readonly plan: Plan;
  /** What of today's connections the plan does not take over, and why. */
  readonly left: readonly LeftOut[];
  /** What stands in the way of every declaration; empty where there is a plan that holds. */
  readonly problems: readonly Problem[];
  readonly proof?: PolicyProof;
  /** Today's connections against those that the plan declares, policies of others left as they are. */
  readonly differences?: Differences;
  /** Requests between tiers; absent where no policy looks into requests. */
  readonly requests?: RequestsBetween;
}

export interface AdoptOptions {
  readonly namespaces: readonly string[];
  readonly cluster: Cluster;
  /** What logs show. @default there are none */
  readonly evidence?: readonly SeenFlow[];
  /** How the engine decides, as today's manifests were read. */
  readonly plane: PlaneOptions;
}

/** Declares what is allowed today, proves what is rendered of it, and holds it against today. */
export function adopted(seen: Seen, { namespaces, cluster, plane, evidence }: AdoptOptions): Adoption {
  const today = todaysPlan(seen, namespaces, cluster._facts, evidence);
  const { left, problems, ...accepted } = settled(asDeclared(today.plan, cluster._facts), cluster);
  const all = [...today.left, ...left];
  if (problems.length > 0) return { plan: accepted.plan, left: all, problems };
  if (lacksFlows(accepted.plan)) return { plan: accepted.plan, left: all, problems: [nothingProblem(all)] };
  const { plan, app } = withEntries(accepted, cluster);
  return {
    plan,
    left: all,
    problems,
    proof: PolicyProof.of(app),
    ...heldAgainstToday(seen, readableBy(app), { namespaces, plane, tiers: plan.tiers }),
  };
}

/** Blocks of today as a declaration has them. */
function asDeclared(plan: Plan, facts: ClusterFacts): Plan {
  return blocksTogether(blocksAsTheyAre(plan, facts), facts);
}

function lacksFlows({ flows, tiers }: Plan): boolean {
  return flows.length === 0 && !tiers.some(({ dns }) => dns);
}

/** What was left out is why: a reader of the refusal sees no report. */
function nothingProblem(left: readonly LeftOut[]): Problem {
  const reasons = left.filter(({ kind }) => kind !== 'by-address' && kind !== 'unused');
  const told = reasons.slice(0, MOST_TOLD).map(({ of, what }) => `; ${of}: ${what}`);
  const more = reasons.length > MOST_TOLD ? `; and ${reasons.length - MOST_TOLD} more` : '';
  return {
    rule: 'adoption-empty',
    what: `nothing passes today that a declaration could allow, so that there is nothing to prove${told.join('')}${more}`,
    allowed: 'manifests in which something is let through to workloads, or by them',
    fix: 'Give the policies and workloads of all namespaces that talk to one another, in one run.',
  };
}

const MOST_TOLD = 3;
