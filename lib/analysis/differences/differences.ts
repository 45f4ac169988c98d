import { internet } from '../../cluster/special-addresses';
import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { Plane } from '../../model/layer';
import type { World } from '../../model/world';
import { type ByClass, connectivity } from '../connectivity/connectivity';
import { passingByName, standIns, withoutNames } from '../hosts-by-name';
import { podSetsOf, unseenPods, withUnseen } from '../unseen-pods';
import { causesOf } from './causes';
import type { BareChange, Change, ChangeEnd } from './change';
import { reasonsOf } from './change-reasons';
import { concerning } from './concerning';
import { type HostChange, hostChanges } from './host-changes';
import { type JointClass, jointClasses } from './joint-classes';
import { type OutsideChange, outsideChanges } from './outside-changes';
import { type PairChange, pairChanges } from './pair-changes';
import { type PolicyChange, policyChanges, type RequestsChange, requestsChanges, saidIn } from './policy-changes';
import { touchedWorkloads } from './touched';
import { CHANGE_KINDS, type ChangeKind } from './verdict-change';
import { VerdictChanges } from './verdict-changes';

/** Manifests at one time: who exists, and how an engine decides. */
export interface State {
  readonly world: World;
  readonly plane: Plane;
  /** Every address that a pod can have. @default all addresses */
  readonly podAddresses?: IpSet;
  /** The objects as they are written, whose policies may say what they are for. @default none: changes have no reasons */
  readonly written?: readonly { readonly object: unknown }[];
}

/** What changed between two states: of paths, and of the policies that decide about them. */
export interface Differences {
  /** What opens first; those alike are one. */
  readonly changes: readonly Change[];
  /** Paths of each kind. */
  readonly paths: Readonly<Record<ChangeKind, number>>;
  /** Policies whose meaning changed, whether or not a path did. */
  readonly policies: readonly PolicyChange[];
  /** Which requests policies let through, where that changed: not reckoned with in paths. */
  readonly requests: readonly RequestsChange[];
  /** Ids of workloads that are there on one side only. */
  readonly workloads: { readonly added: readonly string[]; readonly removed: readonly string[] };
  /** Pods that no manifest shows and that changed policies are about, by their ids: `ingress/app=nginx`, `ingress/*`. */
  readonly unseen: World['workloads'];
  /** What the engines are called, where another decides. */
  readonly engine?: { readonly before: string; readonly after: string };
}

export interface DifferencesOptions {
  /** Works everything out in both states, whatever cannot have changed; a matter of speed alone. @default false */
  readonly isWhole?: boolean;
}

/**
 * Compares two states: every path between workloads (by their ids), with addresses, entities and names that rules have.
 *
 * Each state is worked out by itself, and the two are compared class by class, so that the work grows with classes of
 * workloads that are alike, and not with pods; where few of them are touched by what changed, only the rules that concern
 * these are asked. A path is what may pass; what changes from perhaps to certainly, or the other way, is a change of its own
 * kind. What is allowed by name is told by name, and says nothing of addresses. Pods that no manifest shows are compared as
 * workloads are, where a policy that changed is about them.
 */
export function differences(old: State, own: State, { isWhole = false }: DifferencesOptions = {}): Differences {
  const policies = policyChanges(old.plane, own.plane);
  const parts = policies.flatMap(({ gone, come }) => [...gone, ...come]);
  const sets = parts.flatMap((part) => podSetsOf(saidIn(part)));
  const unseen = unseenPods(sets, [old.world, own.world]);
  const [before, after] = [old, own].map((state) => ({ ...state, world: withUnseen(state.world, unseen) }));
  const ids = isWhole ? undefined : touchedWorkloads(before, after, policies);
  const asked = ids === undefined ? { before, after } : concerning(ids, before, after);
  const [was, is] = [sideOf(asked.before), sideOf(asked.after)];
  const classes = jointClasses(was, is);
  const touched = positionsOf(ids, classes);
  const changes = new VerdictChanges(was.byClass, is.byClass);
  const toChange = (change: number) => changes.get(change);
  const found = [
    ...pairChanges(classes, touched, was.byClass, is.byClass, changes).map((each) =>
      ofPair(each, classes, toChange(each.change)),
    ),
    ...outsideChanges(classes, touched, was.byClass, is.byClass, changes).map((each) =>
      ofOutside(each, classes, toChange(each.change)),
    ),
    ...changesByName(asked.before, asked.after, classes, was.byClass, is.byClass),
  ].filter(({ paths }) => paths > 0);
  const causes = causesOf(before, after, policies);
  const reasons = reasonsOf(before, after);
  const missing = (side: 'before' | 'after') =>
    classes.flatMap((joint) => (joint[side] === undefined ? joint.ids : [])).sort();
  return {
    changes: found.sort(byWeight).map((bare) => {
      const change = { ...bare, causes: causes(bare) };
      return { ...change, reasons: reasons(change) };
    }),
    paths: Object.fromEntries(
      CHANGE_KINDS.map((kind) => [kind, sum(found.filter((change) => change.kind === kind))]),
    ) as Record<ChangeKind, number>,
    policies,
    requests: requestsChanges(policies),
    workloads: { added: missing('before'), removed: missing('after') },
    unseen: unseen.workloads,
    ...(before.plane.name !== after.plane.name && { engine: { before: before.plane.name, after: after.plane.name } }),
  };
}

