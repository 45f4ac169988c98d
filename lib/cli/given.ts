import { normalize } from 'node:path';
import type { Command, Given, Output } from './command';
import { unknownName, usageError } from './usage-error';

/** An option as it was met on the command line; the value is undefined for one that takes none. */
export interface Met {
  readonly option: string;
  readonly value: string | undefined;
}

/** A command line of that command, looked at. @throws for values that an option does not take. */
export function givenOf(command: Command, args: readonly string[], met: readonly Met[]): Given {
  const values = (option: string) => met.flatMap((one) => (one.option === option ? (one.value ?? []) : []));
  const paths = command.reads === 'arguments' ? args : values('file');
  return {
    args: command.reads === 'arguments' ? [] : args,
    paths: paths.length > 0 || met.some(({ option }) => option === 'live') ? paths : ['.'],
    line: (renamed) => lineOf(command, args, met, renamed),
    outputs: outputsOf(met, command.formats),
    has: (option) => met.some((one) => one.option === option),
    value: (option) => values(option).at(-1),
    values,
  };
}

/** Arguments come first, as in the examples of the help. Where no path is given, the folder that one is in is. */
function lineOf(
  { name, reads }: Command,
  args: readonly string[],
  met: readonly Met[],
  renamed: (path: string) => string,
): readonly string[] {
  const hasFile = met.some(({ option }) => option === 'file');
  const paths = reads === 'option' && !hasFile ? [{ option: 'file', value: '.' }] : [];
  const places = reads === 'arguments' && args.length === 0 ? ['.'] : args;
  return [
    name,
    ...(reads === 'option' ? args : places.map(renamed)),
    ...[...met, ...paths].flatMap(({ option, value }) => [
      ...(option === 'file' ? ['-f', renamed(value ?? '')] : [`--${option}`, ...(value === undefined ? [] : [value])]),
    ]),
  ];
}

/** Each format goes to the output behind it; one alone may go to standard output. */
function outputsOf(met: readonly Met[], formats: readonly string[] | undefined): Output[] {
  if (formats === undefined) return [];
  const outputs: Output[] = [];
  for (const { option, value = '' } of met) {
    const last = outputs.at(-1);
    if (option === 'format') outputs.push({ format: knownFormat(value, formats) });
    else if (option !== 'output') continue;
    else if (last === undefined) outputs.push({ format: formats[0], ...toFile(value) });
    else if (last.file === undefined) outputs[outputs.length - 1] = { ...last, ...toFile(value) };
    else throw outputTooMany(value);
  }
  if (outputs.filter(({ file }) => file === undefined).length > 1) throw outputsMixed(outputs);
  const twice = outputs.find(
    ({ file }, i) => file !== undefined && outputs.slice(0, i).some((it) => isSame(it.file, file)),
  );
  if (twice?.file !== undefined) throw outputsInOne(twice.file);
  return outputs.length > 0 ? outputs : [{ format: formats[0] }];
}

function isSame(one: string | undefined, other: string): boolean {
  return one !== undefined && normalize(one) === normalize(other);
}

function toFile(value: string): Pick<Output, 'file'> {
  if (value === '')
    throw usageError({ what: 'The option --output has no file', allowed: 'a file, or - for standard output' });
  return value === '-' ? {} : { file: value };
}

function knownFormat(format: string, formats: readonly string[]): string {
  if (formats.includes(format)) return format;
  throw unknownName('format', format, formats);
}

function outputTooMany(file: string) {
  return usageError({
    what: `There is no format for the output '${file}'`,
    value: file,
    allowed: 'one --output behind each --format',
    fix: '--format json --output result.json --format text',
  });
}

function outputsInOne(file: string) {
  return usageError({
    what: `Two outputs go to one file, '${file}'`,
    value: file,
    allowed: 'a file for each format',
    fix: '--format json --output result.json --format csv --output result.csv',
  });
}

function outputsMixed(outputs: readonly Output[]) {
  const names = outputs.flatMap(({ format, file }) => (file === undefined ? [format] : []));
  return usageError({
    what: `Standard output would have ${names.join(' and ')} in one`,
    value: names.join(', '),
    allowed: 'one format on standard output, and a file for each other one',
    fix: `--format ${names[0]} --output result.${names[0]} --format ${names[1]}`,
  });
}
