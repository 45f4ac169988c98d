import { CHECKS, seenOf } from '../checks';
import { type FoundProblem, refusalFound } from '../findings/finding';
import { UNREAD_RULES } from '../findings/unread-rules';
import { printable } from '../model/printable';
import { ZeroTrustError } from '../model/problem';
import { checked } from '../report/checked';
import { type FindingsReport, fails, isFailed } from '../report/findings-report';
import type { ProofResult } from '../report/proof-result';
import { verdictText } from '../report/proof-text';
import { thisTool } from '../report/this-tool';
import { verdict } from '../report/verdict';
import { knownRules } from '../settings/known-rules';
import { type Given, givenIn } from './given';
import { proofOf } from './proof-of';
import type { ZeroTrustViolation } from './report';
import { type ReadTogether, readTogether, type Together, together } from './together';
import { resourceNames, violationsOf, violationsOfProof } from './violations';

/** What the report of a validation has. */
export interface Validated {
  readonly violations: readonly ZeroTrustViolation[];
  readonly status: 'success' | 'failure';
  /** Rows of its summary. */
  readonly rows: Record<string, string>;
}

/** Checks and proves manifests. Nothing is thrown: what goes wrong is a violation. */
export function validated(manifests: unknown, properties: unknown): Validated {
  try {
    return judged(pathsIn(manifests), properties);
  } catch (error) {
    const found = error instanceof ZeroTrustError ? error.problems.map(refusalFound) : [defectFound(error)];
    return {
      violations: violationsOf(found, new Map(), () => undefined),
      status: 'failure',
      rows: { Findings: 'none, since the manifests could not be judged' },
    };
  }
}

function judged(manifests: readonly string[], properties: unknown): Validated {
  const given = givenIn(properties, manifests);
  const all = together(manifests, given.graph).map((files) => judgedTogether(files, given));
  return {
    violations: all.flatMap(({ violations }) => violations),
    status: all.some(({ isFailed }) => isFailed) ? 'failure' : 'success',
    rows: Object.fromEntries(all.flatMap(({ rows }) => rows)),
  };
}

interface Judged {
  readonly violations: readonly ZeroTrustViolation[];
  readonly isFailed: boolean;
  readonly rows: readonly (readonly [string, string])[];
}

function judgedTogether(files: Together, given: Given): Judged {
  const read = readTogether(files, given);
  const seen = seenOf(read.reading, read.plane, { ...(read.facts && { facts: read.facts }) });
  const findings = checked(seen, {
    checks: CHECKS,
    rules: knownRules(),
    given: given.acknowledge,
    baseline: given.baseline,
    ...(given.failsFrom && { failsFrom: given.failsFrom }),
    paths: files.paths,
    folder: process.cwd(),
    tool: thisTool(),
  });
  const proof = proofOf(files, read);
  const names = resourceNames(seen.objects);
  const rules = new Map(findings.rules.map((rule) => [rule.id, rule]));
  const isBad = isProofBad(proof) && given.failsFrom !== undefined;
  return {
    violations: [
      ...violationsOf(shown(findings), rules, names),
      ...(proof === undefined || !isProofBad(proof) ? [] : violationsOfProof(proof, files)),
    ],
    isFailed: isFailed(findings) || isBad || findings.found.some(({ rule }) => UNREAD_RULES.has(rule)),
    rows: [
      [`Findings in ${files.name}`, verdict(findings)],
      [`Proof of ${files.name}`, proof === undefined ? UNPROVED : verdictText(proof)],
      ...warningsOf(read).map((text) => [`Cluster of ${files.name}`, text]),
    ].map(([title, text]) => [printable(title), printable(text)] as const),
  };
}

function warningsOf({ facts }: ReadTogether): readonly string[] {
  const { warnings = [] } = facts ?? {};
  return warnings.length === 0 ? [] : [warnings.join(' ')];
}

const UNPROVED = 'none: nothing here says what is to be allowed, or it could not be read';

/** Policies that are only tried out are declared so: that is told, and no failure. */
function isProofBad(proof: ProofResult | undefined): boolean {
  return proof !== undefined && (proof.conclusion === 'not-proved' || proof.conclusion === 'undecided');
}

/** The report has no weights: notes would stand beside errors, so that they are only there where they fail. */
function shown({ found, failsFrom }: FindingsReport): readonly FoundProblem[] {
  return found.filter(({ level }) => level !== 'note' || fails(level, failsFrom));
}

function pathsIn(manifests: unknown): readonly string[] {
  if (Array.isArray(manifests) && manifests.length > 0 && manifests.every((path) => typeof path === 'string'))
    return manifests;
  throw new ZeroTrustError({
    rule: 'no-manifests',
    what: 'The app rendered no manifest, so that there is nothing to judge',
    allowed: 'an app that writes manifests to the folder that CDK8S_OUTDIR names',
    fix: 'Look at what the app prints, and where it writes.',
  });
}

/** An error that is none of the input: a defect of ours, and the user's manifests are not at fault. */
function defectFound(error: unknown): FoundProblem {
  const message = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : 'unknown';
  return {
    level: 'error',
    rule: 'defect',
    what: `This is a defect of cdk8s-zero-trust, and no fault of what it was given: ${message.split('\n')[0]}`,
    fix: 'Please report it with the manifests that it happens with.',
  };
}