/** Rising; all of them where it is not known which are touched. */
function positionsOf(touched: ReadonlySet<string> | undefined, classes: readonly JointClass[]): readonly number[] {
  const all = [...classes.keys()];
  return touched === undefined ? all : all.filter((position) => classes[position].ids.some((id) => touched.has(id)));
}

type Found = BareChange;
type Verdicts = Pick<Change, 'kind' | 'before' | 'after'>;

interface Side {
  readonly workloads: World['workloads'];
  readonly byClass: ByClass;
}

function sideOf({ world, plane, podAddresses }: State): Side {
  const { byClass } = connectivity(world, withoutNames(plane), podAddresses && { podAddresses });
  return { workloads: world.workloads, byClass };
}

function ofPair({ from, to, presence }: PairChange, classes: readonly JointClass[], verdicts: Verdicts): Found {
  const all = { sources: idsOf(from, classes), targets: idsOf(to, classes) };
  const sources = withoutItself(all.sources, all.targets);
  const targets = withoutItself(all.targets, all.sources);
  const others = new Set(targets);
  return {
    ...verdicts,
    from: { kind: 'workloads', workloads: sources },
    to: { kind: 'workloads', workloads: targets },
    presence,
    paths: sources.length * targets.length - sources.filter((id) => isOnePod(id) && others.has(id)).length,
    internet: undefined,
  };
}

/** A Pod is one: it has no other of its own to talk to. */
function isOnePod(id: string): boolean {
  return id.split('/')[1] === 'Pod';
}

function withoutItself(ids: readonly string[], others: readonly string[]): readonly string[] {
  const [only] = others;
  return others.length === 1 && isOnePod(only) && ids.length > 1 ? ids.filter((id) => id !== only) : ids;
}

function ofOutside(change: OutsideChange, classes: readonly JointClass[], verdicts: Verdicts): Found {
  const { direction, end, presence } = change;
  const workloads: ChangeEnd = { kind: 'workloads', workloads: idsOf(change.classes, classes) };
  const other: ChangeEnd =
    typeof end === 'string' ? { kind: 'entity', entity: end } : { kind: 'addresses', addresses: end };
  const isInternet = typeof end !== 'string' && ips.intersects(end, internet);
  return {
    ...verdicts,
    ...(direction === 'egress' ? { from: workloads, to: other } : { from: other, to: workloads }),
    presence,
    paths: workloads.workloads.length,
    internet: isInternet ? (direction === 'egress' ? 'to' : 'from') : undefined,
  };
}

function ofHost(
  { host, presence, classes: of }: HostChange,
  classes: readonly JointClass[],
  verdicts: Verdicts,
): Found {
  const workloads = idsOf(of, classes);
  return {
    ...verdicts,
    from: { kind: 'workloads', workloads },
    to: { kind: 'host', host },
    presence,
    paths: workloads.length,
    internet: 'to',
  };
}

function changesByName(
  before: State,
  after: State,
  classes: readonly JointClass[],
  was: ByClass,
  is: ByClass,
): readonly Found[] {
  const hosts = standIns([before.plane, after.plane]);
  if (hosts.length === 0) return [];
  const old = passingByName(before.world, before.plane, hosts, was);
  const own = passingByName(after.world, after.plane, hosts, is);
  const changes = new VerdictChanges(old, own);
  return hostChanges(classes, hosts, old, own, changes).map((each) => ofHost(each, classes, changes.get(each.change)));
}

/** Of joint classes, sorted. */
function idsOf(positions: readonly number[], classes: readonly JointClass[]): readonly string[] {
  if (positions.length === 1) return classes[positions[0]].ids;
  return positions.flatMap((position) => classes[position].ids).sort();
}

function sum(changes: readonly Found[]): number {
  return changes.reduce((total, { paths }) => total + paths, 0);
}

/** Kinds in their order; of one kind the internet before the rest, those among workloads that stayed, then by name. */
function byWeight(a: Found, b: Found): number {
  return (
    CHANGE_KINDS.indexOf(a.kind) - CHANGE_KINDS.indexOf(b.kind) ||
    Number(b.internet !== undefined) - Number(a.internet !== undefined) ||
    Number(b.presence === 'stayed') - Number(a.presence === 'stayed') ||
    compare(endKey(a.from), endKey(b.from)) ||
    compare(endKey(a.to), endKey(b.to))
  );
}

function endKey(end: ChangeEnd): string {
  switch (end.kind) {
    case 'workloads':
      return end.workloads.join(' ');
    case 'addresses':
      return ips.ipsText(end.addresses);
    case 'entity':
      return end.entity;
    case 'host':
      return JSON.stringify(end.host);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
