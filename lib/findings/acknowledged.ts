import { resolve, sep } from 'node:path';
import type { Waiver } from '../model/flow';
import type { FoundPlace, FoundProblem } from './finding';
import type { MarkedFinding } from './fingerprint';

/** A finding that somebody accepts, as manifests or settings say it. */
export interface GivenAcknowledgement extends Waiver {
  /** The object that it is about, as findings name it: `NetworkPolicy models/vllm`. @default any */
  readonly object?: string;
  /** @default any */
  readonly namespace?: string;
  /** Its path, or that of a folder that it is in. @default any */
  readonly file?: string;
  readonly by: AcknowledgedBy;
  /** Where it is written. */
  readonly where: string;
  readonly place: FoundPlace;
}

/** In the code of the app that rendered the object, on the object, or in a file for all. */
export type AcknowledgedBy = 'code' | 'annotation' | 'settings';

export interface AcknowledgedFinding {
  readonly finding: MarkedFinding;
  readonly because: string;
  readonly by: AcknowledgedBy;
  /** Where the acknowledgement is written. */
  readonly acknowledgedAt: string;
}

export interface Acknowledging {
  readonly open: readonly MarkedFinding[];
  readonly acknowledged: readonly AcknowledgedFinding[];
  /** Those that are about no finding. */
  readonly idle: readonly GivenAcknowledgement[];
}

/** Ids of findings about acknowledgements: who could acknowledge them would end the asking. */
const NEVER: ReadonlySet<string> = new Set(['acknowledgement', 'acknowledgement-unused']);

/** What of the findings is accepted. One acknowledgement may be about several findings, and counts for each. */
export function acknowledging(found: readonly MarkedFinding[], given: readonly GivenAcknowledgement[]): Acknowledging {
  const byRule = new Map<string, GivenAcknowledgement[]>();
  for (const one of given) listIn(byRule, one.rule).push(one);
  const used = new Set<GivenAcknowledgement>();
  const open: MarkedFinding[] = [];
  const acknowledged: AcknowledgedFinding[] = [];
  for (const finding of found) {
    const answers = (byRule.get(finding.rule) ?? []).filter((one) => isAbout(one, finding));
    const [first] = answers;
    if (first === undefined || NEVER.has(finding.rule)) {
      open.push(finding);
      continue;
    }
    for (const answer of answers) used.add(answer);
    acknowledged.push({ finding, because: first.because, by: first.by, acknowledgedAt: first.where });
  }
  return { open, acknowledged, idle: given.filter((one) => !used.has(one)) };
}

/** The list under that key, made where there is none. */
function listIn<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

function isAbout({ object, namespace, file }: GivenAcknowledgement, { place = {} }: FoundProblem): boolean {
  return (
    (object === undefined || object === place.object) &&
    (namespace === undefined || namespace === namespaceOf(place.object)) &&
    (file === undefined || (place.file !== undefined && isWithin(place.file, file)))
  );
}

/** Of an object as a person names it; a Namespace is in itself. */
function namespaceOf(object: string | undefined): string | undefined {
  const [kind = '', name = ''] = object?.split(' ') ?? [];
  if (kind === 'Namespace') return name;
  return name.includes('/') ? name.slice(0, name.indexOf('/')) : undefined;
}

/** However the two paths begin. */
function isWithin(file: string, place: string): boolean {
  const [path, folder] = [resolve(file), resolve(place)];
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}
