import { leadsTo, type Reach, reach as reachFrom } from '../../analysis';
import { endInWords } from '../../asking/end-in-words';
import type { KnownWorld } from '../../asking/known-world';
import { internet } from '../../cluster/special-addresses';
import { mermaidOf } from '../../graph/mermaid';
import { pathsDiagram, reachDiagram } from '../../report/reach-diagram';
import { pathsToJson, reachJson } from '../../report/reach-json';
import { pathsToText, reachText } from '../../report/reach-text';
import type { PathsTo } from '../../report/reach-words';
import type { Command, Given } from '../command';
import { ExitCode } from '../exit-codes';
import { readManifestsGiven } from '../manifests';
import { printed } from '../output';
import { knownWorld } from '../question';
import { usageError } from '../usage-error';

export const reach: Command = {
  name: 'reach',
  summary: 'how far an intruder gets: what a workload reaches, hop by hop, and where data can leave',
  usage: 'reach <from>',
  examples: [
    'cdk8s-zero-trust reach ai-agents/agent -f dist',
    'cdk8s-zero-trust reach ai-agents/app=agent --to internet -f dist',
    'cdk8s-zero-trust reach ai-agents/agent -f dist --format mermaid',
    'helm template chart | cdk8s-zero-trust reach default/api --to default/db --hops 3 -f -',
  ],
  options: [
    {
      flags: '--to <end>',
      description: 'only the paths to it: internet, or a workload (default: everything that is reached)',
    },
    { flags: '--hops <number>', description: 'connections that a path has at most (default: any number)' },
  ],
  reads: 'option',
  formats: ['text', 'json', 'mermaid'],
  notes: [
    '<from> is namespace/name, namespace/Kind/name, or namespace/label=value,… for all workloads with these labels.',
    'Every workload that is reached is taken to be taken over, and to open whatever it may. What is reached outside the cluster, nodes and the API server are ends: what is behind them is not followed.',
    'It ends with 1 where a path surely is (to what was asked for, or to anything), with 2 where one perhaps is, and with 0 where none is.',
  ],
  async run(given, io) {
    const hops = hopsGiven(given);
    const known = knownWorld(await readManifestsGiven(given, io));
    const { world, plane, podAddresses } = known;
    const found = reachFrom(world, plane, workloadsIn(given.args[0], known), {
      ...(hops !== undefined && { hops }),
      ...(podAddresses && { podAddresses }),
    });
    const to = given.value('to');
    if (to === undefined) {
      printed(given, io, {
        text: () => reachText(found),
        json: () => reachJson(found),
        mermaid: () => mermaidOf(reachDiagram(found)),
      });
      return exitCode([...found.reached, ...found.exits]);
    }
    const asked: PathsTo = { from: found.from, to, paths: pathsTo(to, found, known) };
    printed(given, io, {
      text: () => pathsToText(asked),
      json: () => pathsToJson(asked),
      mermaid: () => mermaidOf(pathsDiagram(asked)),
    });
    return exitCode(asked.paths);
  },
};

function pathsTo(to: string, found: Reach, known: KnownWorld): PathsTo['paths'] {
  if (to === 'internet') return found.exits.filter((exit) => leadsTo(exit, internet));
  return workloadsIn(to, known).flatMap((id) => found.waysTo(id));
}

/** The workloads that words name. Pods that no manifest shows are none: nobody knows what else they may do. */
function workloadsIn(words: string, known: KnownWorld): readonly string[] {
  const ids = new Set(known.world.workloads.map(({ id }) => id));
  const named = endInWords(words, 'client', known).workloads.filter(({ id }) => ids.has(id));
  if (named.length > 0) return named.map(({ id }) => id);
  throw usageError({
    what: `'${words}' is not a workload of these manifests`,
    value: words,
    allowed: 'namespace/name, namespace/Kind/name, namespace/label=value,… or namespace/*',
    fix: 'cdk8s-zero-trust reach ai-agents/agent',
  });
}

function exitCode(paths: readonly { readonly isSure: boolean }[]): ExitCode {
  if (paths.some(({ isSure }) => isSure)) return ExitCode.NO;
  return paths.length > 0 ? ExitCode.PERHAPS : ExitCode.YES;
}

function hopsGiven(given: Given): number | undefined {
  const text = given.value('hops');
  if (text === undefined || /^[1-9]\d{0,5}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw usageError({
    what: `'${text}' is not a number of connections`,
    value: text,
    allowed: 'a whole number from 1',
    fix: '--hops 3',
  });
}
