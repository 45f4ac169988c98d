import type { CommanderError, Command as Parser } from 'commander';
import type { ZeroTrustError } from '../model/problem';
import { unknownName, usageError } from './usage-error';

/** A complaint of the parser in our words, with the nearest name where a name is not known. */
export function parserError({ code, message }: CommanderError, parser: Parser): ZeroTrustError {
  const quoted = /'([^']*)'/.exec(message)?.[1] ?? '';
  const fix = `Ask for its help: ${nameOf(parser)} --help`;
  switch (code) {
    case 'commander.unknownOption':
      return unknownName('option', quoted, optionsOf(parser), fix);
    case 'commander.optionMissingArgument':
      return usageError({ what: `The option '${quoted}' has no value`, value: quoted, fix });
    case 'commander.missingArgument':
      return usageError({
        what: `'${nameOf(parser)}' needs <${quoted}>`,
        value: quoted,
        allowed: `${nameOf(parser)} ${parser.usage()}`,
        fix,
      });
    case 'commander.excessArguments':
      return usageError({
        what: `'${nameOf(parser)}' takes fewer arguments than it was given`,
        value: parser.args.join(' '),
        allowed: `${nameOf(parser)} ${parser.usage()}`,
        fix,
      });
    default:
      return usageError({ what: message.replace(/^error: /, '').replace(/\.$/, ''), fix });
  }
}

function nameOf(parser: Parser): string {
  return parser.parent ? `${parser.parent.name()} ${parser.name()}` : parser.name();
}

function optionsOf(parser: Parser): string[] {
  return parser
    .createHelp()
    .visibleOptions(parser)
    .flatMap(({ long }) => long ?? []);
}
