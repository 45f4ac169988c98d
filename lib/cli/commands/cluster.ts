import { existsSync } from 'node:fs';
import { graphIn } from '../../graph/graph-file';
import { isObject } from '../../kinds/field';
import { evidenceOf } from '../../live/evidence';
import { clusterFound } from '../../live/facts/cluster-found';
import { asCode, asFile } from '../../live/facts/written';
import { kindsServed } from '../../live/verify/kinds-served';
import { type Held, type Promised, preconditionsHeld, type RenderedKind } from '../../live/verify/preconditions-held';
import { clusterFoundJson, clusterFoundText } from '../../report/cluster-found';
import { clusterVerifiedJson, clusterVerifiedMarkdown, clusterVerifiedText } from '../../report/cluster-verified';
import type { Command, Given } from '../command';
import { ExitCode } from '../exit-codes';
import type { Io } from '../io';
import { liveCluster } from '../live-given';
import { type ManifestsGiven, readManifestsGiven } from '../manifests';
import { printed } from '../output';
import { proofTargets } from '../proof-targets';
import { unknownName, usageError } from '../usage-error';

const FACTS_FORMATS = ['text', 'typescript', 'yaml', 'json'];
const VERIFY_FORMATS = ['text', 'json', 'markdown'];

/** Questions about a cluster itself: what it is, and whether manifests may rely on it. */
export const cluster: Command = {
  name: 'cluster',
  summary: 'what a live cluster is (facts), and whether it meets what manifests take for granted (verify)',
  usage: 'cluster <question> [paths...]',
  examples: [
    'cdk8s-zero-trust cluster facts --format typescript --output cluster.ts',
    'cdk8s-zero-trust cluster facts --context staging --format yaml --output facts.yaml --format text',
    'cdk8s-zero-trust cluster verify dist/platform',
  ],
  options: [],
  reads: 'own',
  formats: ['text', 'typescript', 'yaml', 'json', 'markdown'],
  notes: [
    'facts: engine and version, platform, ranges of pods, Services and nodes, API server, DNS, what blocks match, encryption; each with how it was found, and what could not be. As text or json, as typescript (Cluster.cilium({ … })), or as yaml, which --cluster takes.',
    'verify: whether the API server has the kinds, something enforces policies on every node, traffic is encrypted where that is promised, requests are told apart. As text, json or markdown. It ends with 1 where something does not hold, with 2 where something is not known, and with 0 where all holds.',
  ],
  async run(given, io) {
    const [question, ...paths] = given.args;
    if (question === 'facts') return facts(paths, given, io);
    if (question === 'verify') return verify(paths.length === 0 ? ['.'] : paths, given, io);
    throw unknownName('question about a cluster', question, ['facts', 'verify']);
  },
};

async function facts(paths: readonly string[], given: Given, io: Io): Promise<ExitCode> {
  refuseFormats(FACTS_FORMATS, given);
  if (paths.length > 0) {
    throw usageError({
      what: 'cluster facts reads the cluster, and no manifests',
      value: paths.join(' '),
      fix: 'cluster facts',
    });
  }
  const found = clusterFound(await evidenceOf(await liveCluster(given, io)));
  printed(given, io, {
    text: () => clusterFoundText(found),
    typescript: () => asCode(found),
    yaml: () => asFile(found),
    json: () => clusterFoundJson(found),
  });
  return ExitCode.YES;
}

async function verify(paths: readonly string[], given: Given, io: Io): Promise<ExitCode> {
  refuseFormats(VERIFY_FORMATS, given);
  const read = await readManifestsGiven(given, io, { paths });
  const promised = promisedBy(read, paths, given, io);
  const live = await liveCluster(given, io);
  const served = await kindsServed(promised.kinds, live);
  const held = preconditionsHeld(promised, await evidenceOf(live), served);
  printed(given, io, {
    text: () => clusterVerifiedText(held),
    json: () => clusterVerifiedJson(held, live.name),
    markdown: () => clusterVerifiedMarkdown(held),
  });
  return exitCodeOf(held);
}

/** What the manifests, and the graphs that lie beside them, take for granted. */
function promisedBy(read: ManifestsGiven, paths: readonly string[], given: Given, io: Io): Promised {
  const graphs = proofTargets({ ...given, paths }, io)
    .flatMap(({ graph }) => graph ?? [])
    .filter((file) => existsSync(file))
    .map(graphIn);
  const rules = read.plane.plane.layers.flatMap((layer) => layer.rules);
  const told = read.facts ?? graphs[0]?.cluster;
  return {
    kinds: kindsOf(read),
    ...(told === undefined && read.plane.engine !== 'kubernetes' && { engine: read.plane.engine }),
    ...(told && { facts: told }),
    isEncrypted: graphs.some(({ flows }) => flows.some(({ encrypted }) => encrypted)),
    hasRequests: rules.some(({ requests }) => requests !== undefined),
    hasHosts: rules.some(({ peers }) => peers.some(({ kind }) => kind === 'hosts')),
  };
}

function kindsOf({ reading }: ManifestsGiven): readonly RenderedKind[] {
  const all = reading.written.flatMap(({ object }) =>
    isObject(object) ? [{ apiVersion: String(object.apiVersion), kind: String(object.kind) }] : [],
  );
  const byKey = new Map(all.map((each) => [`${each.apiVersion} ${each.kind}`, each]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

function exitCodeOf(held: readonly Held[]): ExitCode {
  if (held.some(({ verdict }) => verdict === 'no')) return ExitCode.NO;
  return held.every(({ verdict }) => verdict === 'yes') ? ExitCode.YES : ExitCode.PERHAPS;
}

function refuseFormats(formats: readonly string[], given: Given): void {
  const other = given.outputs.find(({ format }) => !formats.includes(format));
  if (other !== undefined) throw unknownName(`format of cluster ${given.args[0]}`, other.format, formats);
  const option = ['live', 'only-namespace'].find((each) => given.has(each));
  if (option === undefined) return;
  throw usageError({
    what: `cluster ${given.args[0]} always reads the cluster as a whole`,
    value: `--${option}`,
    fix: `cluster ${given.args[0]} --context staging`,
  });
}
