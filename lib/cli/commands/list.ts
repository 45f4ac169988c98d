import { connectivity } from '../../analysis/connectivity/connectivity';
import { exposure } from '../../analysis/exposure';
import { waysIn } from '../../analysis/ways-in';
import { type ConnectionsWanted, connectionsOf } from '../../asking/connections';
import { endInWords } from '../../asking/end-in-words';
import type { KnownWorld } from '../../asking/known-world';
import { summaryOf } from '../../asking/summary';
import type * as SeenOf from '../../checks/seen';
import type * as Systems from '../../checks/seen-systems';
import { connectionsCsv } from '../../report/connections-csv';
import { connectionsJson } from '../../report/connections-json';
import { connectionsMarkdown } from '../../report/connections-markdown';
import { connectionsText } from '../../report/connections-text';
import { exposureJson } from '../../report/exposure-json';
import { exposureText } from '../../report/exposure-text';
import { summaryCsv, summaryJson, summaryMarkdown, summaryText } from '../../report/summary-report';
import { type SystemRow, systemsMarkdown, systemsText } from '../../report/systems-rows';
import { waysInJson, waysInMarkdown, waysInText } from '../../report/ways-in-rows';
import type { Command, Given, OptionSpec } from '../command';
import { ExitCode } from '../exit-codes';
import type { Io } from '../io';
import { type ManifestsGiven, readManifestsGiven } from '../manifests';
import { inChunks, printed } from '../output';
import { Progress } from '../progress';
import { knownWorld, portInWords } from '../question';
import { withUnseenAsked } from '../unseen';
import { usageError } from '../usage-error';

/** Options of commands that show connections. */
export const CONNECTION_OPTIONS: readonly OptionSpec[] = [
  { flags: '--focus <end>', description: 'connections from or to this end alone' },
  { flags: '--to <end>', description: 'connections to this end alone' },
  { flags: '--port <port>', description: 'connections on this port alone: 8080, UDP/53, 8000-8010' },
  {
    flags: '--unseen',
    description: 'also of pods that no manifest shows and policies are about, by the labels that they ask for',
  },
];

/** Every allowed connection, both ends, surely or perhaps. */
export const list: Command = {
  name: 'list',
  summary: 'every allowed connection, both ends, surely or perhaps',
  usage: 'list [paths...]',
  examples: [
    'cdk8s-zero-trust list dist/',
    'helm template . | cdk8s-zero-trust list - --namespace models --format csv',
    'cdk8s-zero-trust list dist/ --focus ai-data/weaviate',
    'cdk8s-zero-trust list dist/ --to internet --port 443',
    'cdk8s-zero-trust list dist/ --summary',
  ],
  options: [
    ...CONNECTION_OPTIONS,
    {
      flags: '--exposure',
      description: 'instead, what could reach workloads although no manifest shows it; as text or json',
    },
    { flags: '--summary', description: 'counts instead: workloads, policies in force, pairs' },
  ],
  reads: 'arguments',
  formats: ['text', 'json', 'csv', 'md'],
  notes: [
    'Ingress, HTTPRoute and the other routes of the Gateway API, Route of OpenShift, and Services that are open to outside are listed as ways in, with what policies let in of them; not in csv. So are workloads that are known systems (docs/catalog.md), with their roles.',
    'What hangs on what the manifests do not show is marked perhaps. Ends are namespace/name, namespace/label=value,…, namespace/*, an address or a block, internet, nodes, api-server.',
  ],
  run: async (given, io) => {
    const progress = new Progress(given, io);
    const manifests = await readManifestsGiven(given, io, { progress });
    if (given.has('exposure')) return printedExposure(knownWorld(manifests), given, io);
    if (given.has('summary')) refuseBeside('summary', ['focus', 'to', 'port', 'unseen'], given);
    const known = given.has('summary') ? knownWorld(manifests) : withUnseenAsked(knownWorld(manifests), given, io);
    const { world, plane, podAddresses } = known;
    const wanted = wantedOf(given, known);
    progress.show(() => `who reaches whom among ${world.workloads.length} workloads`);
    const reach = connectivity(world, plane, { ...(podAddresses && { podAddresses }) });
    progress.end();
    if (given.has('summary')) {
      const summary = summaryOf(manifests.plane.engine, world, plane, reach);
      printed(given, io, {
        text: () => summaryText(summary),
        json: () => summaryJson(summary),
        csv: () => summaryCsv(summary),
        md: () => summaryMarkdown(summary),
      });
      return ExitCode.YES;
    }
    const found = () => counted(connectionsOf({ world, reach }, wanted), world.workloads.length, progress, io);
    const { written } = manifests.reading;
    const ways = isFocused(given) ? { ways: [], problems: [] } : waysIn({ world, written }, plane, reach);
    const systems = () => (isFocused(given) ? [] : systemsIn(manifests));
    printed(given, io, {
      text: () => chain(connectionsText(found(), world), waysInText(ways), systemsText(systems())),
      json: () => inChunks(connectionsJson(found(), world, waysInJson(ways), systems())),
      csv: () => inChunks(connectionsCsv(found(), world)),
      md: () => inChunks(chain(connectionsMarkdown(found(), world), waysInMarkdown(ways), systemsMarkdown(systems()))),
    });
    return ExitCode.YES;
  },
};

