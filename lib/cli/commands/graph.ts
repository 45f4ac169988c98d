import { connectivity } from '../../analysis';
import { connectionsOf } from '../../asking/connections';
import { dotOf, toDot } from '../../graph/dot';
import { graphIn } from '../../graph/graph-file';
import { toJson } from '../../graph/json';
import { mermaidOf, toMermaid } from '../../graph/mermaid';
import { toText } from '../../graph/text';
import { graphPicture } from '../../picture/graph-picture';
import { connectionsDiagram } from '../../report/connections-diagram';
import { connectionsJson } from '../../report/connections-json';
import { connectionsText } from '../../report/connections-text';
import type { Command, Given } from '../command';
import type * as ConnectionsDrawn from '../connections-drawn';
import { drawn, isDrawn, PICTURES } from '../drawn';
import { ExitCode } from '../exit-codes';
import type { Io } from '../io';
import { readManifestsGiven } from '../manifests';
import { inChunks, printed } from '../output';
import { inFolder } from '../paths';
import { knownWorld } from '../question';
import { withUnseenAsked } from '../unseen';
import { usageError } from '../usage-error';
import { CONNECTION_OPTIONS, isFocused, wantedOf } from './list';

/** Every allowed connection as a diagram, or a picture. */
export const graph: Command = {
  name: 'graph',
  summary: 'the same as a diagram or a picture: Mermaid, DOT, SVG, one HTML page',
  usage: 'graph [paths...]',
  examples: [
    'cdk8s-zero-trust graph dist/ --focus ai-data/weaviate',
    'cdk8s-zero-trust graph dist/ --format html --check --output connections.html',
    'cdk8s-zero-trust graph dist/ai-service-mesh --declared --format svg --output declared.svg',
    'cdk8s-zero-trust graph dist/ --format dot | dot -Tsvg > connections.svg',
  ],
  options: [
    ...CONNECTION_OPTIONS,
    { flags: '--declared', description: 'instead, what is declared: the graph.json of the folder that is given' },
    { flags: '--check', description: 'marks in svg and html what check finds' },
  ],
  reads: 'arguments',
  formats: ['mermaid', 'dot', 'text', 'json', ...PICTURES],
  notes: [
    'The page (html) opens from disk and needs no network. It and svg are laid out by Graphviz, which is the optional package @viz-js/viz.',
  ],
  run: async (given, io) => {
    if (given.has('declared')) return printedDeclared(given, io);
    if (given.has('check') && !isDrawn(given))
      throw usageError({
        what: '--check marks svg and html, and neither is printed',
        fix: 'graph dist --format html --check',
      });
    const manifests = await readManifestsGiven(given, io);
    const known = withUnseenAsked(knownWorld(manifests), given, io);
    const { world, plane, podAddresses } = known;
    const reach = connectivity(world, plane, { ...(podAddresses && { podAddresses }) });
    const found = () => connectionsOf({ world, reach }, wantedOf(given, known));
    const pictures = await drawn(given, () => {
      const { connectionsDrawn } = require('../connections-drawn') as typeof ConnectionsDrawn;
      return connectionsDrawn({ manifests, known, reach, found: found(), isWhole: !isFocused(given) }, given, io);
    });
    printed(given, io, {
      mermaid: () => mermaidOf(connectionsDiagram(found(), world)),
      dot: () => dotOf(connectionsDiagram(found(), world)),
      text: () => connectionsText(found(), world),
      json: () => inChunks(connectionsJson(found(), world)),
      ...pictures,
    });
    return ExitCode.YES;
  },
};

async function printedDeclared(given: Given, io: Io): Promise<ExitCode> {
  const other = ['focus', 'to', 'port', 'unseen', 'check'].find((option) => given.has(option));
  if (other !== undefined)
    throw usageError({ what: `--declared shows all that is declared, and takes no --${other}`, value: other });
  const [path, ...more] = given.paths;
  if (more.length > 0)
    throw usageError({ what: 'One graph is declared at a time', value: given.paths.join(' '), allowed: 'one folder' });
  const data = graphIn(inFolder(path, io));
  const pictures = await drawn(given, () => graphPicture(data, `What is declared in ${path}`));
  printed(given, io, {
    mermaid: () => toMermaid(data),
    dot: () => toDot(data),
    text: () => toText(data),
    json: () => toJson(data),
    ...pictures,
  });
  return ExitCode.YES;
}
