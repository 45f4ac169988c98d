import { type FoundProblem, findingLines } from '../findings/finding';

/** What a finding says below its first line, for formats that have places of their own for level, rule and place. */
export function sentences(found: FoundProblem): string {
  return findingLines(found).join('\n');
}

/** The same where there is one line for it. */
export function inOneLine(found: FoundProblem): string {
  return findingLines(found)
    .flatMap((line) => line.split('\n'))
    .map((line) => line.trim())
    .join(' ');
}
