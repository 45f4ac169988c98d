import { type Answer, type CompareOptions, type Comparison, comparePlanes, redundantParts } from '../../compare';
import { isObject } from '../../kinds/field';
import * as ips from '../../model/ip-set';
import type { Compared, NamedSet } from '../../report/compared';
import { comparisonJson, redundancyJson } from '../../report/comparison-json';
import { comparisonMarkdown, redundancyMarkdown } from '../../report/comparison-markdown';
import { comparisonText, redundancyText } from '../../report/comparison-text';
import { placesIn } from '../../report/places';
import type { Command, Given } from '../command';
import { ExitCode } from '../exit-codes';
import { filesAt, revisionOf } from '../git-revision';
import type { Io } from '../io';
import { liveSideOf } from '../live-given';
import { type ManifestsGiven, readManifestsGiven } from '../manifests';
import { printed } from '../output';
import { STDIN } from '../paths';
import { usageError } from '../usage-error';

export const compare: Command = {
  name: 'compare',
  summary: 'whether two sets of policies allow the same, or one implies the other, for every pod that could exist',
  usage: 'compare <a> [b]',
  examples: [
    'cdk8s-zero-trust compare policies/ cilium/',
    'cdk8s-zero-trust compare git:main:dist dist --expect implies',
    'cdk8s-zero-trust compare dist --redundant',
  ],
  options: [
    {
      flags: '--expect <relation>',
      description:
        'what ends with 0: equivalent, implies (A allows nothing that B does not), or disjoint (default: equivalent)',
      choices: ['equivalent', 'implies', 'disjoint'],
    },
    {
      flags: '--redundant',
      description: 'of one set: the rules and policies without which nothing changes',
    },
  ],
  reads: 'own',
  formats: ['text', 'json', 'md'],
  notes: [
    'Each of the two is a folder, a file, a glob, - for standard input, git:<revision>:<path>, with the path from the top of the repository, or a cluster: live: for that of the current context, live:<context> for another.',
    'Policies alone are enough: what they admit is compared at each end of every connection that any pods could have, in and out. A namespace has the labels that a Namespace among the manifests gives it; any other may have any.',
    'Disjoint: of what one of them isolates, nothing is allowed by both. Whatever does not hold is shown by a connection.',
    'It ends with 0 where it is as expected, with 1 where it is not, with 2 where that could not be decided; with --redundant with 1 where something is.',
  ],
  async run(given, io) {
    const [a, b] = given.args;
    if (given.has('redundant') !== (b === undefined)) throw oneOrTwo(given);
    if (a === STDIN && b === STDIN) throw bothStdin();
    return b === undefined ? redundant(a, given, io) : compared(a, b, given, io);
  },
};

async function compared(a: string, b: string, given: Given, io: Io): Promise<ExitCode> {
  const own = await readAt(a, given, io);
  const other = await readAt(b, given, io);
  const sets = { a: named(a, own), b: named(b, other) };
  const names = { a: sets.a.name, b: sets.b.name };
  const comparison = comparePlanes(own.plane.plane, other.plane.plane, { ...known([own, other]), names });
  const found: Compared = { ...sets, comparison };
  printed(given, io, {
    text: () => comparisonText(found),
    json: () => comparisonJson(found),
    md: () => comparisonMarkdown(found),
  });
  return asExpected(comparison, given.value('expect') ?? 'equivalent');
}

async function redundant(path: string, given: Given, io: Io): Promise<ExitCode> {
  if (given.has('expect')) throw oneOrTwo(given);
  const read = await readAt(path, given, io);
  const found = redundantParts(read.plane.plane, known([read]));
  const result = { set: named(path, read), found };
  printed(given, io, {
    text: () => redundancyText(result),
    json: () => redundancyJson(result),
    md: () => redundancyMarkdown(result),
  });
  if (found.policies.length + found.rules.length > 0) return ExitCode.NO;
  return found.undecided.length + found.because.length > 0 ? ExitCode.PERHAPS : ExitCode.YES;
}

async function readAt(text: string, given: Given, io: Io): Promise<ManifestsGiven> {
  const live = liveSideOf(text);
  if (live !== undefined) return readManifestsGiven(given, io, { paths: [], live });
  const revision = revisionOf(text);
  return readManifestsGiven(
    given,
    io,
    revision === undefined ? { paths: [text] } : { paths: [], texts: filesAt(revision, io) },
  );
}

function named(path: string, { reading }: ManifestsGiven): NamedSet {
  return { name: path === STDIN ? 'standard input' : path, places: placesIn(reading) };
}

/** What is known of the cluster is the same for both; a namespace that they give different labels is known by its name alone. */
function known(all: readonly ManifestsGiven[]): CompareOptions {
  const labels = new Map<string, Readonly<Record<string, string>>>();
  const contested = new Set<string>();
  for (const { reading } of all) {
    const written = new Set(reading.written.flatMap(({ object }) => namespaceName(object)));
    for (const namespace of reading.world.namespaces.filter(({ name }) => written.has(name))) {
      const before = labels.get(namespace.name);
      if (before !== undefined && textOf(before) !== textOf(namespace.labels)) contested.add(namespace.name);
      labels.set(namespace.name, namespace.labels);
    }
  }
  const [{ facts }] = all;
  const { podRanges, serviceRanges, nodeRanges, apiServer } = facts ?? {};
  const others = [serviceRanges, nodeRanges, apiServer?.addresses].flatMap((set) => set ?? []);
  return {
    ...(podRanges && { podAddresses: podRanges }),
    ...(nodeRanges && { nodeAddresses: nodeRanges }),
    ...(apiServer && { apiServerAddresses: apiServer.addresses }),
    otherAddresses: ips.unionOf(others),
    knownNamespaces: [...labels].filter(([name]) => !contested.has(name)).map(([name, own]) => ({ name, labels: own })),
  };
}

function namespaceName(object: unknown): readonly string[] {
  if (!isObject(object) || object.kind !== 'Namespace' || object.apiVersion !== 'v1' || !isObject(object.metadata))
    return [];
  const { name } = object.metadata;
  return typeof name === 'string' ? [name] : [];
}

function textOf(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).sort());
}

function asExpected({ implies, impliedBy, disjoint }: Comparison, expected: string): ExitCode {
  switch (expected) {
    case 'implies':
      return exitCodeOf([implies]);
    case 'disjoint':
      return exitCodeOf([disjoint]);
    default:
      return exitCodeOf([implies, impliedBy]);
  }
}

function exitCodeOf(answers: readonly Answer[]): ExitCode {
  if (answers.some(({ holds }) => holds === 'no')) return ExitCode.NO;
  return answers.every(({ holds }) => holds === 'yes') ? ExitCode.YES : ExitCode.PERHAPS;
}

function oneOrTwo({ args }: Given) {
  return usageError({
    what: 'Two sets of policies are compared, and of one it is asked what is redundant',
    value: args.join(' '),
    allowed: 'compare <a> <b> [--expect <relation>], or compare <a> --redundant',
    fix: 'compare git:main:dist dist',
  });
}

function bothStdin() {
  return usageError({
    what: 'Standard input cannot be both sides',
    value: '- -',
    allowed: 'one - at most',
    fix: 'compare git:main:dist -',
  });
}
