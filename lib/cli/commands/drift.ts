import { differences } from '../../analysis';
import type { GivenObject } from '../../analysis/files/read-files';
import { marked } from '../../findings/fingerprint';
import { DEFAULT_NAMESPACE } from '../../kinds/manifest';
import { memoizing, type Values } from '../../kinds/networking.k8s.io';
import { type Drift, keyOf, objectsOf, unlikePairs } from '../../live/drift/drift';
import { foreignPolicies, ownNamespaces } from '../../live/drift/foreign';
import { intended } from '../../live/drift/intended';
import { labelDrift } from '../../live/drift/label-drift';
import type { Snapshot } from '../../live/snapshot';
import { ZeroTrustError } from '../../model/problem';
import { DRIFT_RULES, driftFindings } from '../../report/drift-findings';
import { type FindingsReport, isFailed } from '../../report/findings-report';
import { thisTool } from '../../report/this-tool';
import { FAIL_ON, type FailOn } from '../../settings/settings';
import type { Command, Given } from '../command';
import { ExitCode } from '../exit-codes';
import { FINDINGS_FORMATS, printedFindings } from '../findings-printed';
import type { Io } from '../io';
import { snapshotGiven } from '../live-given';
import { type ManifestsGiven, readManifestsGiven } from '../manifests';
import { stateOf } from '../sides';
import { usageError } from '../usage-error';

export const drift: Command = {
  name: 'drift',
  summary: 'what a live cluster has otherwise than what is rendered: missing, changed, foreign, relabelled',
  usage: 'drift [paths...]',
  examples: [
    'cdk8s-zero-trust drift dist/platform',
    'cdk8s-zero-trust drift dist/platform --context staging --format sarif --output drift.sarif --format text',
    'helm template charts/agents | cdk8s-zero-trust drift - --only-namespace agents',
  ],
  options: [
    {
      flags: '--fail-on <level>',
      description: `the least weight that fails: ${FAIL_ON.join(', ')} (default: warning)`,
      choices: FAIL_ON,
    },
  ],
  reads: 'arguments',
  formats: FINDINGS_FORMATS,
  notes: [
    'Meaning comes first: what the API server fills in is no difference, and neither are images and replicas. Paths are those of the workloads that the cluster has, with what is rendered in place of what is there.',
    'It ends with 0 where nothing differs, with 1 where something does, and with 3 where something could not be read: nothing that was not read is reported as missing.',
  ],
  async run(given, io) {
    if (given.has('live')) throw liveBeside();
    // What is rendered, what is there, and what is meant to be there say the same for the most part.
    const values: Values = { ...memoizing(), policies: new Map() };
    const rendered = await readManifestsGiven(given, io, { paths: given.paths, values });
    const snapshot = await snapshotGiven(given, io);
    if (snapshot.problems.length > 0) throw new ZeroTrustError(snapshot.problems);
    for (const assumption of given.has('quiet') ? [] : snapshot.assumptions) io.err(`${assumption}\n`);
    const found = await driftOf(rendered, snapshot, values, given, io);
    sayPassedOver(found, given, io);
    const report = reportOf(found, rendered, snapshot, given, io);
    printedFindings(report, given, io);
    return isFailed(report) ? ExitCode.NO : ExitCode.YES;
  },
};

/** What is rendered, held against a cluster. */
async function driftOf(
  rendered: ManifestsGiven,
  snapshot: Snapshot,
  values: Values,
  given: Given,
  io: Io,
): Promise<Drift> {
  const { reading, plane } = rendered;
  const defaultNamespace = given.value('namespace') ?? DEFAULT_NAMESPACE;
  const objects = objectsOf(reading.written, snapshot, defaultNamespace);
  const ours = ownNamespaces(reading.written);
  const keys = new Set(reading.written.map(({ object }) => keyOf(object as Record<string, unknown>, defaultNamespace)));
  const live = await readObjects(snapshot, values, given, io);
  const unlike = unlikePairs(objects.pairs);
  const rules = plane.plane.layers.flatMap((layer) => layer.rules);
  const labels = labelDrift(rules, reading.written, snapshot);
  const foreign = foreignPolicies(live, snapshot, ours, keys);
  const isSame = [objects.missing, objects.unserved, unlike.changed, labels, foreign].every(
    ({ length }) => length === 0,
  );
  // Where every object means the same, so does every path.
  const { changes, requests } = isSame
    ? { changes: [], requests: [] }
    : await pathsOf(rendered, snapshot, live, ours, defaultNamespace, values, given, io);
  return {
    ...objects,
    ...unlike,
    labels,
    foreign,
    changes,
    requests,
    compared: objects.pairs.length + objects.missing.length,
  };
}

async function pathsOf(
  { reading }: ManifestsGiven,
  snapshot: Snapshot,
  live: ManifestsGiven,
  ours: ReadonlySet<string>,
  defaultNamespace: string,
  values: Values,
  given: Given,
  io: Io,
): Promise<Pick<Drift, 'changes' | 'requests'>> {
  const objects = intended(reading.written, snapshot, ours, defaultNamespace);
  const meant = await readObjects(snapshot, values, given, io, objects);
  const { changes, requests } = differences(stateOf(meant), stateOf(live));
  const isOurs = (id: string) => ours.has(id.slice(0, id.indexOf('/')));
  return {
    changes: changes.filter(({ from, to }) =>
      [from, to].some((end) => end.kind === 'workloads' && end.workloads.some(isOurs)),
    ),
    requests: requests.filter(({ policy: { namespace } }) => namespace === undefined || ours.has(namespace)),
  };
}

/** The cluster as manifests: as it is, or with other objects in it. */
async function readObjects(
  snapshot: Snapshot,
  values: Values,
  given: Given,
  io: Io,
  objects?: readonly GivenObject[],
): Promise<ManifestsGiven> {
  const read = await readManifestsGiven(given, io, {
    paths: [],
    snapshot,
    values,
    ...(objects && { objects }),
    unreliable: 'leave',
  });
  if (read.isReliable) return read;
  throw new ZeroTrustError([...read.reading.problems, ...read.plane.problems]);
}

/** What is rendered and says nothing of connections, such as an Application of Argo CD. */
function sayPassedOver({ passedOver }: Drift, given: Given, io: Io): void {
  if (passedOver.size === 0 || given.has('quiet')) return;
  const kinds = [...passedOver].map(([kind, count]) => `${count} ${kind}`).sort();
  io.err(`Not compared, since it says nothing of connections: ${kinds.join(', ')}.\n`);
}

function reportOf(found: Drift, { reading }: ManifestsGiven, snapshot: Snapshot, given: Given, io: Io): FindingsReport {
  const level = (given.value('fail-on') as FailOn | undefined) ?? 'warning';
  return {
    found: marked(driftFindings(found, snapshot.name)),
    acknowledged: [],
    acknowledgedInCode: [],
    baselined: [],
    gone: [],
    rules: DRIFT_RULES,
    reading: { paths: given.paths, files: reading.files, objects: reading.objects, policies: reading.policies },
    folder: io.cwd,
    tool: thisTool(),
    ...(level !== 'none' && { failsFrom: level }),
  };
}

function liveBeside() {
  return usageError({
    what: 'drift always reads the cluster, beside what is rendered',
    value: '--live',
    allowed: 'paths of what is rendered',
    fix: 'cdk8s-zero-trust drift dist --context staging',
  });
}
