import { FLOW_CLASSES, type FlowClass, type FlowEntry, type FlowsFound } from '../flow-logs/judging/found';
import type { Tool } from './findings-report';
import type { Places } from './places';

/** What logs say against a graph or manifests, with everything that a report tells of it. */
export interface FlowsReport {
  readonly found: FlowsFound;
  readonly logs: readonly LogRead[];
  /** What a log of each format that was read cannot tell. */
  readonly formats: readonly { readonly title: string; readonly limits: readonly string[] }[];
  /** What makes the command fail. */
  readonly failing: ReadonlySet<FailingClass>;
  /** Where policies of the manifests are written. */
  readonly places: Places;
  /** The folder that the command ran in: reports name files from there. */
  readonly folder: string;
  readonly tool: Tool;
  /** In milliseconds since 1970: the time of what has none of its own. */
  readonly madeAt: number;
  /** The log goes on: it was interrupted, or this is what was read so far. */
  readonly isPartial?: true;
}

export interface LogRead {
  readonly name: string;
  readonly lines: number;
  readonly records: number;
  readonly formats: readonly string[];
}

/** Everything that a command can be told to fail on. */
export type FailingClass = FlowClass | 'never-seen' | 'not-attributable';

export const FAILING_CLASSES: readonly FailingClass[] = [...FLOW_CLASSES, 'never-seen', 'not-attributable'];

/** What fails unless something else is said. */
export const FAILING_BY_DEFAULT: readonly FailingClass[] = ['undeclared', 'dropped-though-declared'];

/** Whether something surely fails, or perhaps. */
export function failure({ found, failing }: FlowsReport): 'surely' | 'perhaps' | 'no' {
  const entries = found.entries.filter((entry) => failing.has(entry.class));
  const isNeverSeen = failing.has('never-seen') && found.neverSeen?.some(({ certainty }) => certainty === 'surely');
  const isUnattributable = failing.has('not-attributable') && found.notAttributable.length > 0;
  if (isNeverSeen || isUnattributable || entries.some(({ certainty }) => certainty === 'surely')) return 'surely';
  return entries.length > 0 ? 'perhaps' : 'no';
}

/** What classes are called, as a phrase behind a number of flows. */
export const CLASS_TITLES: Readonly<Record<FlowClass, string>> = {
  undeclared: 'undeclared: passed, and nothing declares it',
  'dropped-though-declared': 'dropped though declared',
  'would-be-dropped': 'would be dropped: passes today',
  'dropped-and-undeclared': 'dropped and undeclared: who tries what, most first',
};

/** Without a graph what manifests let through stands for what is declared. */
export function classTitle(of: FlowClass, { against }: FlowsFound): string {
  if (against.graph) return CLASS_TITLES[of];
  if (of === 'dropped-though-declared') return 'dropped though the manifests let it through';
  return of === 'dropped-and-undeclared' ? 'dropped, and the manifests would drop it too' : CLASS_TITLES[of];
}

export function ruleOf({ class: of, certainty }: Pick<FlowEntry, 'class' | 'certainty'>): string {
  return certainty === 'surely' ? `flow-${of}` : `flow-perhaps-${of}`;
}

type Certain = { readonly certainty: 'surely' | 'perhaps' };

/** `3`, `3, 1 of them perhaps`, `1 perhaps`. */
export function countOfAll(all: readonly Certain[]): string {
  const perhaps = perhapsIn(all);
  if (perhaps === 0) return `${all.length}`;
  return perhaps === all.length ? `${perhaps} perhaps` : `${all.length}, ${perhaps} of them perhaps`;
}

/** `3 undeclared (1 perhaps)`. */
export function countedAs(all: readonly Certain[], what: string): string {
  const perhaps = perhapsIn(all);
  if (perhaps === all.length) return `${perhaps} perhaps ${what}`;
  return `${all.length} ${what}${perhaps === 0 ? '' : ` (${perhaps} perhaps)`}`;
}

function perhapsIn(all: readonly Certain[]): number {
  return all.filter(({ certainty }) => certainty === 'perhaps').length;
}
