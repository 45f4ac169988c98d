import { type Adoption, adopted } from '../../adopt/adopted';
import { sources } from '../../adopt/code/project';
import { readme } from '../../adopt/readme';
import { adoptionJson, adoptionText, reportFiles } from '../../adopt/report';
import { type SeenFlow, SeenFlows } from '../../adopt/seen-flows';
import { adoptable } from '../../adopt/todays-plan';
import { todaysTiers } from '../../adopt/todays-tiers';
import { type Seen, seenOf } from '../../checks/seen';
import { readLog } from '../../flow-logs/read-log';
import { projectFiles } from '../../init/project';
import type { ClusterFacts } from '../../model/cluster-facts';
import { ZeroTrustError } from '../../model/problem';
import { unknownNameText } from '../../model/unknown-name';
import { engineFacts } from '../../settings/engine-given';
import { Cluster } from '../../values';
import type { Command, Given } from '../command';
import { ExitCode } from '../exit-codes';
import { flowLog } from '../flow-sources';
import type { Io } from '../io';
import { type ManifestsGiven, readManifestsGiven } from '../manifests';
import { printed } from '../output';
import { packageName, projectFolder, writeProject } from '../project-folder';
import { usageError } from '../usage-error';

export const adopt: Command = {
  name: 'adopt',
  summary: 'a project that declares what your manifests allow today, proved, with what it changes',
  usage: 'adopt [paths…]',
  examples: [
    'cdk8s-zero-trust adopt manifests --output-dir app',
    'helm template chart | cdk8s-zero-trust adopt - --engine cilium@1.20 --output-dir app',
    'cdk8s-zero-trust adopt --live --flows last-week.jsonl.gz --output-dir app',
  ],
  options: [
    {
      flags: '--output-dir <folder>',
      description: 'where the project goes: a folder that is not there, or is empty (default: it is not written)',
    },
    {
      flags: '--flows <log>',
      description:
        'log of flows, in any format of the command flows; repeatable. Tells what is used of what is open, and what nobody uses',
      isRepeatable: true,
    },
    {
      flags: '--namespaces <names>',
      description:
        'what is adopted, with commas between (default: every namespace with workloads but those of the platform)',
    },
    {
      flags: '--package <version>',
      description: 'cdk8s-zero-trust as the project depends on it: a range, or file:… (default: this version)',
    },
  ],
  reads: 'arguments',
  formats: ['text', 'json'],
  notes: [
    'Each workload becomes a tier, by the labels that its owner selects its pods by; each allowed connection a flow, with the policy that allows it as its reason.',
    'What is open because no policy says anything is not taken over: nothing tells what of it is needed. It is listed, with the line that keeps it.',
    'It ends with 0 where what is declared lets through exactly what passes today, with 1 where something changes, and with 3 where nothing can be declared.',
  ],
  async run(given, io) {
    const target = folderGiven(given, io);
    const manifests = await readManifestsGiven(given, io);
    const facts = manifests.facts ?? engineFacts(manifests.plane.engine);
    const adoption = await adoptionOf(manifests, facts, given, io);
    if (adoption.problems.length > 0) throw new ZeroTrustError([...adoption.problems]);
    if (target !== undefined) writeProject(target, projectOf(adoption, facts, given, target));
    printed(given, io, { text: () => adoptionText(adoption), json: () => adoptionJson(adoption) });
    if (target !== undefined && !given.has('quiet'))
      io.err(`Written to ${given.value('output-dir')}: npm install && npm test\n`);
    return exitCode(adoption);
  },
};

async function adoptionOf(
  { reading, plane }: ManifestsGiven,
  facts: ClusterFacts,
  given: Given,
  io: Io,
): Promise<Adoption> {
  const seen = seenOf(reading, plane, { facts });
  const names = reading.world.namespaces.map(({ name }) => name);
  const namespaces = namespacesGiven(given, adoptable(seen), names);
  const evidence = await evidenceOf(seen, namespaces, given, io);
  return adopted(seen, {
    namespaces,
    cluster: Cluster._with(facts),
    plane: {
      engine: plane.engine,
      ipBlockMode: plane.plane.ipBlockMode,
      ...(facts.version && { version: facts.version }),
    },
    ...(evidence && { evidence }),
  });
}

/** What the logs show that are named; undefined where none is. */
async function evidenceOf(
  seen: Seen,
  namespaces: readonly string[],
  given: Given,
  io: Io,
): Promise<readonly SeenFlow[] | undefined> {
  const logs = given.values('flows');
  if (logs.length === 0) return undefined;
  const flows = new SeenFlows(seen, todaysTiers(seen, namespaces).tiers);
  let notes = 0;
  for (const path of logs) {
    const { source } = flowLog(path, io);
    await readLog(source, {
      record: (record) => flows.record(record),
      note: ({ kind }) => {
        if (kind !== 'passed-over') notes += 1;
      },
    });
  }
  const all = flows.all();
  if (!given.has('quiet')) io.err(logsText(all.length, flows.others, notes));
  return all;
}

function logsText(flows: number, others: number, notes: number): string {
  const more = [
    ...(others > 0 ? [`${others} records are of no tier, or of ends that nobody can tell`] : []),
    ...(notes > 0 ? [`${notes} lines were lost or could not be read`] : []),
  ];
  return `${[`The logs show ${flows} flows of tiers`, ...more].join('; ')}. What they do not show may still be needed: a job that runs once a month, a failover.\n`;
}

function exitCode({ differences, requests }: Adoption): ExitCode {
  if (differences === undefined) return ExitCode.NO;
  const changes = [differences.changes, differences.requests, requests?.changed ?? []];
  return changes.every(({ length }) => length === 0) ? ExitCode.YES : ExitCode.NO;
}

function namespacesGiven(given: Given, usual: readonly string[], known: readonly string[]): readonly string[] {
  const text = given.value('namespaces');
  const names =
    text === undefined
      ? usual
      : text
          .split(',')
          .map((name) => name.trim())
          .filter(Boolean);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw usageError({
      what: unknownNameText('namespace in these manifests', unknown, known),
      value: unknown,
      allowed: known.join(', '),
      fix: `--namespaces ${usual.join(',')}`,
    });
  }
  if (names.length > 0) return names;
  throw usageError({
    what: 'There is no workload in these manifests that a tier could be made of',
    allowed: "manifests with Deployments, StatefulSets and the like in namespaces that are not the platform's own",
    fix: 'Give the manifests of workloads beside those of policies: kubectl get deploy,sts,ds,svc,netpol -A -o yaml | cdk8s-zero-trust adopt -',
  });
}

function folderGiven(given: Given, io: Io): string | undefined {
  const folder = given.value('output-dir');
  return folder === undefined ? undefined : projectFolder(folder, '--output-dir', io);
}

function projectOf(
  adoption: Adoption,
  facts: ClusterFacts,
  given: Given,
  target: string,
): Readonly<Record<string, string>> {
  const library = given.value('package');
  return {
    ...projectFiles({
      name: packageName(target),
      readme: readme(adoption),
      ...(library !== undefined && { library }),
    }),
    ...sources(adoption.plan, adoption.left, facts),
    ...reportFiles(adoption),
  };
}
