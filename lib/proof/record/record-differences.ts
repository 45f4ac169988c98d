import type { FileDigest } from './digests';
import type { ProofPredicate, ProofRecord } from './proof-record';

/** What a record says otherwise than what is found. */
export interface RecordDifferences {
  /** Each a sentence; with any of these the record does not hold. */
  readonly against: readonly string[];
  /** Each a sentence; these make no conclusion wrong. */
  readonly notes: readonly string[];
}

/** Files that are not as they were recorded. */
export function fileDifferences(recorded: readonly FileDigest[], found: readonly FileDigest[]): string[] {
  const now = new Map(found.map(({ name, digest }) => [name, digest.sha256]));
  const names = new Set(recorded.map(({ name }) => name));
  return [
    ...recorded.flatMap(({ name, digest }) => {
      const hash = now.get(name);
      if (hash === undefined) return [`${name} is in the record, and is not there`];
      return hash === digest.sha256 ? [] : [`${name} has changed: its SHA-256 was ${digest.sha256}, and is ${hash}`];
    }),
    ...found.filter(({ name }) => !names.has(name)).map(({ name }) => `${name} is there, and is not in the record`),
  ];
}

/** Where a record differs from the one that is made anew. Another version of the tool may count and word otherwise. */
export function recordDifferences(recorded: ProofRecord, found: ProofRecord): RecordDifferences {
  const [was, is] = [recorded.predicate, found.predicate];
  const isSameTool = was.tool.version === is.tool.version;
  const conclusions = DECISIVE.flatMap((part) => differenceOf(part, was, is));
  const wordings = WORDED.flatMap((part) => differenceOf(part, was, is));
  return {
    against: [
      ...fileDifferences(recorded.subject, found.subject),
      ...fileDifferences([was.declaration], [is.declaration]),
      ...conclusions,
      ...(isSameTool ? wordings : []),
    ],
    notes: isSameTool
      ? []
      : [`the record was made by version ${was.tool.version}, and this is ${is.tool.version}`, ...wordings],
  };
}

const DECISIVE = ['engine', 'conclusion', 'audited'] as const;
const WORDED = ['quantifiedOver', 'statements', 'counts', 'assumptions', 'preconditions'] as const;

function differenceOf(part: keyof ProofPredicate, was: ProofPredicate, is: ProofPredicate): string[] {
  const [before, after] = [was[part], is[part]];
  const [first, second] = [text(before), text(after)];
  if (first === second) return [];
  if (!Array.isArray(before) || !Array.isArray(after)) return [`its ${part} was ${first}, and is ${second}`];
  const differences = [
    ...before.filter((item) => !after.includes(item)).map((item) => `its ${part} had ${text(item)}, which is gone`),
    ...after
      .filter((item) => !before.includes(item))
      .map((item) => `its ${part} has ${text(item)}, which is not recorded`),
  ];
  return differences.length > 0 ? differences : [`its ${part} are in another order`];
}

function text(value: unknown): string {
  return value === undefined ? 'not said' : JSON.stringify(sorted(value));
}

/** With the keys of objects in order: who signs a record may write it otherwise. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
