import type { MarkedFinding } from './fingerprint';

/** What a baseline says that it is. */
export const BASELINE_SCHEMA = 'cdk8s-zero-trust/baseline/v1';

/** A finding that was there before: what a review reads, and what it is known by. */
export interface KnownFinding {
  readonly rule: string;
  /** The object, or the file where no object has the trouble. */
  readonly object: string;
  readonly fingerprint: string;
}

export interface AgainstBaseline {
  readonly fresh: readonly MarkedFinding[];
  readonly known: readonly MarkedFinding[];
  /** What is in the baseline and found no more. */
  readonly gone: readonly KnownFinding[];
}

/** As a file: a finding a line, by object and rule, so that a diff shows what came and went. */
export function baselineText(found: readonly MarkedFinding[]): string {
  const lines = found
    .map(({ rule, place, where = '', fingerprint }) => ({
      rule,
      object: place?.object ?? place?.file ?? where,
      fingerprint,
    }))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map((entry) => `    ${JSON.stringify(entry)}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "schema": ${JSON.stringify(BASELINE_SCHEMA)},\n  "findings": ${list}\n}\n`;
}

export function againstBaseline(found: readonly MarkedFinding[], baseline: readonly KnownFinding[]): AgainstBaseline {
  const before = new Set(baseline.map(({ fingerprint }) => fingerprint));
  const after = new Set(found.map(({ fingerprint }) => fingerprint));
  return {
    fresh: found.filter(({ fingerprint }) => !before.has(fingerprint)),
    known: found.filter(({ fingerprint }) => before.has(fingerprint)),
    gone: baseline.filter(({ fingerprint }) => !after.has(fingerprint)),
  };
}

function keyOf({ object, rule, fingerprint }: KnownFinding): string {
  return [object, rule, fingerprint].join('\u0000');
}
