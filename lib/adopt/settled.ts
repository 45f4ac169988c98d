import type { App } from 'cdk8s';
import type { Problem } from '../model/problem';
import { problemText } from '../model/problem';
import { ZeroTrustFindings } from '../tiers';
import { type Cluster, Rule } from '../values';
import { blocksApart } from './blocks-together';
import { isLarge, looksLarge } from './large-policies';
import {
  keyOf,
  type LeftOut,
  type Plan,
  type PlannedFlow,
  type PlannedNamespace,
  type PlannedTier,
  type Waiver,
} from './plan';
import { positionIn, type Realised, realised } from './realised';

/** A plan that is accepted, with what had to go for it. */
export interface Settled {
  readonly plan: Plan;
  readonly left: readonly LeftOut[];
  /** What stands in the way of every plan; empty where the plan is accepted. */
  readonly problems: readonly Problem[];
  /** The plan as it was declared last. */
  readonly app: App;
}

/**
 * Declares the plan until nothing is refused: what may be acknowledged is, since it is so today, and what may not is left
 * out and said.
 */
export function settled(plan: Plan, cluster: Cluster): Settled {
  if (plan.isLarge === true || !looksLarge(plan)) return settledRounds(plan, cluster);
  const guessed = settledRounds({ ...plan, isLarge: true }, cluster);
  return guessed.problems.length === 0 && isLarge(guessed.app) ? guessed : settledRounds(plan, cluster);
}

function settledRounds(plan: Plan, cluster: Cluster): Settled {
  const left: LeftOut[] = [];
  let current = plan;
  // Each round waives or leaves out something, and a rule is waived once at one place.
  for (;;) {
    const made = realised(current, cluster);
    const { app } = made;
    const found = refusedIn(made, current);
    if (found.length === 0) return { plan: current, left, problems: [], app };
    const round = new Round(current);
    for (const each of found) round.take(each);
    if (!round.isChanged) return { plan: current, left, problems: found.map(({ problem }) => problem), app };
    left.push(...round.left);
    current = round.plan();
  }
}

/** What is refused of a plan: as it is declared, or as a whole. */
export function refusedIn({ app, refused }: Realised, plan: Plan): readonly Found[] {
  if (refused.length === 0) {
    const errors = ZeroTrustFindings.of(app).findings.filter(({ level }) => level === 'error');
    return errors.map((problem) => located(problem, plan));
  }
  return refused.flatMap(({ error, flow, tier }) =>
    error.problems.map((problem) => ({
      problem,
      ...(flow !== undefined && { flow }),
      ...(tier !== undefined && { tier }),
    })),
  );
}

export interface Found {
  readonly problem: Problem;
  readonly flow?: number;
  readonly tier?: string;
  readonly namespace?: string;
}

function located(problem: Problem & { readonly about?: string }, plan: Plan): Found {
  const flow = positionIn(problem.declaredAt) ?? positionOf(problem, plan);
  if (flow !== undefined) return { problem, flow };
  const [, namespace, tier] = problem.where?.split('/') ?? [];
  if (tier !== undefined && plan.tiers.some((each) => keyOf(each) === `${namespace}/${tier}`)) {
    return { problem, tier: `${namespace}/${tier}` };
  }
  return namespace === undefined ? { problem } : { problem, namespace };
}

/** By its tier and its reason, where what is said of a flow was made of what is rendered, and has no place. */
function positionOf({ about = '', flow = '' }: Problem & { readonly about?: string }, { flows }: Plan) {
  const said = `${about} ${flow}`;
  const position =
    said === ' ' ? -1 : flows.findIndex(({ tier, because }) => said.includes(tier) && said.includes(because));
  return position === -1 ? undefined : position;
}

/** What would open more than passes today is not waived: names as every address, requests as all traffic. */
const WIDENING: readonly string[] = [Rule.ENGINE_HOST_NAMES, Rule.ENGINE_REQUESTS];

const WAIVABLE: readonly string[] = Object.values(Rule).filter((rule) => !WIDENING.includes(rule));

