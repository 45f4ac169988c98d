import type { GraphData } from '../../graph/graph-data';
import { graphIn } from '../../graph/graph-file';
import { ZeroTrustError } from '../../model/problem';
import { isOfOthers, proveFiles } from '../../proof';
import { consistency } from '../../proof/consistency/consistency';
import { proofsJson } from '../../report/proof-json';
import { proofsMarkdown } from '../../report/proof-markdown';
import { type ProofResult, proofResult } from '../../report/proof-result';
import { proofsText } from '../../report/proof-text';
import type { Command, Given } from '../command';
import { ExitCode } from '../exit-codes';
import type { Io } from '../io';
import { type ManifestsGiven, readManifestsGiven } from '../manifests';
import { printed } from '../output';
import { inFolder } from '../paths';
import { recordOf, verified } from '../proof-record';
import { type ProofTarget, proofTargets, REST } from '../proof-targets';
import { usageError } from '../usage-error';
import { writeFiles } from '../written-files';

export const prove: Command = {
  name: 'prove',
  summary: 'whether manifests allow exactly what is declared',
  usage: 'prove [paths...]',
  examples: [
    'cdk8s-zero-trust prove dist',
    'cdk8s-zero-trust prove manifests/ --graph graph.json',
    'cdk8s-zero-trust prove dist/platform --record dist/platform/proof.json',
    'cdk8s-zero-trust prove --verify dist/platform/proof.json',
  ],
  options: [
    {
      flags: '--graph <file>',
      description: 'what is declared (default: the graph.json beside the manifests, in each folder that has one)',
    },
    { flags: '--record <file>', description: 'writes what was proved as a statement of in-toto, which can be signed' },
    { flags: '--verify <file>', description: 'proves what such a record says anew, and compares' },
  ],
  reads: 'arguments',
  formats: ['text', 'json', 'md'],
  notes: [
    'Without a graph, manifests are held against what their own annotations say. That is called consistent and never proved, since whoever edits a policy can edit its annotation.',
    'Ends with 0 where everything is proved (consistent, verified), 1 where something speaks against it or policies are only tried out, 2 where something was left undecided, 3 where something could not be read.',
  ],
  async run(given, io) {
    const record = given.value('record');
    const verify = given.value('verify');
    if (record !== undefined && verify !== undefined) throw eitherRecordOrVerify();
    const results = verify === undefined ? await proved(given, io) : [await verified(verify, given, io)];
    printed(given, io, {
      text: () => proofsText(results, given.has('verbose')),
      json: () => proofsJson(results),
      md: () => proofsMarkdown(results),
    });
    return exitCodeOf(results);
  },
};

/** What the manifests of a command line come to, folder by folder. */
export async function proved(given: Given, io: Io): Promise<readonly ProofResult[]> {
  const targets = proofTargets(given, io);
  refuseRecord(targets, given);
  const results: ProofResult[] = [];
  for (const target of targets) {
    const { graph } = target;
    results.push(
      graph === undefined ? await heldAgainstItself(target, given, io) : await proofOf(target, graph, given, io),
    );
  }
  return targets.length === 1 ? results : results.filter((result) => !isPassedOver(result, given, io));
}

/** No policy says what it is to allow, so that there was nothing to hold manifests against. */
export function saysNothing({ notes }: Pick<ProofResult, 'notes'>): boolean {
  return notes === NOTHING;
}

/** What lies beside folders that have a graph, and says nothing of flows, is named and not judged. */
function isPassedOver({ name, notes }: ProofResult, given: Given, io: Io): boolean {
  if (name !== REST || !saysNothing({ notes })) return false;
  if (!given.has('quiet')) io.err('What is in no folder with a graph says nothing of flows, and was not proved.\n');
  return true;
}

async function proofOf(target: ProofTarget, file: string, given: Given, io: Io): Promise<ProofResult> {
  const graph = graphIn(file);
  const read = await readAgainst(graph, file, target.paths, given, io);
  const made = proveFiles(graph, read.reading);
  const record = given.value('record');
  const result = proofResult(made, { name: target.name, graph: file, notes: [] }, read.reading.written);
  if (record === undefined) return result;
  const text = recordOf(record, { graph, file, made, written: read.reading.written }, io);
  if (text === undefined) return { ...result, notes: [`${record} was not written, since there is nothing to record.`] };
  writeFiles([{ path: inFolder(record, io), text }]);
  return result;
}

/** The graph says which cluster it is for. @throws for manifests that it has nothing to do with. */
export async function readAgainst(
  graph: GraphData,
  file: string,
  paths: readonly string[],
  given: Given,
  io: Io,
): Promise<ManifestsGiven> {
  for (const option of ['engine', 'cluster']) if (given.has(option)) throw saidByGraph(option, file, graph);
  const read = await readManifestsGiven(given, io, { paths, cluster: graph.cluster });
  if (!isOfOthers(graph, read.reading.written)) return read;
  throw new ZeroTrustError({
    rule: 'graph-of-others',
    where: file,
    what: `This graph is about the namespaces ${graph.namespaces.map(({ name }) => name).join(', ')}, and none of the manifests is`,
    value: file,
    allowed: 'the graph that was rendered with the manifests',
    fix: 'Give the graph that lies beside them: --graph FOLDER/graph.json',
  });
}

const NOTHING: readonly string[] = ['No policy here says what it is to allow.'];

async function heldAgainstItself(target: ProofTarget, given: Given, io: Io): Promise<ProofResult> {
  const { reading, plane, facts } = await readManifestsGiven(given, io, { paths: target.paths });
  const held = consistency(reading, plane, facts);
  const notes = held.isEmpty ? NOTHING : held.notes;
  return proofResult(held, { name: target.name, notes }, reading.written);
}

function exitCodeOf(results: readonly ProofResult[]): ExitCode {
  const codes = results.map(({ conclusion, record }) => {
    if (record !== undefined) return record.against.length === 0 ? ExitCode.YES : ExitCode.NO;
    if (conclusion === 'proved' || conclusion === 'consistent') return ExitCode.YES;
    return conclusion === 'undecided' ? ExitCode.PERHAPS : ExitCode.NO;
  });
  if (codes.includes(ExitCode.NO)) return ExitCode.NO;
  return codes.includes(ExitCode.PERHAPS) ? ExitCode.PERHAPS : ExitCode.YES;
}

function refuseRecord(targets: readonly ProofTarget[], given: Given): void {
  const record = given.value('record');
  if (record === undefined) return;
  const isOne = targets.length === 1 && targets[0].graph !== undefined && !targets[0].paths.includes('-');
  if (isOne) return;
  throw usageError({
    what: 'A record is of one set of files and its graph',
    value: targets.map(({ name }) => name).join(', '),
    allowed: 'one folder with its graph, and no standard input',
    fix: 'prove dist/platform --record dist/platform/proof.json',
  });
}

function eitherRecordOrVerify() {
  return usageError({
    what: 'A record is written or verified, and not both at once',
    value: '--record, --verify',
    allowed: 'one of the two',
    fix: 'prove --verify proof.json',
  });
}

function saidByGraph(option: string, file: string, { cluster }: GraphData) {
  return usageError({
    what: `The graph ${file} says which cluster it is for (${cluster.engine}), so --${option} has no place here`,
    value: `--${option}`,
    allowed: `--${option} where there is no graph`,
    fix: `Leave --${option} out; for another cluster, render the app for that one.`,
  });
}
