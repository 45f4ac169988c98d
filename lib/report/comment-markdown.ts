import type { Differences } from '../analysis';
import type { Level } from '../findings/finding';
import type { MarkedFinding } from '../findings/fingerprint';
import { problemText } from '../model/problem';
import { counted } from './counted';
import { differencesMarkdown } from './differences-markdown';
import { placeParts } from './findings-text';
import { Budget, foldBlock } from './folded-markdown';
import { codeMarkdown, plainMarkdown } from './markdown-escape';
import type { ProofResult } from './proof-result';
import { verdictText } from './proof-text';
import { inOneLine } from './sentences';

/** What a pull request is told of its manifests. */
export interface Comment {
  readonly differences: Differences;
  /** What the checks find and did not find before; what nobody accepted. */
  readonly found: readonly MarkedFinding[];
  /** How many findings are gone. */
  readonly gone: number;
  /** Of the manifests as the pull request has them. */
  readonly proofs: readonly ProofResult[];
}

/** Room that findings and proofs have at most; the differences have the rest of the comment. */
const MOST_OF_FINDINGS = 12_000;
const MOST_OF_PROOFS = 8_000;

/**
 * The comment on a pull request: one verdict in bold, what opens, and folded what else changed, what the checks newly find,
 * and at the end what the proof says. Under 60,000 characters, whatever is in it.
 */
export function commentMarkdown({ differences, found, gone, proofs }: Comment): string {
  return differencesMarkdown(differences, {
    verdict: [...newFindings(found), ...(gone === 0 ? [] : [`${counted(gone, 'finding')} gone`])],
    end: [...findingsBlock(found), ...proofBlocks(proofs)],
  });
}

/** `2 new findings (1 error)`: what weighs most is told by its number. */
function newFindings(found: readonly MarkedFinding[]): string[] {
  if (found.length === 0) return [];
  const all = `${counted(found.length, 'new finding')}`;
  const count = (weight: Level) => found.filter(({ level }) => level === weight).length;
  const weights = (['error', 'warning'] as const).flatMap((level) =>
    count(level) === 0 ? [] : [counted(count(level), level)],
  );
  return [weights.length === 0 ? all : `${all} (${weights.join(', ')})`];
}

const FINDINGS_HEAD = ['| | Rule | Where | What |', '|---|---|---|---|'];

function findingsBlock(found: readonly MarkedFinding[]): string[] {
  const rows = found.map((one) => {
    const cells = [
      one.level,
      plainMarkdown(one.rule),
      placeParts(one).map(short).map(codeMarkdown).join(' '),
      plainMarkdown(short(inOneLine(one))),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const title = counted(found.length, 'new finding');
  return foldBlock({ title, head: FINDINGS_HEAD, rows }, new Budget(MOST_OF_FINDINGS));
}

function proofBlocks(proofs: readonly ProofResult[]): string[] {
  if (proofs.length === 0)
    return ['Nothing is proved: that takes a folder of policies that say what they are to allow.'];
  const budget = new Budget(MOST_OF_PROOFS);
  // What speaks against something comes before what is as it should be.
  const inOrder = [...proofs].sort((a, b) => b.against.length - a.against.length);
  const kept = budget.taken(
    inOrder.map((proof) => `${codeMarkdown(short(proof.name))}: ${plainMarkdown(short(verdictText(proof)))}`),
  );
  const left = inOrder.length - kept.length;
  const against = inOrder.flatMap((proof) =>
    proof.against.map((problem) => `- ${plainMarkdown(short(problemText(problem).replaceAll('\n', ' ')))}`),
  );
  return [
    ...foldBlock(
      { title: `${counted(against.length, 'thing speaks', 'things speak')} against the proof`, rows: against },
      budget,
    ),
    ...kept,
    ...(left === 0 ? [] : [`${counted(left, 'more folder')} could not be named here; prove has all of them.`]),
  ];
}

/** A cell of a table has at most this much of a text. */
const LONGEST = 500;

function short(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
