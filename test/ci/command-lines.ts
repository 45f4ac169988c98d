import { COMMANDS } from '../../lib/cli/commands';
import { programOf } from '../../lib/cli/program';
import { SILENT } from '../cli/silent-io';

/** Every line of a text that runs this tool, as words behind its name. */
export function commandLinesIn(text: string): string[][] {
  return text.split('\n').flatMap((line) => {
    const [, rest] =
      /(?:cdk8s-zero-trust(?:@\S+)?|kubectl zero-trust) ((?:check|diff|prove|comment|list|can|explain|reach|graph) .*)/.exec(
        line,
      ) ?? [];
    return rest === undefined ? [] : [wordsOf(rest)];
  });
}

/** As a shell takes it apart, up to what ends a command. Lists of further options are left out: they are options. */
function wordsOf(line: string): string[] {
  const command = line.split(/ (?:\|\||\||&&|;) ?|`/)[0] ?? '';
  const words = withoutLists(command).match(/"[^"]*"|'[^']*'|[^\s"']+/g) ?? [];
  return words.map((word) => word.replace(/^["']|["']$/g, ''));
}

function withoutLists(command: string): string {
  return command.replaceAll(/\$\{\w+\[@\]\+"\$\{\w+\[@\]\}"\}/g, '');
}

/** The name of the command that the real parser makes of it. @throws for what the tool would refuse */
export function parsedName(words: readonly string[]): string | undefined {
  let name: string | undefined;
  programOf(words, SILENT, COMMANDS, ({ command }) => {
    name = command.name;
  }).parse(words, { from: 'user' });
  return name;
}
