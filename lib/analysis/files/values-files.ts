import { type FieldPath, isObject, pathText } from '../../kinds/field';
import { groupOf, objectText, refOf } from '../../kinds/manifest';
import { type Problem, printableProblem } from '../../model/problem';
import { bearsOnNamespaces, isClusterWide } from '../foreign-policies';
import { objectsOf } from '../lists';
import { isWhole } from '../strangers';
import { type FileDocument, sourceText } from './document';
import { type Around, helmOutputWith, NOTHING_AROUND } from './tool-output';

/** What Helm calls the files of its values, and people those that they give beside them. */
const VALUES_FILE = /(?:^|[\\/:])values[\w.-]*\.ya?ml$/;

/**
 * Pods, Services and policies that stand among the values of a chart (`extraObjects`, `extraDeploy`): they come to a cluster
 * if the chart makes templates of them, so that they are named where nothing of their name was read.
 */
export function objectsInValues(documents: readonly FileDocument[], around = NOTHING_AROUND): readonly Problem[] {
  const values = documents.filter(({ file, object }) => VALUES_FILE.test(file) && !isWhole(object));
  const found = values.flatMap((document) => nestedIn(document.object).map((nested) => ({ document, ...nested })));
  if (found.length === 0) return [];
  const read = new Set(objectsOf(documents.map(({ object }) => object)).map(({ object }) => nameOf(object)));
  return found
    .filter(({ object }) => !read.has(nameOf(object)))
    .map(({ document, object, path }) => valuesProblem(document, object, path, around));
}

interface Nested {
  readonly object: unknown;
  readonly path: FieldPath;
}

/** Without recursion, and each once: aliases may lead round in circles. */
function nestedIn(top: unknown): readonly Nested[] {
  const found: Nested[] = [];
  const seen = new Set<unknown>();
  const waiting: Nested[] = [{ object: top, path: [] }];
  while (waiting.length > 0) {
    const next = waiting.pop() as Nested;
    if (typeof next.object !== 'object' || next.object === null || seen.has(next.object)) continue;
    seen.add(next.object);
    const ref = isWhole(next.object) ? refOf(next.object, undefined, isClusterWide) : undefined;
    if (ref !== undefined) {
      if (bearsOnNamespaces(groupOf(ref.apiVersion), ref.kind)) found.push(next);
      continue;
    }
    const inside = Array.isArray(next.object) ? [...next.object.entries()] : Object.entries(next.object);
    // From the last one, so that the first is met next.
    for (const [key, object] of inside.reverse()) waiting.push({ object, path: [...next.path, key] });
  }
  return found;
}

/** A chart may put it into any namespace. */
function nameOf(object: unknown): string | undefined {
  const ref = refOf(object, undefined, isClusterWide);
  return isObject(object) && ref !== undefined ? `${groupOf(ref.apiVersion)} ${ref.kind} ${ref.name}` : undefined;
}

function valuesProblem(document: FileDocument, object: unknown, path: FieldPath, around: Around): Problem {
  const ref = refOf(object, undefined, isClusterWide);
  const name = ref === undefined ? 'An object' : objectText(ref);
  return printableProblem({
    rule: 'values-unrendered',
    where: sourceText(document, path),
    what: `${name} stands among values of a chart (${pathText(path)}), and is not read: whether it is applied is for the chart to say`,
    value: name,
    allowed: 'what the chart renders with these values',
    fix: helmOutputWith(document.file, around),
  });
}
