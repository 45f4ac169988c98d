import { objectText } from '../../kinds/manifest';
import { type HostPattern, hostImplies } from '../../model/host-pattern';
import { into } from '../../model/into';
import * as ips from '../../model/ip-set';
import type { Plane, Rule, RulePeer } from '../../model/layer';
import { soleNamespace } from '../../model/pod-set';
import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';
import type { Labels } from '../../model/selector';
import type { Workload, World } from '../../model/world';
import type { Verdict } from '../connectivity/verdicts';
import { type ConnectionEnd, matchOfPeer, matchOfSelection } from '../explanation/connection';
import type { BareChange, Cause, ChangeEnd } from './change';
import { type Part, type PolicyChange, reordered, saidIn } from './policy-changes';

/** A state as causes are looked for in it. */
export interface CauseSide {
  readonly world: World;
  readonly plane: Plane;
}

/**
 * Finds what made a change: policies of which something that came or went is about it; where there is none, the order of
 * policies, the ends themselves, or the engine. One pair of the change stands for all, since they are alike.
 */
export function causesOf(
  before: CauseSide,
  after: CauseSide,
  policies: readonly PolicyChange[],
): (change: BareChange) => readonly Cause[] {
  const [was, is] = [endsOf(before), endsOf(after)];
  const layers = reordered(before.plane, after.plane);
  const isOtherEngine = engineText(before.plane) !== engineText(after.plane);
  const gone = boundBy(policies, 'gone', was);
  const come = boundBy(policies, 'come', is);
  return (change) => {
    const traffic = { gained: gainedBy(change), lost: lostBy(change) };
    const positions = new Set([
      ...aboutChange(gone, change, was, (part) => (opens(part) ? traffic.lost : traffic.gained)),
      ...aboutChange(come, change, is, (part) => (opens(part) ? traffic.gained : traffic.lost)),
    ]);
    const found = [...positions]
      .sort((a, b) => a - b)
      .map((position): Cause => {
        const { change: kind, policy } = policies[position];
        return { kind: 'policy', change: kind, policy };
      });
    const ofEnds = [change.from, change.to].flatMap((end) => causesOfEnd(end, was, is));
    if (found.length > 0 && change.presence === 'stayed') return [...found, ...ofEnds];
    if (ofEnds.length > 0) return unique([...ofEnds, ...found]);
    if (layers.length > 0) return layers.map((layer) => ({ kind: 'order', layer }));
    return isOtherEngine ? [{ kind: 'engine' }] : [];
  };
}

type Ends = (end: ChangeEnd) => ConnectionEnd | undefined;

function endsOf({ world }: CauseSide): Ends {
  const workloads = new Map(world.workloads.map((workload) => [workload.id, workload]));
  const labels = new Map(world.namespaces.map(({ name, labels: own }) => [name, own]));
  return (end) => {
    switch (end.kind) {
      case 'workloads': {
        const workload = workloads.get(end.workloads[0]);
        return workload && { kind: 'pod', workload, namespaceLabels: labels.get(workload.namespace) ?? {} };
      }
      case 'addresses':
        return { kind: 'address', address: ips.sampleAddress(end.addresses) ?? '' };
      case 'entity':
        return end;
      case 'host':
        return undefined;
    }
  };
}

/** Something that a policy says no longer, or says now, with the position of the policy. */
interface Said {
  readonly position: number;
  readonly part: Part;
}

/** What is said of the pods of an end: looked up once for each, since one end has many changes. */
type Bound = (end: ChangeEnd) => readonly Said[];

function boundBy(policies: readonly PolicyChange[], side: 'gone' | 'come', ends: Ends): Bound {
  const byNamespace = new Map<string, Said[]>();
  const ofMany: Said[] = [];
  for (const [position, policy] of policies.entries()) {
    for (const part of policy[side]) {
      const name = soleNamespace(saidIn(part).subject.namespaces);
      if (name === undefined) ofMany.push({ position, part });
      else into(byNamespace, name, { position, part });
    }
  }
  const known = new Map<string, readonly Said[]>();
  return (end) => {
    if (end.kind !== 'workloads') return [];
    const [id] = end.workloads;
    const found = known.get(id) ?? boundTo(ends(end), [...ofMany, ...(byNamespace.get(namespaceOf(id)) ?? [])]);
    known.set(id, found);
    return found;
  };
}

function boundTo(end: ConnectionEnd | undefined, said: readonly Said[]): readonly Said[] {
  if (end?.kind !== 'pod') return [];
  return said.filter(({ part }) => matchOfSelection(saidIn(part).subject, end) !== 'no');
}

