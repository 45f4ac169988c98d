// Adopting a large cluster asks what rules mean once for each rule and tier, and not for each pair of tiers: counted, so
// that the machine does not matter.

import { inNamespace, matching, namespace, pod, policy, tcp } from '../../bench/worlds/objects';
import { binding } from '../../lib/adopt/binding';
import { endsAsked } from '../../lib/adopt/ends-asked';
import { flowsBetweenTiers } from '../../lib/adopt/flows-between-tiers';
import { halfOpen } from '../../lib/adopt/half-open';
import { namedTiers } from '../../lib/adopt/named-tiers';
import { todaysTiers } from '../../lib/adopt/todays-tiers';
import { planeOf } from '../../lib/analysis';
import { readText } from '../../lib/analysis/files/read-files';
import { seenOf } from '../../lib/checks/seen';

const RULES = 4;

/** So many servers and clients, each let through by a few policies that are about all of them. */
function counted(pods: number) {
  const names = Array.from({ length: pods }, (_, i) => `pod-${i}`);
  const objects = [
    namespace('clients'),
    namespace('servers'),
    ...['clients', 'servers'].flatMap((where) => names.map((name) => pod(where, name, { app: 'all', pod: name }))),
    ...Array.from({ length: RULES }, (_, i) =>
      policy('servers', `in-${i}`, {
        podSelector: matching({ app: 'all' }),
        policyTypes: ['Ingress'],
        ingress: [{ from: [inNamespace('clients', matching({ app: 'all' }))], ports: [tcp(8080 + i)] }],
      }),
    ),
  ];
  const reading = readText(objects.map((object) => JSON.stringify(object)).join('\n---\n'), 'w.yaml', {});
  const seen = seenOf(reading, planeOf(reading));
  const { tiers } = todaysTiers(seen, ['clients', 'servers']);
  const bound = binding(seen, tiers);
  const named = namedTiers(seen, tiers);
  let asked = 0;
  const { flows } = flowsBetweenTiers(seen, tiers, bound, (rule) => {
    asked += 1;
    return named(rule);
  });
  const between = asked;
  const open = halfOpen(
    tiers,
    flows,
    endsAsked(seen, tiers, bound, (rule) => {
      asked += 1;
      return named(rule);
    }),
  );
  const servers = tiers.filter((tier) => tier.namespace === 'servers');
  const lists = new Set(servers.map((tier) => bound.allows(tier, 'ingress')));
  return { flows: flows.length, between, halfOpen: asked - between, open: open.length, lists: lists.size };
}

it('asks of a rule once for each tier that it names, however many pairs pass', () => {
  expect(counted(10)).toEqual({ flows: 100, between: RULES + RULES * 10, halfOpen: RULES, open: 0, lists: 1 });
  expect(counted(40)).toEqual({ flows: 1600, between: RULES + RULES * 40, halfOpen: RULES, open: 0, lists: 1 });
});
