import { nothingProblem } from '../analysis/files/file-problems';
import { SETTINGS_FILE } from '../analysis/files/own-files';
import { type FileReading, type GivenObject, type GivenText, readFiles } from '../analysis/files/read-files';
import { type PlaneReading, planeOf } from '../analysis/plane-of';
import { reliabilityOf } from '../analysis/reliability';
import { objectText } from '../kinds/manifest';
import type { Values } from '../kinds/networking.k8s.io';
import type { Snapshot } from '../live/snapshot';
import type { ClusterFacts } from '../model/cluster-facts';
import { NAMESPACE_NAME_ALLOWED, namespaceNameProblem } from '../model/labels';
import { type Problem, problemText, ZeroTrustError } from '../model/problem';
import type * as ClusterFile from '../settings/cluster-file';
import type { ClusterRead } from '../settings/cluster-file';
import type * as GivenEngine from '../settings/engine-given';
import type { EngineGiven } from '../settings/engine-given';
import { findSettings } from '../settings/find-settings';
import type * as KnownRules from '../settings/known-rules';
import { clusterKnown, planeOptions } from '../settings/plane-options';
import type * as SettingsFile from '../settings/settings';
import type { Settings } from '../settings/settings';
import type { Given } from './command';
import type { Io } from './io';
import { type LiveAsked, objectsIn, snapshotGiven } from './live-given';
import { expanded, inFolder, isPassedOver, STDIN } from './paths';
import { pipedLine, STDIN_NAME } from './piped-line';
import type { Progress } from './progress';
import { usageError } from './usage-error';

/** Manifests that a command line names, and how they decide. */
export interface ManifestsGiven {
  readonly reading: FileReading;
  readonly plane: PlaneReading;
  /** What is known of the cluster; absent where nothing was told. */
  readonly facts?: ClusterFacts;
  /** Absent where there are none. */
  readonly settings?: Settings;
  /** Nothing was met that could make any answer wrong. False only for a command that goes on in spite of it. */
  readonly isReliable: boolean;
}

export interface ManifestsAsked {
  /** @default those of the command line */
  readonly paths?: readonly string[];
  /** The cluster that is read. @default the one of `--live`, where that is given */
  readonly live?: LiveAsked;
  /** A cluster that was read before. @default none */
  readonly snapshot?: Snapshot;
  /** Objects in place of those of the snapshot. @default its own */
  readonly objects?: readonly GivenObject[];
  /** Texts that are read as files are: what a revision of git has. @default none */
  readonly texts?: readonly GivenText[];
  /**
   * What becomes of problems that could make any answer wrong. `refuse`: they are thrown; `say`: they are printed, and the
   * command goes on with what was read, and has to end with the exit code of what could not be read; `leave`: nothing is
   * printed of what was read, since that is what the command reports. @default 'refuse'
   */
  readonly unreliable?: 'refuse' | 'say' | 'leave';
  /** Ids that settings may acknowledge. @default those of every rule */
  readonly rules?: () => readonly string[];
  /** The cluster, where the command knows it by itself. @default what the command line or settings say of it */
  readonly cluster?: ClusterFacts;
  /** Where it is shown how many files were read. @default it is not */
  readonly progress?: Progress;
  /** What was read before of other sides, which mostly say the same. @default nothing */
  readonly values?: Values;
}

/**
 * Reads what a command line names: the one door to manifests for all commands. What only puts some pods in doubt is
 * printed unless messages are not wanted: answers about them are *perhaps*, and the exit code is that of these.
 *
 * @throws for paths and options that are none, and for what makes every answer unreliable.
 */
export async function readManifestsGiven(given: Given, io: Io, asked: ManifestsAsked = {}): Promise<ManifestsGiven> {
  const paths = expanded(asked.paths ?? given.paths, io);
  const text = given.value('engine');
  const told = text === undefined ? undefined : engineOf().engineGiven(text, '--engine');
  const settings = settingsGiven(paths, told, asked.rules ?? everyRule, given, io);
  const cluster = asked.cluster ? clusterKnown(asked.cluster) : clusterGiven(told, settings, given, io);
  const defaultNamespace = namespaceGiven(given);
  const texts = [...(asked.texts ?? []), ...(paths.includes(STDIN) ? [await fromStdin(io)] : [])];
  const live = asked.live ?? liveGiven(given, asked.paths);
  const snapshot = asked.snapshot ?? (live && (await snapshotGiven(given, io, live)));
  const read = readFiles(
    paths.filter((path) => path !== STDIN),
    {
      texts,
      isPassedOver,
      pipedTo: (file) => pipedLine(file, given, io),
      progress: (done, files) => asked.progress?.show(() => `${done} of ${files} files read`),
      ...(snapshot && objectsIn(snapshot)),
      ...(asked.objects && { objects: asked.objects }),
      ...(asked.values && { values: asked.values }),
      ...(defaultNamespace !== undefined && { defaultNamespace }),
    },
  );
  asked.progress?.end();
  const isOfFiles = snapshot === undefined && asked.objects === undefined;
  const reading = snapshot ? withSnapshot(read, snapshot) : isOfFiles ? withNothing(read, paths) : read;
  const plane = planeOf(reading, planeOptions(cluster));
  const { broken, doubts } = reliabilityOf(reading, plane);
  if (broken.length > 0 && (asked.unreliable ?? 'refuse') === 'refuse') throw new ZeroTrustError(broken);
  const facts = cluster && { ...cluster.facts, engine: plane.engine };
  if (asked.unreliable !== 'leave') sayMessages(reading, broken, doubts, given, io);
  if (!given.has('quiet')) for (const warning of facts?.warnings ?? []) io.err(`${warning}\n`);
  return { reading, plane, ...(facts && { facts }), ...(settings && { settings }), isReliable: broken.length === 0 };
}

