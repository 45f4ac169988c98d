import { connectivity } from '../../analysis';
import { type ConnectionsWanted, connectionsOf } from '../../asking/connections';
import { endInWords } from '../../asking/end-in-words';
import type { KnownWorld } from '../../asking/known-world';
import { summaryOf } from '../../asking/summary';
import { connectionsCsv } from '../../report/connections-csv';
import { connectionsJson } from '../../report/connections-json';
import { connectionsMarkdown } from '../../report/connections-markdown';
import { connectionsText } from '../../report/connections-text';
import { summaryCsv, summaryJson, summaryMarkdown, summaryText } from '../../report/summary-report';
import type { Command, Given, OptionSpec } from '../command';
import { ExitCode } from '../exit-codes';
import { readManifestsGiven } from '../manifests';
import { printed } from '../output';
import { knownWorld, portInWords } from '../question';

/** Options of commands that show connections. */
export const CONNECTION_OPTIONS: readonly OptionSpec[] = [
  { flags: '--focus <end>', description: 'connections from or to this end alone' },
  { flags: '--to <end>', description: 'connections to this end alone' },
  { flags: '--port <port>', description: 'connections on this port alone: 8080, UDP/53, 8000-8010' },
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
    { flags: '--summary', description: 'counts instead: workloads, policies in force, pairs' },
  ],
  reads: 'arguments',
  formats: ['text', 'json', 'csv', 'md'],
  notes: [
    'What hangs on what the manifests do not show is marked perhaps. Ends are namespace/name, namespace/label=value,…, namespace/*, an address or a block, internet, nodes, api-server.',
  ],
  run: async (given, io) => {
    const manifests = await readManifestsGiven(given, io);
    const known = knownWorld(manifests);
    const { world, plane, podAddresses } = known;
    const wanted = wantedOf(given, known);
    const reach = connectivity(world, plane, { ...(podAddresses && { podAddresses }) });
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
    const found = () => connectionsOf({ world, reach }, wanted);
    printed(given, io, {
      text: () => connectionsText(found(), world),
      json: () => inChunks(connectionsJson(found())),
      csv: () => inChunks(connectionsCsv(found())),
      md: () => inChunks(connectionsMarkdown(found(), world)),
    });
    return ExitCode.YES;
  },
};

/** What `--focus`, `--to` and `--port` ask for. */
export function wantedOf(given: Given, known: KnownWorld): ConnectionsWanted {
  const [focus, to, port] = ['focus', 'to', 'port'].map((option) => given.value(option));
  return {
    ...(focus !== undefined && { focus: endInWords(focus, 'client', known) }),
    ...(to !== undefined && { to: endInWords(to, 'server', known) }),
    ...(port !== undefined && { ports: portInWords(port) }),
  };
}

const CHUNK = 65_536;

/** Fewer and longer writes: a list may have half a million lines. */
function* inChunks(parts: Iterable<string>): Generator<string> {
  let chunk: string[] = [];
  let length = 0;
  for (const part of parts) {
    chunk.push(part);
    length += part.length;
    if (length < CHUNK) continue;
    yield chunk.join('');
    chunk = [];
    length = 0;
  }
  yield chunk.join('');
}