/** One round: what is found is taken in turn, each thing kept at its place until the round is over. */
class Round {
  public readonly left: LeftOut[] = [];
  private readonly namespaces: (PlannedNamespace | undefined)[];
  private readonly tiers: (PlannedTier | undefined)[];
  private readonly flows: (PlannedFlow | undefined)[];
  private readonly tierAt: ReadonlyMap<string, number>;
  private readonly gone = new Set<string>();
  private readonly apart: PlannedFlow[] = [];
  private hasTaken = false;
  private readonly wasLarge: boolean;
  private isLarge: boolean;

  constructor(plan: Plan) {
    this.wasLarge = plan.isLarge === true;
    this.isLarge = this.wasLarge;
    this.namespaces = [...plan.namespaces];
    this.tiers = [...plan.tiers];
    this.flows = [...plan.flows];
    this.tierAt = new Map(plan.tiers.map((tier, position) => [keyOf(tier), position]));
  }

  public take({ problem, flow, tier, namespace }: Found): void {
    if (problem.rule === 'annotation-size' && !this.wasLarge) this.isLarge = true;
    else if (flow !== undefined) this.takeFlow(flow, problem);
    else if (tier !== undefined) this.takeTier(tier, problem);
    else
      this.waived(
        this.namespaces,
        this.namespaces.findIndex((one) => one?.name === namespace),
        problem,
      );
  }

  public get isChanged(): boolean {
    return this.hasTaken || this.isLarge !== this.wasLarge;
  }

  public plan(): Plan {
    const { gone, apart } = this;
    return {
      ...(this.isLarge && { isLarge: true }),
      namespaces: this.namespaces.filter(isThere),
      tiers: this.tiers.filter(isThere),
      flows: [...this.flows, ...apart]
        .filter(isThere)
        .filter(({ tier, peer }) => !(gone.has(tier) || (peer.kind === 'tier' && gone.has(peer.tier)))),
    };
  }

  /** What is refused of several blocks may be about one of them. */
  private takeFlow(at: number, problem: Problem): void {
    const flow = this.flows[at];
    if (flow?.peer.kind !== 'blocks') {
      const said = (one: PlannedFlow) => ({
        of: one.tier,
        what: `${one.because}, which cannot be declared: ${described(problem)}`,
      });
      this.takeAt(this.flows, at, problem, said);
      return;
    }
    this.flows[at] = undefined;
    this.apart.push(...blocksApart(flow, flow.peer));
    this.hasTaken = true;
  }

  /** What is said of a tier goes with it. */
  private takeTier(key: string, problem: Problem): void {
    const said = (one: PlannedTier) => ({ of: keyOf(one), what: described(problem) });
    this.takeAt(this.tiers, this.tierAt.get(key) ?? -1, problem, said);
    if (this.tiers[this.tierAt.get(key) ?? -1] === undefined) this.gone.add(key);
  }

  private takeAt<T extends Waiving>(
    list: (T | undefined)[],
    at: number,
    problem: Problem,
    said: (one: T) => Pick<LeftOut, 'of' | 'what'>,
  ): void {
    const one = list[at];
    if (one === undefined || this.waived(list, at, problem)) return;
    list[at] = undefined;
    this.left.push({ kind: 'refused', ...said(one) });
    this.hasTaken = true;
  }

  /** Whether a waiver is enough; one that did not help before does not help again. */
  private waived<T extends Waiving>(list: (T | undefined)[], at: number, { rule }: Problem): boolean {
    const one = list[at];
    if (one === undefined || !WAIVABLE.includes(rule) || isWaived(one.waived, rule)) return false;
    list[at] = { ...one, waived: [...one.waived, { rule, because: 'it is so today' }] };
    this.hasTaken = true;
    return true;
  }
}

interface Waiving {
  readonly waived: readonly Waiver[];
}

function isThere<T>(one: T | undefined): one is T {
  return one !== undefined;
}

function isWaived(waived: readonly Waiver[], rule: string): boolean {
  return waived.some((each) => each.rule === rule);
}

function described(problem: Problem): string {
  const { where: _, flow: __, declaredAt: ___, ...said } = problem;
  return problemText(said).replaceAll('\n', ' ');
}
