import type { Isolation, Rule, RulePeer } from '../model/layer';
import type { PodSet } from '../model/pod-set';

/** What a selector of Kubernetes' own policies means where an engine gives pods and namespaces labels of its own. */
export interface Meaning {
  readonly pods: PodSet;
  /** It may hold for fewer pods, by a label that no manifest tells. */
  readonly isUncertain: boolean;
}

/** What a set of pods means on the engine; undefined where it asks for no label of the engine. */
export type MeaningOf = (set: PodSet) => Meaning | undefined;

/** Each rule with its selectors as the engine takes them: one more for the peers that it may be about. */
export function rulesAsMeant(rules: readonly Rule[], meaningOf: MeaningOf): readonly Rule[] {
  return rules.flatMap((rule) => {
    const subject = meaningOf(rule.subject);
    const peers = rule.peers.map((peer) => meantPeer(peer, meaningOf));
    if (subject === undefined && peers.every(({ isChanged }) => !isChanged)) return [rule];
    const of = (isUncertain: boolean) => peers.filter((it) => it.isUncertain === isUncertain).map(({ peer }) => peer);
    return [false, true].flatMap((isUncertain): Rule[] => {
      const some = of(isUncertain);
      if (some.length === 0) return [];
      const whom = { ...rule, subject: subject?.pods ?? rule.subject, peers: some };
      return [isUncertain || subject?.isUncertain === true ? { ...whom, isUncertain: true } : whom];
    });
  });
}

/** Each isolation with its selector as the engine takes it. */
export function isolationsAsMeant(isolations: readonly Isolation[], meaningOf: MeaningOf): readonly Isolation[] {
  return isolations.map((isolation) => {
    const meant = meaningOf(isolation.subject);
    if (meant === undefined) return isolation;
    return { ...isolation, subject: meant.pods, ...(meant.isUncertain && { isUncertain: true }) };
  });
}

interface MeantPeer {
  readonly peer: RulePeer;
  readonly isChanged: boolean;
  readonly isUncertain: boolean;
}

function meantPeer(peer: RulePeer, meaningOf: MeaningOf): MeantPeer {
  const meant = peer.kind === 'pods' ? meaningOf(peer.pods) : undefined;
  if (meant === undefined) return { peer, isChanged: false, isUncertain: false };
  return { peer: { kind: 'pods', pods: meant.pods }, isChanged: true, isUncertain: meant.isUncertain };
}
