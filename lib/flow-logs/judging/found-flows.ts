import { trafficText } from '../../graph/traffic-text';
import { AgainstManifests, type HeldPolicies } from './against-manifests';
import { entriesOf } from './entries';
import type { FlowsFound, NeverSeen } from './found';
import type { Judge } from './judge';
import { Unlisted } from './unlisted';

/** What the judge knows so far; it can go on afterwards. */
export function foundFlows(judge: Judge, held: HeldPolicies | undefined): FlowsFound {
  const policies = held === undefined ? undefined : new AgainstManifests(held, judge.tallies);
  const hasGraph = judge.terms.namespaces !== undefined;
  const unlisted = new Unlisted(judge, policies);
  const entries = entriesOf(judge, policies, unlisted);
  return {
    entries,
    ...(hasGraph && { neverSeen: neverSeen(judge) }),
    notAttributable: [...unlisted.unattributable]
      .map(([why, counted]) => ({ why, ...counted }))
      .sort((a, b) => b.records - a.records),
    setAside: [...unlisted.aside]
      .map(([what, counted]) => ({ what, ...counted }))
      .sort((a, b) => b.records - a.records),
    asDeclared: {
      flows: judge.seen.filter((seen) => seen === 'surely').length,
      declared: judge.terms.flows.length,
      records: unlisted.asDeclared,
    },
    leftOff: judge.leftOff,
    ...(Number.isFinite(judge.first) && { first: judge.first }),
    ...(Number.isFinite(judge.last) && { last: judge.last }),
    records: judge.records,
    notes: judge.notes,
    against: { graph: hasGraph, manifests: held !== undefined },
  };
}

/** Those of others are not ours to take out. */
function neverSeen({ terms, seen }: Judge): readonly NeverSeen[] {
  return terms.flows.flatMap(({ flow, from, to, isForeign }, number) => {
    if (isForeign || seen[number] === 'surely') return [];
    const [source, target] = [from, to].map((end) => terms.endpoints[end].text);
    const certainty = seen[number] === 'perhaps' ? 'perhaps' : 'surely';
    return [{ certainty, from: source, to: target, traffic: trafficText(flow.traffic), because: flow.because }];
  });
}
