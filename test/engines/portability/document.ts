import { outcomeOf } from './outcome';
import { ENGINES, type Scenario } from './scenario';
import { SCENARIOS } from './scenarios';

/** The table of engines for people, as `docs/engines.md` has it between its marks. */
export function portabilityTable(): string {
  const engines = Object.keys(ENGINES);
  const refusals: string[] = [];
  const rows = SCENARIOS.map((scenario) => {
    const cells = engines.map((engine) => cell(scenario, engine, refusals));
    return `| ${[scenario.title, ...cells, scenario.note ?? ''].join(' | ')} |`;
  });
  return [
    `| scenario | ${engines.join(' | ')} | note |`,
    `| --- | ${engines.map(() => '---').join(' | ')} | --- |`,
    ...rows,
    '',
    ...refusals.map((reason, i) => `${i + 1}. ${reason}`),
  ].join('\n');
}

function cell(scenario: Scenario, engine: string, refusals: string[]): string {
  const outcome = outcomeOf(scenario, engine);
  switch (outcome.kind) {
    case 'proved':
      return 'proved';
    case 'would allow':
      return 'tried out';
    case 'not proved':
      throw new Error(`${scenario.title} on ${engine}: ${outcome.why}`);
    case 'refused': {
      const reason = outcome.because.replace(/\s+/g, ' ');
      if (!refusals.includes(reason)) refusals.push(reason);
      return `refused (${refusals.indexOf(reason) + 1})`;
    }
  }
}

export const BEGIN = '<!-- begin: the table, written by `npm run engines` -->';
export const END = '<!-- end -->';

/** The document with its table written anew. */
export function withTable(document: string): string {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error('docs/engines.md has no place for the table');
  return `${document.slice(0, begin + BEGIN.length)}\n\n${portabilityTable()}\n\n${document.slice(end)}`;
}