/** The workloads that are known systems. The facts are many files, and are read where somebody asks. */
function systemsIn({ reading, plane }: ManifestsGiven): readonly SystemRow[] {
  const { seenOf } = require('../../checks/seen') as typeof SeenOf;
  const { seenSystems } = require('../../checks/seen-systems') as typeof Systems;
  return seenSystems(seenOf(reading, plane)).map(({ workload, system: { id, title, role } }) => ({
    workload: workload.id,
    system: id,
    title,
    role,
  }));
}

/** Whether only some connections are asked for. */
export function isFocused(given: Given): boolean {
  return ['focus', 'to', 'port'].some((option) => given.has(option));
}

function refuseBeside(question: string, others: readonly string[], given: Given): void {
  const other = others.find((option) => given.has(option));
  if (other !== undefined) throw usageError({ what: `--${question} and --${other} are two questions`, value: other });
}

/** With how many workloads were listed, where the list itself does not go to the same terminal. */
function* counted<T>(parts: Iterable<T>, of: number, progress: Progress, { isTerminal }: Io): Generator<T> {
  let listed = 0;
  for (const part of parts) {
    const done = listed++;
    if (!isTerminal) progress.show(() => `${done} of ${of} workloads listed`);
    yield part;
  }
  progress.end();
}

function* chain(...parts: readonly Iterable<string>[]): Generator<string> {
  for (const part of parts) yield* part;
}

/** As text or JSON: a row of it is no connection. */
function printedExposure({ world, plane, podAddresses }: KnownWorld, given: Given, io: Io): ExitCode {
  refuseBeside('exposure', ['summary', 'focus', 'to', 'port', 'unseen'], given);
  const format = given.outputs.map((output) => output.format).find((each) => each !== 'text' && each !== 'json');
  if (format !== undefined)
    throw usageError({ what: `--exposure has no format ${format}`, value: format, allowed: 'text, json' });
  const found = exposure(world, plane, { ...(podAddresses && { podAddresses }) });
  printed(given, io, { text: () => exposureText(found), json: () => exposureJson(found) });
  return ExitCode.YES;
}

/** What `--focus`, `--to` and `--port` ask for. */
export function wantedOf(given: Given, known: KnownWorld): ConnectionsWanted {
  const [focus, to, port] = ['focus', 'to', 'port'].map((option) => given.value(option));
  return {
    ...(focus !== undefined && { focus: endInWords(focus, 'client', known) }),
    ...(to !== undefined && { to: endInWords(to, 'server', known) }),
    ...(port !== undefined && { ports: portInWords(port) }),
  };
}
