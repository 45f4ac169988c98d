import { printable } from '../model/printable';
import { type Compared, partText, type RedundancyOf, redundancySentence, relationSentence, shown } from './compared';

/** A comparison for a person: the answer, then for each property that does not hold a connection that shows it. */
export function comparisonText(compared: Compared): string {
  const sections = shown(compared).map(({ heading, because, connection, verdicts }) => [
    `${heading}:`,
    ...because.map((why) => `  ${why}`),
    ...(connection === undefined ? [] : [`  ${connection}`]),
    ...verdicts.map((verdict) => `    ${verdict}`),
  ]);
  const { notes } = compared.comparison;
  return blocks([[`${relationSentence(compared)}.`], ...sections, ...(notes.length === 0 ? [] : [notes])]);
}

/** What is redundant, for a person. */
export function redundancyText(given: RedundancyOf): string {
  const { set, found } = given;
  const parts = (heading: string, all: typeof found.rules) =>
    all.length === 0 ? [] : [[heading, ...all.map((part) => `  ${partText(part, set.places)}`)]];
  return blocks([
    [`${redundancySentence(given)}.`],
    ...parts('redundant while all others stay:', [...found.policies, ...found.rules]),
    ...parts('can go together:', found.together),
    ...parts('undecided:', found.undecided),
    ...(found.because.length === 0 ? [] : [found.because]),
  ]);
}

function blocks(all: readonly (readonly string[])[]): string {
  return all.map((lines) => lines.map((line) => `${printable(line)}\n`).join('')).join('\n');
}