/** `--live` says where manifests are, so that no path can say it too. */
function liveGiven(given: Given, paths: readonly string[] | undefined): LiveAsked | undefined {
  if (!given.has('live')) {
    const option = ['context', 'only-namespace', 'kubectl'].find((each) => given.has(each));
    if (option === undefined || paths !== undefined) return undefined;
    throw usageError({
      what: `--${option} is about a cluster, and none is read`,
      value: `--${option}`,
      fix: `--live --${option} ${given.value(option) ?? ''}`,
    });
  }
  const besides = paths ?? given.paths;
  if (besides.length === 0) return {};
  throw usageError({
    what: '--live reads the cluster, and paths are read beside it by drift and diff alone',
    value: besides.join(' '),
    allowed: 'either --live or paths; diff and compare take live: as a side',
    fix: `cdk8s-zero-trust drift ${besides.join(' ')}`,
  });
}

/** What could not be read of the cluster makes answers as unreliable as a file that cannot be. */
function withSnapshot(reading: FileReading, { problems, assumptions }: Snapshot): FileReading {
  return {
    ...reading,
    problems: [...problems, ...reading.problems],
    assumptions: [...assumptions, ...reading.assumptions],
  };
}

/** The settings that are named, else those that lie where they are looked for. */
function settingsGiven(
  paths: readonly string[],
  told: EngineGiven | undefined,
  rules: () => readonly string[],
  given: Given,
  io: Io,
): Settings | undefined {
  const named = given.value('config');
  const path = named === undefined ? findSettings(paths, inFolder(SETTINGS_FILE, io)) : inFolder(named, io);
  if (path === undefined) return undefined;
  const { readSettingsFile } = require('../settings/settings') as typeof SettingsFile;
  return readSettingsFile(path, rules, told);
}

// What tells of a cluster brings the public values along, and is loaded where something is told.
function engineOf(): typeof GivenEngine {
  return require('../settings/engine-given');
}

/** The rules are many files, and few settings name one. */
function everyRule(): readonly string[] {
  return (require('../settings/known-rules') as typeof KnownRules).knownRules();
}

/** What the command line says of the cluster, else the settings; undefined where neither says anything. */
function clusterGiven(
  told: EngineGiven | undefined,
  settings: Settings | undefined,
  given: Given,
  io: Io,
): ClusterRead | undefined {
  const engine = told ?? settings?.engine;
  const file = given.value('cluster');
  if (file !== undefined) {
    const { readClusterFile } = require('../settings/cluster-file') as typeof ClusterFile;
    return readClusterFile(inFolder(file, io), engine);
  }
  if (settings?.cluster !== undefined) return settings.cluster;
  if (engine === undefined) return undefined;
  return { facts: engineOf().engineCluster(engine, {}), engine };
}

function namespaceGiven(given: Given): string | undefined {
  const namespace = given.value('namespace');
  const what = namespace === undefined ? undefined : namespaceNameProblem(namespace);
  if (what === undefined) return namespace;
  throw usageError({ what, value: namespace, allowed: NAMESPACE_NAME_ALLOWED, fix: '--namespace models' });
}

async function fromStdin(io: Io): Promise<GivenText> {
  return { name: STDIN_NAME, text: await io.stdin() };
}

/**
 * With the problem that nothing was there to judge: in all of it, or in the pipe alone, since what writes into it may have
 * failed. Where anything else is wrong, that says it.
 */
function withNothing(reading: FileReading, paths: readonly string[]): FileReading {
  if (reading.problems.length > 0) return reading;
  const isEmpty = reading.objects === 0;
  const isPipeEmpty = paths.includes(STDIN) && reading.written.every(({ file }) => file !== STDIN_NAME);
  if (!isEmpty && !isPipeEmpty) return reading;
  const where = isPipeEmpty ? STDIN_NAME : paths.join(', ');
  // Of a folder of an overlay, everything is in what it builds.
  const unbuilt = isPipeEmpty ? undefined : reading.warnings.find(({ rule }) => rule === 'kustomization-differs');
  return { ...reading, problems: [{ ...nothingProblem(where), ...(unbuilt && { fix: unbuilt.fix }) }] };
}

function sayMessages(
  reading: FileReading,
  broken: readonly Problem[],
  doubts: readonly Problem[],
  given: Given,
  io: Io,
): void {
  const say = (problems: readonly Problem[]) => {
    for (const problem of problems) io.err(`${problemText(problem)}\n\n`);
  };
  say(broken);
  if (given.has('quiet')) return;
  say([...doubts, ...reading.warnings]);
  for (const assumption of assumptionsOf(reading)) io.err(`${assumption}\n`);
  if (given.has('verbose')) say(reading.notes);
  else if (reading.notes.length > 0) io.err(`${notesText(reading.notes.length)}\n`);
}

/**
 * What was passed over and could still bear on connections, each a sentence; last the policies that nobody reads, since
 * answers about their pods say *perhaps*.
 */
export function assumptionsOf({ assumptions, unread }: FileReading): readonly string[] {
  const names = [...new Set(unread.map(({ policy }) => objectText(policy)))].sort();
  if (names.length === 0) return assumptions;
  const more = names.length - MOST_UNREAD;
  const named = [...names.slice(0, MOST_UNREAD), ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return [
    ...assumptions,
    `not read: what ${named} decide about connections, so that answers about their pods are perhaps`,
  ];
}

const MOST_UNREAD = 5;

function notesText(count: number): string {
  return count === 1
    ? 'There is a note on what was read; --verbose prints it.'
    : `There are ${count} notes on what was read; --verbose prints them.`;
}
