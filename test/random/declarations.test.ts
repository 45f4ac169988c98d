// Random declarations through the public constructs: what is rendered of them is proved, and lets through what an oracle
// says that reads the declaration alone. The same cases in each run. Others, or more of them:
//   RANDOM_SEED=7 RANDOM_RUNS=2000 npx jest test/random
// A failing case is printed as the smallest plan that fails (plan.ts), with the seed that shows it again.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'cdk8s';
import fc from 'fast-check';
import { loadAll } from 'js-yaml';
import { PolicyGraph, PolicyProof } from '../../lib';
import { ZeroTrustError } from '../../lib/model/problem';
import { declare } from './declare';
import { plans } from './generator';
import { judged } from './judged';
import type { BlockMode } from './oracle';
import type { Plan } from './plan';
import { FEATURES, MORE_FEATURES } from './spread';
import { neededOfPlan } from './waivers';

const seed = Number(process.env['RANDOM_SEED'] || 1);
const runs = Number(process.env['RANDOM_RUNS'] || 100);
const modes = fc.constantFrom<BlockMode>('pods', 'external-only');

jest.setTimeout(60_000 + runs * 2_000);

describe('what is rendered of a random declaration', () => {
  it('is proved, and lets through what is declared and nothing else', () => {
    const seen = { passed: 0, stopped: 0 };
    const declared: Plan[] = [];
    const refused: Plan[] = [];
    fc.assert(
      fc.property(plans, modes, (plan, mode) => {
        const app = accepted(plan);
        if (app === undefined) {
          refused.push(plan);
          return;
        }
        declared.push(plan);
        const proof = PolicyProof.of(app);
        expect(proof.witnesses).toEqual([]);
        expect(proof.isProved).toBe(true);
        const { differences, passed, stopped } = judged(plan, manifestsOf(app), mode);
        expect(differences.slice(0, 5)).toEqual([]);
        seen.passed += passed;
        seen.stopped += stopped;
      }),
      { seed, numRuns: runs },
    );
    expect(seen.passed).toBeGreaterThan(1_000 * declared.length);
    expect(seen.stopped).toBeGreaterThan(1_000 * declared.length);
    expect(refused.length).toBeLessThan(runs / 10);
    expect([...tooRare(FEATURES, declared, 1 / 5), ...tooRare(MORE_FEATURES, declared, 1 / 10)]).toEqual([]);
  });

  it('says every reason that was given, in the graph', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const app = accepted(plan);
        if (app === undefined) return;
        const said = PolicyGraph.of(app).flows.flatMap(({ because }) => because);
        expect(said).toEqual(expect.arrayContaining(plan.flows.map(({ because }) => because)));
      }),
      { seed, numRuns: fewer(5) },
    );
  });

  it('is the same in every byte, in whatever order it was declared', () => {
    const shuffledPlans = plans.chain((plan) => fc.tuple(fc.constant({ ...plan, forgetful: false }), shuffled(plan)));
    fc.assert(
      fc.property(shuffledPlans, ([plan, inOtherOrder]) => {
        expect(written(inOtherOrder, read)).toEqual(written(plan, read));
      }),
      { seed, numRuns: fewer(10) },
    );
  });

  it('is proved of the bytes that are written, and these let the same through', () => {
    fc.assert(
      fc.property(plans, modes, (given, mode) => {
        const plan = { ...given, forgetful: false };
        written(plan, (folder, app) => {
          expect(PolicyProof.ofFolder(app, folder).witnesses).toEqual([]);
          expect(PolicyProof.ofFolder(app, folder).isProved).toBe(true);
          const manifests = Object.values(read(folder)).flatMap((text) => loadAll(text));
          expect(judged(plan, manifests, mode).differences.slice(0, 5)).toEqual([]);
        });
      }),
      { seed, numRuns: fewer(10) },
    );
  });
});

/** The app, or nothing where it is refused: only because what must be acknowledged was not, and under that name. */
function accepted(plan: Plan): App | undefined {
  try {
    const app = declare(plan);
    PolicyGraph.of(app);
    return app;
  } catch (error) {
    if (!(error instanceof ZeroTrustError) || !plan.forgetful) throw error;
    expect(neededOfPlan(plan)).toEqual(expect.arrayContaining(error.problems.map(({ rule }) => rule)));
    return undefined;
  }
}

/** What less than this share of the plans has. */
function tooRare(features: typeof FEATURES, declared: readonly Plan[], share: number): string[] {
  return Object.entries(features)
    .map(([name, has]) => ({ name, count: declared.filter(has).length }))
    .filter(({ count }) => count < declared.length * share)
    .map(({ name, count }) => `${name}: ${count} of ${declared.length}`);
}

function fewer(divisor: number): number {
  return Math.max(1, Math.floor(runs / divisor));
}

function manifestsOf(app: App): unknown[] {
  return app.charts.flatMap((chart) => chart.toJson());
}

/** The same plan in another order, without a change of what it means. */
function shuffled(plan: Plan): fc.Arbitrary<Plan> {
  const all = <T>(values: readonly T[]) => fc.shuffledSubarray([...values], { minLength: values.length });
  return fc
    .tuple(all(plan.namespaces), all(plan.tiers), all(plan.flows))
    .map(([namespaces, tiers, flows]) => ({ ...plan, namespaces, tiers, flows, forgetful: false }));
}

/** Synthesizes into a folder of its own, and hands it over. */
function written<T>(plan: Plan, check: (folder: string, app: App) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'random-'));
  try {
    const app = declare(plan, { outdir: folder });
    app.synth();
    return check(folder, app);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Every file of a folder, by its name. */
function read(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
