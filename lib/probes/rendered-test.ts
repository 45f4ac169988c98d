import { isObject } from '../kinds/field';
import { refOf } from '../kinds/manifest';
import { PROTOCOLS } from '../model/port-set';
import { type Accepted, acceptedIn, UNTESTED_ANNOTATION } from './accepted';
import { PROBER_LABEL, TEST_LABEL } from './labels';
import { type Leg, PHASES, type Phase, type Prober, type Untested } from './plan';

/** An object of a test, as it was rendered. */
export interface RenderedObject {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly json: Readonly<Record<string, unknown>>;
}

export interface RenderedJob extends RenderedObject {
  readonly prober: string;
  readonly phase: Phase;
}

/** A test of isolation, read back from what was rendered of it. */
export interface RenderedTest {
  readonly name: string;
  /** The namespace without policies, and the policies that let strangers out: first there, and last gone. */
  readonly around: readonly RenderedObject[];
  readonly jobs: readonly RenderedJob[];
  readonly legs: readonly Leg[];
  readonly probers: readonly Pick<Prober, 'id' | 'resolves'>[];
  /** What is left out, and nobody said why that may be. Of a test that was rendered somebody did. */
  readonly untested: readonly Untested[];
  /** What is left out, and why that may be. Absent where there is nothing. */
  readonly accepted?: Accepted;
}

/** The tests of isolation among objects, by name. */
export function renderedTests(objects: readonly unknown[]): readonly RenderedTest[] {
  const byTest = new Map<string, RenderedObject[]>();
  for (const object of objects) {
    // Objects of a test say their namespace themselves, where they have one.
    const ref = refOf(object, undefined, () => false);
    const test = labelOf(object, TEST_LABEL);
    if (ref === undefined || test === undefined || !isObject(object)) continue;
    const { kind, namespace, name } = ref;
    const known = byTest.get(test) ?? [];
    known.push({ kind, name, ...(namespace !== undefined && { namespace }), json: object });
    byTest.set(test, known);
  }
  return [...byTest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, own]) => testOf(name, own));
}

function testOf(name: string, objects: readonly RenderedObject[]): RenderedTest {
  const jobs = objects.filter(({ kind }) => kind === 'Job').flatMap(jobOf);
  const tried = jobs.flatMap((job) => triesOf(job).map((leg) => ({ leg, prober: job.prober })));
  const allowed = tried.filter(({ leg }) => leg.expected === 'allow').map(({ leg }) => leg);
  const legs = tried.map(({ leg, prober }): Leg => {
    const isTo = (other: Tried) => other.protocol === leg.protocol && other.address === leg.address;
    return {
      id: leg.id,
      prober,
      destination: { name: leg.id.split('-to-').at(-1) ?? leg.address, protocol: leg.protocol, address: leg.address },
      expected: leg.expected,
      who: prober,
      // Whether it is declared the Jobs do not say: only a declared flow is expected from one of a tier's own pods.
      ...(leg.expected === 'allow' && !prober.startsWith('elsewhere') && { because: 'a flow is declared' }),
      beside: leg.expected === 'deny' ? [...new Set(allowed.filter(isTo).map(({ id }) => id))] : [],
    };
  });
  const accepted = objects.flatMap(({ json }) => acceptedIn(annotationOf(json, UNTESTED_ANNOTATION)) ?? []).at(0);
  return {
    name,
    around: objects.filter(({ kind }) => kind !== 'Job'),
    jobs,
    // An allow leg is tried before and after.
    legs: [...new Map(legs.map((leg) => [`${leg.id} ${leg.expected}`, leg])).values()],
    probers: [...new Map(jobs.map((job) => [job.prober, { id: job.prober, resolves: resolvesNames(job) }])).values()],
    untested: [],
    ...(accepted && { accepted }),
  };
}

function jobOf(object: RenderedObject): readonly RenderedJob[] {
  const prober = labelOf(object.json, PROBER_LABEL);
  const phase = PHASES.find((each) => object.name.includes(`-${each}-`));
  return prober === undefined || phase === undefined ? [] : [{ ...object, prober, phase }];
}

interface Tried {
  readonly id: string;
  readonly expected: Leg['expected'];
  readonly protocol: Leg['destination']['protocol'];
  readonly address: string;
}

function triesOf({ json }: RenderedJob): readonly Tried[] {
  const args = containerOf(json).args;
  return (Array.isArray(args) ? args : []).flatMap((arg: unknown) => {
    const [, id, expected, given, address] = /^([^,]+),(allow|deny),([a-z]+),(.+)$/.exec(String(arg)) ?? [];
    const protocol = PROTOCOLS.find((each) => each.toLowerCase() === given);
    if (id === undefined || protocol === undefined || (expected !== 'allow' && expected !== 'deny')) return [];
    return [{ id, expected, protocol, address }];
  });
}

function resolvesNames({ json }: RenderedJob): boolean {
  const { env } = containerOf(json);
  return Array.isArray(env) && env.some((each) => isObject(each) && each.name === 'PROBE_NAME');
}

function containerOf(job: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const pod = ['spec', 'template', 'spec', 'containers'].reduce<unknown>(
    (value, key) => (isObject(value) ? value[key] : undefined),
    job,
  );
  const [first] = Array.isArray(pod) ? pod : [];
  return isObject(first) ? first : {};
}

function labelOf(object: unknown, key: string): string | undefined {
  return metadataOf(object, 'labels', key);
}

function annotationOf(object: unknown, key: string): string | undefined {
  return metadataOf(object, 'annotations', key);
}

function metadataOf(object: unknown, map: 'labels' | 'annotations', key: string): string | undefined {
  const metadata = isObject(object) ? object.metadata : undefined;
  const values = isObject(metadata) ? metadata[map] : undefined;
  const value = isObject(values) ? values[key] : undefined;
  return typeof value === 'string' ? value : undefined;
}
