import { type Compared, partText, type RedundancyOf, redundancySentence, relationSentence, shown } from './compared';
import { codeMarkdown, plainMarkdown } from './markdown-escape';

/** A comparison as Markdown: the answer, then what shows it. */
export function comparisonMarkdown(compared: Compared): string {
  const sections = shown(compared).map(({ heading, because, connection, verdicts }) =>
    [
      `### ${plainMarkdown(heading)}`,
      '',
      ...because.map((why) => `- ${plainMarkdown(why)}`),
      ...(connection === undefined ? [] : [`- ${codeMarkdown(connection)}`]),
      ...verdicts.map((verdict) => `  - ${plainMarkdown(verdict)}`),
    ].join('\n'),
  );
  const notes = compared.comparison.notes.map(plainMarkdown);
  return blocks([`**${plainMarkdown(relationSentence(compared))}.**`, ...sections, ...notes]);
}

/** What is redundant, as Markdown. */
export function redundancyMarkdown(given: RedundancyOf): string {
  const { set, found } = given;
  const parts = (heading: string, all: typeof found.rules) =>
    all.length === 0
      ? []
      : [[`### ${heading}`, '', ...all.map((part) => `- ${codeMarkdown(partText(part, set.places))}`)].join('\n')];
  return blocks([
    `**${plainMarkdown(redundancySentence(given))}.**`,
    ...parts('Redundant while all others stay', [...found.policies, ...found.rules]),
    ...parts('Can go together', found.together),
    ...parts('Undecided', found.undecided),
    ...found.because.map(plainMarkdown),
  ]);
}

function blocks(all: readonly string[]): string {
  return `${all.join('\n\n')}\n`;
}
