import { createHash } from 'node:crypto';
import { type FoundProblem, inOrder } from './finding';

/** What a finding is known by. Neither file nor line is part of it, nor the words of the rule. */
export interface Identity {
  readonly rule: string;
  /** The object as a person names it, or the file where no object has the trouble. */
  readonly on: string;
  /** The whole object: positions in its lists are known by what stands there. */
  readonly object?: unknown;
  readonly path?: readonly (string | number)[];
  readonly about?: string;
}

/** A finding that can be told from all others of its report. */
export interface MarkedFinding extends FoundProblem {
  readonly fingerprint: string;
}

/**
 * The same for the same trouble wherever its object stands: in another file or folder, on another line, in another order
 * of documents, lists and keys. The innermost list on the path counts by the item that the field is in, since that is what
 * has the trouble; lists above it count without their position, so that editing a neighbour makes no new finding.
 */
export function fingerprintOf({ rule, on, object, path = [], about = '' }: Identity): string {
  const innermost = path.findLastIndex((step) => typeof step === 'number');
  const item = innermost < 0 ? '' : canonical(valueAt(object, path.slice(0, innermost + 1)));
  const fields = path.map((step) => (typeof step === 'number' ? 0 : step));
  return hash(JSON.stringify([rule, on, fields, item, about]));
}

/** In the one order, each with a fingerprint of its own: of equal ones the first keeps it, and the others are counted. */
export function marked(found: readonly FoundProblem[]): readonly MarkedFinding[] {
  const met = new Map<string, number>();
  return inOrder(found).map((one) => {
    const base = one.fingerprint ?? fingerprintOf(identityOf(one));
    const before = met.get(base) ?? 0;
    met.set(base, before + 1);
    return { ...one, fingerprint: before === 0 ? base : hash(`${base} ${before + 1}`) };
  });
}

/** Of a finding that no rule of manifests made: its words stand for the object. */
function identityOf({ rule, place, where, about, value, what }: FoundProblem): Identity {
  const on = place?.object ?? place?.file ?? where ?? '';
  return { rule, on, path: place?.field === undefined ? [] : [place.field], about: about ?? value ?? what };
}

function valueAt(object: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[step] : undefined,
    object,
  );
}

/** Deeper than any policy; what is below does not tell one from another. */
const DEEPEST = 64;

/** One text for one meaning: keys and items sorted, what is null left out as it is by the API server. */
function canonical(value: unknown, depth = 0): string {
  if (depth > DEEPEST) return '…';
  if (Array.isArray(value))
    return `[${value
      .map((item) => canonical(item, depth + 1))
      .sort()
      .join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const entries = Object.entries(value).filter(([, of]) => of !== null && of !== undefined);
  const texts = entries.map(([key, of]) => `${JSON.stringify(key)}:${canonical(of, depth + 1)}`);
  return `{${texts.sort().join(',')}}`;
}

/** 128 bits: enough for any number of findings, and short enough to be read in a review. */
function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
