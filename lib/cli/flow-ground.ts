import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FileReading } from '../analysis';
import type { HeldPolicies } from '../flow-logs/judging/against-manifests';
import type { GraphData } from '../graph/graph-data';
import { graphIn } from '../graph/graph-file';
import type { ClusterFacts } from '../model/cluster-facts';
import type { World } from '../model/world';
import { consistency } from '../proof/consistency/consistency';
import type { Given } from './command';
import type { Io } from './io';
import { type ManifestsGiven, readManifestsGiven } from './manifests';
import { inFolder, STDIN } from './paths';
import { GRAPH_FILE } from './proof-targets';
import { usageError } from './usage-error';

/** What flows are held against. */
export interface FlowGround {
  readonly graph?: GraphData;
  /** Who is there, as manifests show it. */
  readonly world?: World;
  /** Policies of the manifests; absent where there are none. */
  readonly held?: HeldPolicies;
  readonly facts?: ClusterFacts;
  readonly written: FileReading['written'];
}

/**
 * The graph that a command line names, that lies in the one folder of its manifests, or that their annotations say; and the
 * manifests, where they are given.
 *
 * @throws where there is neither.
 */
export async function flowGround(given: Given, io: Io): Promise<FlowGround> {
  const named = given.value('graph');
  const hasManifests = given.has('file') || given.has('live');
  if (named === undefined && !hasManifests) throw nothingToHoldAgainst();
  const file = named === undefined ? graphBeside(given, io) : inFolder(named, io);
  const graph = file === undefined ? undefined : graphIn(file);
  if (graph !== undefined && file !== undefined) refuseCluster(given, file, graph);
  if (!hasManifests) return { ...(graph && { graph, facts: graph.cluster }), written: [] };
  if (named === undefined && file !== undefined && !given.has('quiet'))
    io.err(`What is declared is that of ${file}.\n`);
  const manifests = await readManifestsGiven(given, io, graph === undefined ? {} : { cluster: graph.cluster });
  return groundOf(manifests, graph);
}

function groundOf({ reading, plane, facts }: ManifestsGiven, named: GraphData | undefined): FlowGround {
  const hasPolicies = plane.plane.layers.some(({ rules, isolations }) => rules.length > 0 || isolations.length > 0);
  const graph = named ?? graphOfAnnotations({ reading, plane, facts });
  const known = facts ?? graph?.cluster;
  const podRanges = known?.podRanges;
  return {
    ...(graph && { graph }),
    ...(known && { facts: known }),
    world: reading.world,
    ...(hasPolicies && { held: { world: reading.world, plane: plane.plane, ...(podRanges && { podRanges }) } }),
    written: reading.written,
  };
}

/** Of manifests that are ours. */
function graphOfAnnotations({ reading, plane, facts }: Pick<ManifestsGiven, 'reading' | 'plane' | 'facts'>) {
  const said = consistency(reading, plane, facts);
  return said.isEmpty ? undefined : said.graph;
}

/** As the proof takes it: the graph of a folder is about its manifests. */
function graphBeside(given: Given, io: Io): string | undefined {
  const { paths } = given;
  if (paths.length !== 1 || paths[0] === STDIN || given.has('live')) return undefined;
  const folder = inFolder(paths[0], io);
  const file = join(folder, GRAPH_FILE);
  return existsSync(folder) && statSync(folder).isDirectory() && existsSync(file) ? file : undefined;
}

function nothingToHoldAgainst() {
  return usageError({
    what: 'There is nothing to hold the flows against',
    allowed: 'a graph, manifests, or both',
    fix: '--graph dist/platform/graph.json for what is declared; -f dist/platform for what these manifests would do',
  });
}

function refuseCluster(given: Given, file: string, { cluster }: GraphData): void {
  for (const option of ['engine', 'cluster']) {
    if (!given.has(option)) continue;
    throw usageError({
      what: `The graph ${file} says which cluster it is for (${cluster.engine}), so --${option} has no place here`,
      value: `--${option}`,
      allowed: `--${option} where there is no graph`,
      fix: `Leave --${option} out.`,
    });
  }
}
