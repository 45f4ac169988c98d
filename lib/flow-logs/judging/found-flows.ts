import { trafficText } from '../../graph/traffic-text';
import { AgainstManifests, type HeldPolicies } from './against-manifests';
import { entriesOf, isOwnNode } from './entries';
import type { Counted, FlowsFound, NeverSeen, SetAside } from './found';
import type { Judge } from './judge';

/** What the judge knows so far; it can go on afterwards. */
export function foundFlows(judge: Judge, held: HeldPolicies | undefined): FlowsFound {
  const policies = held === undefined ? undefined : new AgainstManifests(held, judge.tallies);
  const hasGraph = judge.terms.namespaces !== undefined;
  return {
    entries: entriesOf(judge, policies),
    ...(hasGraph && { neverSeen: neverSeen(judge) }),
    notAttributable: [...judge.unattributable]
      .map(([why, counted]) => ({ why, ...counted }))
      .sort((a, b) => b.records - a.records),
    setAside: setAside(judge),
    asDeclared: {
      flows: judge.seen.filter((seen) => seen === 'surely').length,
      declared: judge.terms.flows.length,
      records: sum(
        judge.tallies.map(({ declared, outcomes }) =>
          declared.match === 'surely' ? (outcomes.passed?.records ?? 0) : 0,
        ),
      ),
    },
    leftOff: judge.leftOff,
    ...(judge.first !== undefined && { first: judge.first }),
    ...(judge.last !== undefined && { last: judge.last }),
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

/** In the order of the log's own weight. */
function setAside(judge: Judge): readonly SetAside[] {
  const ownNode = judge.tallies.flatMap((tally): Counted[] => {
    const { passed } = tally.outcomes;
    if (passed === undefined || !isOwnNode(tally)) return [];
    const { source, destination, unsaid } = passed.counts;
    return [{ records: passed.records, count: source + destination + unsaid, sample: passed.sample }];
  });
  const all: SetAside[] = [...judge.aside].map(([what, counted]) => ({ what, ...counted }));
  if (ownNode.length > 0) {
    const records = sum(ownNode.map((one) => one.records));
    all.push({ what: 'own-node', records, count: sum(ownNode.map(({ count }) => count)), sample: ownNode[0].sample });
  }
  return all.sort((a, b) => b.records - a.records);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