/** Of the id of a workload, which begins with it. */
function namespaceOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

/** The positions of policies of which something on this side is about the change and works its way. */
function aboutChange(
  bound: Bound,
  { from, to }: BareChange,
  ends: Ends,
  trafficOf: (part: Part) => PortSet,
): readonly number[] {
  return [
    ...aboutEnd(bound(from), 'egress', to, ends, trafficOf),
    ...aboutEnd(bound(to), 'ingress', from, ends, trafficOf),
  ];
}

function aboutEnd(
  said: readonly Said[],
  direction: Rule['direction'],
  other: ChangeEnd,
  ends: Ends,
  trafficOf: (part: Part) => PortSet,
): readonly number[] {
  return said
    .filter(({ part }) => isAbout(part, direction, other, ends, trafficOf(part)))
    .map(({ position }) => position);
}

/** What passes after, surely or perhaps, and did not pass as surely before. */
export function gainedBy({ before, after }: Pick<BareChange, 'before' | 'after'>): PortSet {
  return difference(after, before);
}

export function lostBy({ before, after }: Pick<BareChange, 'before' | 'after'>): PortSet {
  return difference(before, after);
}

function difference(a: Verdict, b: Verdict): PortSet {
  return ports.union(ports.difference(a.may, b.may), ports.difference(a.must, b.must));
}

/** Whether it lets traffic through, rather than to keep it out. A rule that passes on does neither by itself. */
function opens(part: Part): boolean {
  return part.kind === 'rule' && part.rule.action !== 'deny';
}

/** Of a part that binds the end. */
function isAbout(part: Part, direction: Rule['direction'], other: ChangeEnd, ends: Ends, traffic: PortSet): boolean {
  if (ports.isEmpty(traffic)) return false;
  if (part.kind === 'isolation') return part.isolation.direction === direction;
  const { rule } = part;
  return rule.direction === direction && sharesPorts(rule, traffic) && meets(rule, other, ends(other));
}

function meets({ peers, action }: Rule, end: ChangeEnd, found: ConnectionEnd | undefined): boolean {
  if (end.kind === 'host') return peers.some((peer) => hasHost(peer, end.host));
  // What is on some mode of blocks was decided before: here a block may have any pod.
  const facts = { mode: 'may', podAddresses: ips.all } as const;
  return found !== undefined && peers.some((peer) => matchOfPeer(peer, found, facts, action) !== 'no');
}

function hasHost(peer: RulePeer, host: HostPattern): boolean {
  return peer.kind === 'anything' || (peer.kind === 'hosts' && peer.patterns.some((each) => hostImplies(host, each)));
}

function sharesPorts({ ports: own }: Rule, traffic: PortSet): boolean {
  return ports.hasNames(own) || !ports.isEmpty(ports.intersection(own, traffic).possible);
}

function causesOfEnd(end: ChangeEnd, was: Ends, is: Ends): Cause[] {
  if (end.kind !== 'workloads') return [];
  const [before, after] = [was(end), is(end)];
  if (before?.kind !== 'pod' || after?.kind !== 'pod') {
    const change = before === undefined ? 'added' : 'removed';
    return end.workloads.slice(0, 1).map((id) => ({ kind: 'workload', change, id }));
  }
  const causes: Cause[] = [];
  if (podText(before.workload) !== podText(after.workload))
    causes.push({ kind: 'workload', change: 'changed', id: after.workload.id });
  if (labelsText(before.namespaceLabels) !== labelsText(after.namespaceLabels))
    causes.push({ kind: 'namespace', name: after.workload.namespace });
  return causes;
}

/** Equal for pods that policies see alike. */
function podText({ labels, ports: declared, hostNetwork, unknownLabels, mayHaveMorePorts, addresses }: Workload) {
  return JSON.stringify([labelsText(labels), declared, hostNetwork, unknownLabels, mayHaveMorePorts, addresses]);
}

function labelsText(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function engineText({ name, ipBlockMode, layers }: Plane): string {
  return [name, ipBlockMode, ...layers.map((layer) => `${layer.name} ${layer.order} ${layer.otherwise}`)].join('\n');
}

function unique(causes: readonly Cause[]): readonly Cause[] {
  return [...new Map(causes.map((cause) => [causeKey(cause), cause])).values()];
}

function causeKey(cause: Cause): string {
  return cause.kind === 'policy' ? `policy ${objectText(cause.policy)}` : JSON.stringify(cause);
}
