import { readFileSync } from 'node:fs';
import { COMMANDS } from '../../lib/cli/commands';
import { COMMON_OPTIONS, formatOptions, LIVE_OPTIONS, PATH_OPTION, READING_OPTIONS } from '../../lib/cli/options';
import { programOf } from '../../lib/cli/program';
import { SILENT } from '../cli/silent-io';

const page = readFileSync('docs/command-line.md', 'utf8');

/** The options of a command, as the parser of its command line has them. */
function optionsOf(name: string): readonly string[] {
  const program = programOf([name], SILENT, COMMANDS, () => undefined);
  const command = program.commands.find((each) => each.name() === name);
  return (command?.options ?? []).map(({ long }) => long ?? '');
}

/** Options in code, with or without their values, and with a short form before: `--focus END`. */
const optionsIn = (text: string) =>
  [...text.matchAll(/`(?:-\w, )?(--[a-z][a-z-]*)[^`]*`/g)].map(([, option]) => option);

/** The rows that say which commands their options are of; any other place speaks of those that many have. */
const rows = page
  .split('\n')
  .map((line) => /^[|] ((?:`[a-z]+`(?:, )?)+) [|] ([^|]*) [|]/.exec(line))
  .filter((row) => row !== null)
  .map(([, commands, options]) => ({ commands: commands.split(', '), options: optionsIn(options) }));

const ofAll = [...READING_OPTIONS, ...LIVE_OPTIONS, ...COMMON_OPTIONS, PATH_OPTION, ...formatOptions(['text'])].map(
  ({ flags }) => /--[a-z-]+/.exec(flags)?.[0] ?? '',
);

describe('the page of the command line', () => {
  it.each(COMMANDS.map(({ name }) => name))('has the command %s in its table, and its options', (name) => {
    expect(page).toMatch(new RegExp(`^[|] \`${name}[ \`]`, 'm'));
    const said = rows.filter(({ commands }) => commands.includes(`\`${name}\``)).flatMap(({ options }) => options);
    const own = optionsOf(name).filter((option) => !ofAll.includes(option));
    expect([...said].sort()).toEqual([...own].sort());
  });

  it('has the options that many commands have', () => {
    const options = new Set(optionsIn(page));
    expect(ofAll.filter((option) => !options.has(option))).toEqual([]);
  });

  it('has no option that no command has', () => {
    const known = new Set([...COMMANDS.flatMap(({ name }) => optionsOf(name)), '--help', '--version']);
    expect(optionsIn(page).filter((option) => !known.has(option))).toEqual([]);
  });
});
