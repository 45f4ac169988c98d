// Policies that kubectl would not take on the client side are declared to be applied on the side of the server, with every
// reason, and both the plan and the code say so.
import { namespace, pod, policy, tcp } from '../../bench/worlds/objects';
import { adopted } from '../../lib/adopt/adopted';
import { sources } from '../../lib/adopt/code/project';
import { planeOf } from '../../lib/analysis';
import { readText } from '../../lib/analysis/files/read-files';
import { seenOf } from '../../lib/checks/seen';
import { engineFacts } from '../../lib/settings/engine-given';
import { Cluster } from '../../lib/values';
import { appOf } from './run-sources';

const POLICIES = 500;
/** Reasons have the names of policies. */
const LONG = 'x'.repeat(180);

it('declares a tier with many flows, to be applied on the side of the server', () => {
  const objects = [
    namespace('data'),
    pod('data', 'store', { app: 'store' }),
    ...Array.from({ length: POLICIES }, (_, i) =>
      policy('data', `policy-${LONG}-${i}`, {
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [{ ipBlock: { cidr: `203.0.${i >> 8}.${i & 255}/32` } }], ports: [tcp(1000 + i)] }],
      }),
    ),
  ];
  const reading = readText(objects.map((object) => JSON.stringify(object)).join('\n---\n'), 'w.yaml', {});
  const facts = engineFacts('kubernetes');
  const seen = seenOf(reading, planeOf(reading), { facts });
  const { plan, left, problems, proof } = adopted(seen, {
    namespaces: ['data'],
    cluster: Cluster._with(facts),
    plane: {},
  });
  expect(problems).toEqual([]);
  expect(plan.isLarge).toBe(true);
  expect(plan.flows).toHaveLength(POLICIES);
  expect(proof?.isProved).toBe(true);
  const code = sources(plan, left, facts);
  expect(code['platform.ts']).toContain('ArgoSync.use(app, { serverSideApply: true });');
  expect(appOf(code).charts.flatMap((chart) => chart.toJson()).length).toBeGreaterThan(1);
});
