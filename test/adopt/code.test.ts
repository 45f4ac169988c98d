// The code that is written for a plan renders what the plan does: it is compiled and run.
import type { App } from 'cdk8s';
import { adopted } from '../../lib/adopt/adopted';
import { sources } from '../../lib/adopt/code/project';
import { realised } from '../../lib/adopt/realised';
import { readableBy, renderedBy } from '../../lib/adopt/rendered';
import { refusedIn } from '../../lib/adopt/settled';
import { adoptable } from '../../lib/adopt/todays-plan';
import { planeOf, readFiles } from '../../lib/analysis';
import { seenOf } from '../../lib/checks/seen';
import { engineFacts } from '../../lib/settings/engine-given';
import { Cluster } from '../../lib/values';
import { appOf } from './run-sources';

it('declares the same as the plan', () => {
  const reading = readFiles(['examples/guide']);
  const facts = engineFacts('kubernetes');
  const seen = seenOf(reading, planeOf(reading), { facts });
  const cluster = Cluster._with(facts);
  const { plan, left } = adopted(seen, { namespaces: adoptable(seen), cluster, plane: {} });
  const written = appOf(sources(plan, left, facts));
  expect(manifests(written)).toEqual(manifests(realised(plan, cluster).app));
  expect(manifests(written).length).toBeGreaterThan(8);
});

it.each([
  ['kubernetes', 'examples/guide'],
  ['cilium', 'dist/ai-platform-staging'],
] as const)('takes of an app what its charts render, on %s', (engine, folder) => {
  const reading = readFiles([folder]);
  const facts = engineFacts(engine);
  const seen = seenOf(reading, planeOf(reading, { engine }), { facts });
  const cluster = Cluster._with(facts);
  const { plan } = adopted(seen, { namespaces: adoptable(seen), cluster, plane: { engine } });
  const made = realised(plan, cluster);
  expect(refusedIn(made, plan)).toEqual([]);
  const sorted = (objects: readonly unknown[]) => objects.map((object) => JSON.stringify(object)).sort();
  expect(sorted(renderedBy(made.app))).toEqual(sorted(manifests(made.app)));
  expect(renderedBy(made.app).length).toBeGreaterThan(8);
  // As objects, of which the order of keys is no part.
  const read = readableBy(made.app).map((object) => JSON.parse(JSON.stringify(object)));
  expect(read).toEqual(renderedBy(made.app));
});

function manifests(app: App): readonly unknown[] {
  return app.charts.flatMap((chart) => chart.toJson());
}
