import type { FoundProblem, Level } from '../findings/finding';
import { fingerprintOf } from '../findings/fingerprint';
import { objectText } from '../kinds/manifest';
import { into } from '../model/into';
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
    ...each([...reading.notes, ...reading.unread.map(({ problem }) => problem)], 'note'),
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
  /** By file and name; several where some are of one name. */
  readonly #objects = new Map<string, SeenObject[]>();

  public constructor(objects: readonly SeenObject[]) {
    for (const object of objects) into(this.#objects, keyOf(printable(object.file), objectText(object.ref)), object);
  }

  public found(problem: Problem, level: Level): FoundProblem {
    const { rule, where } = problem;
    if (where === undefined) return { level, ...problem };
    const groups = WHERE.exec(where)?.groups;
    if (groups === undefined) return { level, ...problem, ...(OF_FILES.has(rule) && { place: { file: where } }) };
    const { file, document, line, inside = '' } = groups;
    const object = this.#objectOf(file, `${file}, document ${document}`, inside);
    if (object === undefined) {
      return { level, ...problem, place: { file, ...(line !== undefined && { line: Number(line) }) } };
    }
    const on = objectText(object.ref);
    const field = inside.slice(on.length + 2);
    const path = fieldPath(field);
    const at = line === undefined ? object.lineOf(path) : Number(line);
    return {
      level,
      ...problem,
      place: { file: object.file, ...(at !== undefined && { line: at }), object: on, ...(field !== '' && { field }) },
      fingerprint: fingerprintOf({ rule, on, object: object.json, path, about: problem.value }),
    };
  }

  #objectOf(file: string, source: string, inside: string): SeenObject | undefined {
    const alike = beginnings(inside)
      .map((name) => this.#objects.get(keyOf(file, name)))
      .find((found) => found !== undefined);
    return alike === undefined || alike.length === 1 ? alike?.[0] : alike.find(({ sourceOf }) => sourceOf() === source);
  }
}

function keyOf(file: string, object: string): string {
  return `${file}\u0000${object}`;
}

/** What may be the name of the object, the longest first: names can hold what parts them from fields. */
function beginnings(inside: string): readonly string[] {
  const names = [inside];
  for (let at = inside.lastIndexOf(': '); at > 0; at = inside.lastIndexOf(': ', at - 1))
    names.push(inside.slice(0, at));
  return names;
}
