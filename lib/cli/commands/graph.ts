import { connectivity } from '../../analysis';
import { connectionsOf } from '../../asking/connections';
import { dotOf } from '../../graph/dot';
import { mermaidOf } from '../../graph/mermaid';
import { connectionsDiagram } from '../../report/connections-diagram';
import type { Command } from '../command';
import { ExitCode } from '../exit-codes';
import { readManifestsGiven } from '../manifests';
import { printed } from '../output';
import { knownWorld } from '../question';
import { CONNECTION_OPTIONS, wantedOf } from './list';

/** Every allowed connection as a diagram. */
export const graph: Command = {
  name: 'graph',
  summary: 'the same as a diagram: Mermaid, DOT',
  usage: 'graph [paths...]',
  examples: [
    'cdk8s-zero-trust graph dist/ --focus ai-data/weaviate',
    'cdk8s-zero-trust graph dist/ --format dot | dot -Tsvg > connections.svg',
  ],
  options: CONNECTION_OPTIONS,
  reads: 'arguments',
  formats: ['mermaid', 'dot'],
  notes: ['As text, JSON, CSV or Markdown: list.'],
  run: async (given, io) => {
    const known = knownWorld(await readManifestsGiven(given, io));
    const { world, plane, podAddresses } = known;
    const reach = connectivity(world, plane, { ...(podAddresses && { podAddresses }) });
    const diagram = connectionsDiagram(connectionsOf({ world, reach }, wantedOf(given, known)), world);
    printed(given, io, { mermaid: () => mermaidOf(diagram), dot: () => dotOf(diagram) });
    return ExitCode.YES;
  },
};
