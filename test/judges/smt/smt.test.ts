import { apps } from '../../../apps/main';
import type { Files } from '../../damage/manifests';
import { Rendered } from './both-sides';
import { type Case, casesOf } from './cases';
import { disagreements, judge } from './comparison';
import { ENGINES, type Engine } from './declarations';
import { misreadings } from './misreadings';
import { Solver } from './solver';
import { Tally } from './tally';
import type { OurVerdict } from './verdict';

/** `npm run test:smt` takes 500 declarations an engine. */
const DECLARATIONS = 8;
const DAMAGES: Readonly<Record<Engine, number>> = { NetworkPolicy: 2, ClusterNetworkPolicy: 4, Calico: 2 };

jest.setTimeout(300_000);

let solver: Solver;
const kept: { readonly case: Case; readonly ours: OurVerdict }[] = [];

beforeAll(async () => {
  solver = await Solver.start();
});
afterAll(() => solver.stop());

describe('a prover that shares nothing with ours', () => {
  it.each(ENGINES)('finds a witness exactly where ours finds one, on random declarations with %s', (engine) => {
    const tally = new Tally();
    for (const each of casesOf(engine, DECLARATIONS, DAMAGES[engine], 1)) {
      const ours = tally.add(each, solver);
      if (ours !== undefined) kept.push({ case: each, ours });
    }
    expect(tally.disagreements).toEqual([]);
    expect(tally.proved).toBeGreaterThanOrEqual(DECLARATIONS / 2);
    expect(tally.refuted).toBeGreaterThanOrEqual(DECLARATIONS / 2);
    expect(tally.witnesses).toBeGreaterThanOrEqual(tally.refuted);
  });

  it('finds none in the apps, but for those with kinds that it does not know', () => {
    const tally = new Tally();
    for (const [name, make] of Object.entries(apps)) {
      const rendered = new Rendered(name, make);
      tally.add({ rendered, files: rendered.files }, solver);
      rendered.remove();
    }
    expect(tally.disagreements).toEqual([]);
    expect([tally.proved, tally.refuted]).toEqual([9, 0]);
    expect(
      [...tally.apart.keys()].filter(
        (why) =>
          !why.startsWith('cilium.io') && !why.startsWith('crd.antrea.io') && !why.startsWith('projectcalico.org'),
      ),
    ).toEqual(['requests']);
  });

  it.each(misreadings)('would notice if worlds were misread so that $name', ({ misread }) => {
    const noticed = kept.some(({ case: { rendered, files }, ours }) => {
      return disagreements(ours, judge(misread(rendered.world(files)), solver)).length > 0;
    });
    expect(noticed).toBe(true);
  });

  it('would notice a proof of other manifests than those that it is asked about', () => {
    const proved = kept.find(({ ours }) => ours.outcome === 'proved')?.ours as OurVerdict;
    const refuted = kept.filter(({ ours }) => ours.outcome === 'refuted');
    expect(refuted.every(({ case: { rendered, files } }) => isNoticed(proved, rendered, files))).toBe(true);
  });

  function isNoticed(ours: OurVerdict, rendered: Rendered, files: Files): boolean {
    return disagreements(ours, judge(rendered.world(files), solver)).some((each) => each.startsWith('only Z3 finds'));
  }
});
