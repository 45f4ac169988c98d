import type { App } from 'cdk8s';
import { remembered } from '../model/remembered';
import type { Cluster } from '../values';
import { partWithEntries } from './part-with-entries';
import { keyOf, type Plan, type PlannedTier } from './plan';
import { realised } from './realised';
import { renderedBy } from './rendered';
import { type Found, refusedIn } from './settled';

/** A plan with what it is declared by. */
export interface Declared {
  readonly plan: Plan;
  readonly app: App;
}

/**
 * Tiers as the catalog has them, where that renders what the tier alone does, to the byte: an entry knows what its system
 * needs, which may be more than passes today, and roles refuse what today may hold. Where it is otherwise the tier stays as
 * it is, and says why.
 *
 * Which entries hold is found in the part of the plan that is about them; the whole is declared once more, to see that it
 * is so.
 */
export function withEntries(settled: Declared, cluster: Cluster): Declared {
  const asked: Plan = { ...settled.plan, tiers: settled.plan.tiers.map(taken) };
  if (!hasEntries(asked)) return { plan: asked, app: settled.app };
  return entriesThatHold(settled.app, foundInPart(asked, cluster), cluster);
}

/** Gives up entries, one at least in each round, until those that are left render what is rendered without any. */
function entriesThatHold(without: App, plan: Plan, cluster: Cluster): Declared {
  let current = plan;
  while (hasEntries(current)) {
    const made = realised(current, cluster);
    const reasons = reasonsAgainst(refusedIn(made, current), current);
    if (reasons.size === 0)
      for (const each of changed(textsOf(without), textsOf(made.app), current)) reasons.set(each, OTHERWISE);
    if (reasons.size === 0) return { plan: current, app: made.app };
    current = { ...current, tiers: current.tiers.map((tier) => withoutEntry(tier, reasons.get(keyOf(tier)))) };
  }
  return { plan: current, app: without };
}

/** The plan with the entries that hold in the part about them; as it is where that would be no less work. */
function foundInPart(plan: Plan, cluster: Cluster): Plan {
  const part = partWithEntries(plan);
  if (2 * part.flows.length > plan.flows.length) return plan;
  const plain: Plan = { ...part, tiers: part.tiers.map((tier) => withoutEntry(tier, '')) };
  const without = realised(plain, cluster);
  if (refusedIn(without, plain).length > 0) return plan;
  const found = new Map(entriesThatHold(without.app, part, cluster).plan.tiers.map((tier) => [keyOf(tier), tier]));
  return { ...plan, tiers: plan.tiers.map((tier) => found.get(keyOf(tier)) ?? tier) };
}

function hasEntries({ tiers }: Plan): boolean {
  return tiers.some(({ entry }) => entry !== undefined);
}

const OTHERWISE = 'its entry opens what does not pass today, or less';

function taken({ candidate, ...tier }: PlannedTier): PlannedTier {
  return candidate === undefined ? tier : { ...tier, candidate, entry: candidate };
}

function withoutEntry(tier: PlannedTier, whyNoEntry: string | undefined): PlannedTier {
  if (whyNoEntry === undefined || tier.entry === undefined) return tier;
  const { entry: _, ...plain } = tier;
  return { ...plain, whyNoEntry };
}

/** Tiers whose entry is in the way, with what it is refused for; of what is about no such tier, all of them. */
function reasonsAgainst(found: readonly Found[], { tiers, flows }: Plan): Map<string, string> {
  const ofEntries = new Set(tiers.filter(({ entry }) => entry !== undefined).map(keyOf));
  const reasons = new Map<string, string>();
  for (const { problem, flow, tier } of found) {
    const about = flow === undefined ? [tier ?? ''] : [flows[flow].tier, peerOf(flows[flow].peer)];
    const own = about.filter((key) => ofEntries.has(key));
    for (const key of own.length > 0 ? own : ofEntries)
      reasons.set(key, `its entry is refused beside what passes today (${problem.rule})`);
  }
  return reasons;
}

function peerOf(peer: Plan['flows'][number]['peer']): string {
  return peer.kind === 'tier' ? peer.tier : '';
}

/** Tiers with an entry whose policy is another one now; where something else is, all of them. */
function changed(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  { tiers }: Plan,
): readonly string[] {
  const ofEntries = tiers.filter(({ entry }) => entry !== undefined).map(keyOf);
  const others = [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
  const own = ofEntries.filter((key) => others.includes(key));
  return others.every((key) => own.includes(key)) ? own : ofEntries;
}

/** What is rendered, by namespace and name: a tier has a policy of its own name. */
const textsOf = remembered((app: App): ReadonlyMap<string, string> => {
  const texts = new Map<string, string>();
  for (const object of renderedBy(app)) {
    const { namespace = '', name } = object.metadata;
    const key = `${namespace}/${name}`;
    texts.set(key, `${texts.get(key) ?? ''}${JSON.stringify(object)}\n`);
  }
  return texts;
});
