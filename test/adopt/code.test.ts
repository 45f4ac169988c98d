// The code that is written for a plan renders what the plan does: it is compiled and run.
import type { App } from 'cdk8s';
import * as ts from 'typescript';
import * as library from '../../lib';
import { adopted } from '../../lib/adopt/adopted';
import { sources } from '../../lib/adopt/code/project';
import { realised } from '../../lib/adopt/realised';
import { adoptable } from '../../lib/adopt/todays-plan';
import { planeOf, readFiles } from '../../lib/analysis';
import { seenOf } from '../../lib/checks/seen';
import { engineFacts } from '../../lib/settings/engine-given';
import { Cluster } from '../../lib/values';

it('declares the same as the plan', () => {
  const reading = readFiles(['examples/guide']);
  const facts = engineFacts('kubernetes');
  const seen = seenOf(reading, planeOf(reading), { facts });
  const cluster = Cluster._with(facts);
  const { plan, left } = adopted(seen, { namespaces: adoptable(seen), cluster, plane: {} });
  const written = run(sources(plan, left, facts));
  expect(manifests(written)).toEqual(manifests(realised(plan, cluster).app));
  expect(manifests(written).length).toBeGreaterThan(8);
});

function manifests(app: App): readonly unknown[] {
  return app.charts.flatMap((chart) => chart.toJson());
}

/** Runs `platform()` of sources that are text. */
function run(files: Readonly<Record<string, string>>): App {
  const loaded = new Map<string, { exports: Record<string, unknown> }>();
  const load = (path: string): Record<string, unknown> => {
    const known = loaded.get(path);
    if (known !== undefined) return known.exports;
    const { outputText } = ts.transpileModule(files[`${path}.ts`], {
      compilerOptions: { module: ts.ModuleKind.CommonJS },
    });
    const module = { exports: {} as Record<string, unknown> };
    loaded.set(path, module);
    const resolve = (name: string) => {
      if (name === 'cdk8s-zero-trust') return library;
      return name.startsWith('.') ? load(name.replace(/^(\.\.?\/)+/, '')) : require(name);
    };
    new Function('require', 'module', 'exports', outputText)(resolve, module, module.exports);
    return module.exports;
  };
  return (load('platform').platform as () => App)();
}
