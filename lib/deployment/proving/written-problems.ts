import type { WrittenObject } from '../../analysis';
import { type FieldPath, isObject, pathText, shown } from '../../kinds/field';
import { groupOf, objectText } from '../../kinds/manifest';
import type { Problem } from '../../model/problem';
import { isHarmlessAddition } from './added-by-others';
import { type FieldDifference, jsonDifferences } from './json-difference';
import { linesDifference } from './written-lines';
import { type Identity, type Paired, paired } from './written-pairs';

/** How what is in a folder compares with what an app renders. */
export interface WrittenComparison {
  /** One for each object that is not what is rendered. */
  readonly problems: readonly Problem[];
  /** What others added and what cannot matter. */
  readonly notes: readonly string[];
}

/** Longest list of fields in one message: what is beyond is counted. */
const MOST_FIELDS = 6;

/** Compares every object by the meaning of its JSON: the order of keys and of objects, and how YAML writes them, are nothing. */
export function compareWritten(
  folder: string,
  rendered: readonly unknown[],
  written: readonly WrittenObject[],
): WrittenComparison {
  const { pairs, lost, strange, repeated } = paired(rendered.map(asJson), written);
  const compared = pairs.map(compare);
  return {
    problems: [
      ...lost.map((object) => lostProblem(folder, object)),
      ...strange.map(({ object, identity }) => strangeProblem(object.sourceOf([]), identity)),
      ...compared.flatMap(({ problems }) => problems),
    ],
    notes: [
      ...repeated.map(({ object, identity }) => `${object.sourceOf([])}: ${objectText(identity)} is there twice.`),
      ...compared.flatMap(({ notes }) => notes),
    ],
  };
}

/** What is written of a value: dates as text, no value in a list as null. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function compare({ identity, rendered, written }: Paired): WrittenComparison {
  const differences = jsonDifferences(withMaps(rendered), withMaps(written.object));
  const harmless = differences.filter((difference) => isHarmlessAddition(identity, difference));
  const others = differences.filter((difference) => !harmless.includes(difference));
  return {
    problems: others.length === 0 ? [] : [differsProblem(identity, others, written.sourceOf)],
    notes: harmless.map(({ path }) => `${objectText(identity)}: ${pathText(path)} is added, and decides nothing.`),
  };
}

/** With labels and annotations that are empty where there are none, so that each one that was added is told by its key. */
function withMaps(object: unknown): unknown {
  if (!isObject(object)) return object;
  const metadata = isObject(object.metadata) ? object.metadata : {};
  return {
    ...object,
    metadata: { ...metadata, labels: metadata.labels ?? {}, annotations: metadata.annotations ?? {} },
  };
}

function differsProblem(
  identity: Identity,
  differences: readonly FieldDifference[],
  sourceOf: (path: FieldPath) => string,
): Problem {
  const [first] = differences as [FieldDifference];
  const told = differences.slice(0, MOST_FIELDS).map(differenceText);
  const rest = differences.length - told.length;
  return {
    rule: 'written-fields',
    where: `${sourceOf(first.path)}: ${objectText(identity)}`,
    what: `It is not what is rendered: ${told.join('; ')}${rest === 0 ? '' : `; and ${rest} more`}`,
    value: shown(first.written),
    allowed: 'what is rendered, and labels and annotations that others add and that decide nothing',
    fix: 'Synthesize anew, and make the change in the app: ApiObject.addJsonPatch changes what is rendered, and is proved.',
  };
}

function differenceText(difference: FieldDifference): string {
  const { path, rendered, written } = difference;
  const lines = linesDifference(difference);
  if (lines !== undefined) return lines;
  const field = pathText(path);
  if (rendered === undefined) return `${field} is ${shown(written)}, and is not rendered`;
  if (written === undefined) return `${field} is missing, and is rendered as ${shown(rendered)}`;
  return `${field} is ${shown(written)}, and is rendered as ${shown(rendered)}`;
}

function lostProblem(folder: string, identity: Identity): Problem {
  return {
    rule: 'written-objects',
    where: folder,
    what: `${objectText(identity)} is rendered, and is not in the folder`,
    value: objectText(identity),
    allowed: 'every object that is rendered',
    fix: 'Synthesize anew, into an empty folder, one file a chart.',
  };
}

function strangeProblem(where: string, identity: Identity): Problem {
  const { apiVersion } = identity;
  return {
    rule: 'written-objects',
    where,
    what: `${objectText(identity)} is in the folder, and is not rendered`,
    value: objectText(identity),
    allowed: 'the objects that are rendered, each once',
    fix:
      groupOf(apiVersion) === ''
        ? 'Synthesize anew, into an empty folder, or keep it in another one.'
        : 'Synthesize anew, into an empty folder, or add it to the app (Include), so that it is proved with the rest.',
  };
}
