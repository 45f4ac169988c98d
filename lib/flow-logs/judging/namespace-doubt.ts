import { type Match, matchOfLabels } from '../../analysis/connectivity/match';
import type { Labels } from '../../model/labels';
import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import type { Direction, Isolation, Plane, Rule } from '../../model/layer';
import type { PodSet } from '../../model/pod-set';
import type { World } from '../../model/world';
import type { AttributedEnd } from '../attribution/end';
import { matchOfPod } from '../attribution/matches-endpoint';

/** Says where the policies of a pair of ends hang on labels of a namespace that no manifest shows. */
export class NamespaceDoubt {
  private readonly namespaces: ReadonlyMap<string, Labels>;
  private readonly rules: readonly Rule[];
  private readonly isolations: readonly Isolation[];

  constructor(world: World, { layers }: Plane) {
    this.namespaces = new Map(
      world.namespaces.filter(({ isMentioned }) => isMentioned !== true).map(({ name, labels }) => [name, labels]),
    );
    this.rules = layers.flatMap(({ rules }) => rules).filter((rule) => setsOf(rule).some(asksLabels));
    this.isolations = layers.flatMap(({ isolations }) => isolations).filter(({ subject }) => asksLabels(subject));
  }

  /** The namespaces whose labels could decide, by name. */
  of(from: AttributedEnd, to: AttributedEnd): readonly string[] {
    const strangers = [from, to].filter((end) => this.isStranger(end));
    if (strangers.length === 0) return [];
    return [...new Set(strangers.filter((end) => this.decides(end, from, to)).map(namespaceOf))];
  }

  private isStranger({ known }: AttributedEnd): boolean {
    return known.kind === 'pods' && !this.namespaces.has(known.namespace);
  }

  private decides(end: AttributedEnd, from: AttributedEnd, to: AttributedEnd): boolean {
    return (
      this.isolations.some(({ subject, direction }) => own(direction, from, to) === end && this.hangs(subject, end)) ||
      this.rules.some((rule) => this.decidesRule(rule, end, from, to))
    );
  }

  private decidesRule({ subject, peers, direction }: Rule, end: AttributedEnd, from: AttributedEnd, to: AttributedEnd) {
    const self = own(direction, from, to);
    const other = self === from ? to : from;
    if (this.match(subject, self) === 'no') return false;
    const mayMatch = peers.filter((peer) => peer.kind !== 'pods' || this.match(peer.pods, other) !== 'no');
    if (mayMatch.length === 0) return false;
    if (self === end && this.hangs(subject, end)) return true;
    return other === end && mayMatch.some((peer) => peer.kind === 'pods' && this.hangs(peer.pods, end));
  }

  private match(set: PodSet, { known }: AttributedEnd): Match {
    if (known.kind !== 'pods') return known.kind === 'unknown' ? 'perhaps' : 'no';
    const { namespaceLabels: _, ...pods } = known;
    return matchOfPod(set, pods, this.namespaces);
  }

  /** Whether it is the labels of the namespace that it hangs on. */
  private hangs(set: PodSet, end: AttributedEnd): boolean {
    if (!asksLabels(set) || this.match(set, end) === 'no') return false;
    const labels = { [NAMESPACE_NAME_LABEL]: namespaceOf(end) };
    return matchOfLabels(set.namespaces, { labels, unknownLabels: 'any' }) === 'perhaps';
  }
}

function own(direction: Direction, from: AttributedEnd, to: AttributedEnd): AttributedEnd {
  return direction === 'egress' ? from : to;
}

function namespaceOf({ known }: AttributedEnd): string {
  return known.kind === 'pods' ? known.namespace : '';
}

function setsOf({ subject, peers }: Rule): readonly PodSet[] {
  return [subject, ...peers.flatMap((peer) => (peer.kind === 'pods' ? [peer.pods] : []))];
}

function asksLabels({ namespaces }: PodSet): boolean {
  return namespaces.constraints.some(({ key }) => key !== NAMESPACE_NAME_LABEL);
}
