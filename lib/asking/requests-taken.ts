import { type Connectivity, connectivity, planeAt } from '../analysis';
import { requestsTakenForGranted } from '../cluster/looking-at-requests';
import type { Plane, Rule } from '../model/layer';
import * as ports from '../model/port-set';
import type { Answer } from './answer';
import type { KnownWorld } from './known-world';
import type { PairAsked } from './pair';

/**
 * What the engine needs to look at requests at all, where an answer about requests hangs on rules about them: a sentence, or
 * none. It does where more or less would pass if these rules were not there, whatever is sent: a no hangs on a rule about
 * other requests as a yes does on one about these.
 */
export function requestsTaken({ question, asked, answers }: Answer, { facts }: KnownWorld): readonly string[] {
  if (question.requests === undefined || !asked.plane.layers.some(({ rules }) => rules.some(looksAtRequests)))
    return [];
  const { world, plane, options } = asked;
  const without = withoutRequests(plane);
  const byHost = new Map<string | undefined, readonly Connectivity[]>();
  const hangsOnThem = ({ from, to, situation: { host }, wanted }: PairAsked) => {
    const known = byHost.get(host?.name);
    const reaches = known ?? [plane, without].map((each) => connectivity(world, planeAt(each, { host }), options));
    byHost.set(host?.name, reaches);
    const [all, fewer] = reaches.map((reach) => reach.between(from, to));
    const isSame = (bound: 'must' | 'may') =>
      ports.equal(ports.intersection(all[bound], wanted).possible, ports.intersection(fewer[bound], wanted).possible);
    return !isSame('must') || !isSame('may');
  };
  return answers.some(({ pair }) => pair.isService !== true && hangsOnThem(pair))
    ? [requestsTakenForGranted(facts)]
    : [];
}

function withoutRequests(plane: Plane): Plane {
  return {
    ...plane,
    layers: plane.layers.map((layer) => ({ ...layer, rules: layer.rules.filter((rule) => !looksAtRequests(rule)) })),
  };
}

/** Queries to name servers are looked at by other means. */
function looksAtRequests({ requests = [] }: Rule): boolean {
  return requests.some(({ protocol }) => protocol !== 'dns');
}
