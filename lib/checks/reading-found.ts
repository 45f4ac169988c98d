import type { FoundPlace, FoundProblem, Level } from '../findings/finding';
import { fingerprintOf } from '../findings/fingerprint';
import { objectText } from '../kinds/manifest';
import { printable } from '../model/printable';
import type { Problem } from '../model/problem';
import { fieldPath } from './field-path';
import type { Seen, SeenObject } from './seen';

/**
 * What reading the manifests found: what is refused is an error, what others may read otherwise a warning, what was passed
 * over without harm a note.
 */
export function readingFound(seen: Seen): readonly FoundProblem[] {
  const { reading, plane } = seen;
  const places = new Places(seen.objects);
  const each = (problems: readonly Problem[], level: Level) => problems.map((problem) => places.found(problem, level));
  return [
    ...each([...reading.problems, ...plane.problems], 'error'),
    ...each(reading.warnings, 'warning'),
    ...each(reading.notes, 'note'),
  ];
}

/** `manifests.yaml, document 2, line 14: NetworkPolicy models/vllm: spec.ingress[0]`, as readers say where something is. */
const WHERE = /^(?<file>[\s\S]+?), document (?<document>\d+)(?:, line (?<line>\d+))?(?:: (?<inside>[\s\S]+))?$/;

/** Problems of files whose place is nothing but the path. */
const OF_FILES: ReadonlySet<string> = new Set([
  'file-too-large',
  'no-manifests',
  'not-text',
  'symlink-loop',
  'unreadable-file',
]);

/** Takes places apart that readers put into words. */
class Places {
  readonly #byFile = new Map<string, SeenObject[]>();

  public constructor(objects: readonly SeenObject[]) {
    for (const object of objects) {
      const file = printable(object.file);
      this.#byFile.set(file, [...(this.#byFile.get(file) ?? []), object]);
    }
  }

  public found(problem: Problem, level: Level): FoundProblem {
    const { rule, where } = problem;
    if (where === undefined) return { level, ...problem };
    const groups = WHERE.exec(where)?.groups;
    if (groups === undefined) return { level, ...problem, ...(OF_FILES.has(rule) && { place: { file: where } }) };
    const { file, document, line, inside = '' } = groups;
    const object = this.#objectOf(file, `${file}, document ${document}`, inside);
    const field = object === undefined ? '' : inside.slice(objectText(object.ref).length + 2);
    const path = fieldPath(field);
    const at = line === undefined ? object?.lineOf(path) : Number(line);
    const place: FoundPlace = {
      file: object?.file ?? file,
      ...(at !== undefined && { line: at }),
      ...(object && { object: objectText(object.ref) }),
      ...(field !== '' && { field }),
    };
    if (object === undefined) return { level, ...problem, place };
    const on = objectText(object.ref);
    const about = problem.value;
    return { level, ...problem, place, fingerprint: fingerprintOf({ rule, on, object: object.json, path, about }) };
  }

  #objectOf(file: string, source: string, inside: string): SeenObject | undefined {
    const named = (this.#byFile.get(file) ?? []).filter(({ ref }) => isNamed(inside, objectText(ref)));
    if (named.length < 2) return named[0];
    const here = named.filter(({ sourceOf }) => isFrom(sourceOf([]), source));
    return here.sort((a, b) => objectText(b.ref).length - objectText(a.ref).length)[0];
  }
}

function isNamed(inside: string, object: string): boolean {
  return inside === object || inside.startsWith(`${object}: `);
}

/** Not `document 1` of `document 12`. */
function isFrom(text: string, source: string): boolean {
  return text === source || text.startsWith(`${source},`);
}
