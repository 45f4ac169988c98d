import { type Differences, differences, isWider } from '../../analysis';
import { differencesPicture } from '../../picture/differences-picture';
import { differencesJson } from '../../report/differences-json';
import { differencesMarkdown } from '../../report/differences-markdown';
import { differencesText } from '../../report/differences-text';
import type { Command } from '../command';
import { drawn, PICTURES } from '../drawn';
import { ExitCode } from '../exit-codes';
import { printed } from '../output';
import { sidesGiven, stateOf } from '../sides';

export const diff: Command = {
  name: 'diff',
  summary: 'what changed between two states: paths that are new, wider, narrower, lost',
  usage: 'diff <old> <new>',
  examples: [
    'cdk8s-zero-trust diff git:main:dist dist',
    'helm template chart | cdk8s-zero-trust diff git:main:rendered -',
    'cdk8s-zero-trust diff before after --format markdown --output comment.md --fail-on widened',
  ],
  options: [
    {
      flags: '--fail-on <change>',
      description: 'what ends with 1: any change of a path, one that widened (or is new), or none (default: any)',
      choices: ['any', 'widened', 'none'],
    },
  ],
  reads: 'own',
  formats: ['text', 'json', 'markdown', ...PICTURES],
  notes: [
    'Each of the two is a folder, a file, a glob, - for standard input, git:<revision>:<path>, with the path from the top of the repository, or a cluster: live: for that of the current context, live:<context> for another.',
    'Pods that no manifest shows are compared where a policy that changed is about them, and are told by what it asks for: ingress/app=nginx, ingress/* for any pod there, {team=ml}/* where a namespace is meant by its labels.',
    'Requests (HTTP, Kafka, DNS) and their rules are told where they changed; if nothing else did, it ends with 2, since what passes is then not decided by ports.',
  ],
  async run(given, io) {
    const { old, own } = await sidesGiven(given, io);
    const [before, after] = [stateOf(old), stateOf(own)];
    const found = differences(before, after);
    const title = `What changed from ${given.args[0]} to ${given.args[1]}`;
    const pictures = await drawn(given, () => differencesPicture(found, before.world, after.world, title));
    printed(given, io, {
      text: () => differencesText(found),
      json: () => differencesJson(found),
      markdown: () => differencesMarkdown(found),
      ...pictures,
    });
    return exitCode(found, given.value('fail-on') ?? 'any');
  },
};

function exitCode({ changes, requests }: Differences, failOn: string): ExitCode {
  if (failOn === 'none') return ExitCode.YES;
  const told = failOn === 'widened' ? changes.filter(({ kind }) => isWider(kind)) : changes;
  if (told.length > 0) return ExitCode.NO;
  return requests.length > 0 ? ExitCode.PERHAPS : ExitCode.YES;
}
