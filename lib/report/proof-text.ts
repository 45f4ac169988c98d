import { printable } from '../model/printable';
import { problemText } from '../model/problem';
import type { PlacedProblem, ProofResult, RecordHeld } from './proof-result';

/** Why agreement with annotations is not called a proof. */
export const NOT_A_PROOF =
  'This is no proof, since whoever edits a policy can edit its annotation: a graph that is kept elsewhere tells (--graph graph.json).';

/** Several results are a line each while nothing speaks against them. */
const LEFT_OUT = '\nWhat each leaves out, and what to verify in the live cluster, is printed with --verbose.';

/** Results for people: a verdict for each, what speaks against it, and what it leaves out. */
export function proofsText(results: readonly ProofResult[], isVerbose = false): string {
  const isWhole = results.length === 1 || isVerbose;
  const texts = results.map((result) => resultText(result, isWhole));
  return `${[...texts, ...(isWhole ? [] : [LEFT_OUT])].join(isWhole ? '\n\n' : '\n')}\n`;
}

function resultText(result: ProofResult, isWhole: boolean): string {
  const { assumptions, preconditions, notes } = result;
  return [
    `${printable(result.name)}: ${verdictText(result)}`,
    ...result.against.map(problemWithPlaces),
    ...(notes.length === 0 ? [] : [list('Noted', notes)]),
    ...(isWhole ? [list('Outside the proof', assumptions)] : []),
    ...(isWhole && preconditions.length > 0 ? [list('To verify in the live cluster', preconditions)] : []),
  ].join('\n\n');
}

/** The verdict as one sentence or two; the reason where it is less than a proof. */
export function verdictText({ conclusion, counts, graph, audited, record }: ProofResult): string {
  const { namespaces, rules, flows, cells } = counts;
  const size = `(${namespaces} namespaces, ${rules} rules, ${flows} flows, ${cells} cells)`;
  const what = graph === undefined ? 'their annotations say' : `${printable(graph)} declares`;
  if (record !== undefined) return recordText(record, size);
  switch (conclusion) {
    case 'proved':
      return `Proved: the manifests allow exactly what ${what} ${size}.`;
    case 'consistent':
      return `Consistent: the manifests allow exactly what their annotations say ${size}. ${NOT_A_PROOF}`;
    case 'would-allow':
      return `Not enforced: the manifests would allow exactly what ${what}, but policies of ${audited.map(printable).join(', ')} are only tried out ${size}.`;
    case 'undecided':
      return `Undecided: nothing was found that speaks against it, and not everything could be decided ${size}.`;
    case 'not-proved':
      return graph === undefined
        ? `Not consistent: the manifests do not allow exactly what ${what} ${size}.`
        : `Not proved: the manifests do not allow exactly what ${what} ${size}.`;
  }
}

function recordText({ files, against }: RecordHeld, size: string): string {
  if (against.length > 0) return `Not verified: ${against.map(printable).join('; ')}.`;
  const what = files === 1 ? 'the one file is' : `all ${files} files are`;
  return `Verified: ${what} as recorded, and what the record says is found again ${size}.`;
}

function problemWithPlaces(problem: PlacedProblem): string {
  return [problemText(problem), ...problem.places.map((place) => `  at ${printable(place)}`)].join('\n');
}

function list(heading: string, items: readonly string[]): string {
  return [`${heading}:`, ...items.map((item) => `- ${printable(item)}`)].join('\n');
}
