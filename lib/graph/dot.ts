import { type Diagram, diagram } from './diagram';
import type { GraphData } from './graph-data';

/** The graph in Graphviz' language: one cluster a namespace; rounded boxes are pods of others, hexagons addresses. */
export function toDot(data: GraphData): string {
  return dotOf(diagram(data));
}

/** Any diagram in that language. */
export function dotOf(of: Diagram): string {
  return `${lines(of).join('\n')}\n`;
}

function lines({ groups, others, addresses, arrows }: Diagram): string[] {
  return [
    'digraph policy {',
    '  rankdir=LR;',
    '  node [shape=box];',
    ...groups.flatMap(({ id, title, nodes }) => [
      `  subgraph cluster_${id} {`,
      `    label=${label([title])};`,
      ...nodes.map((node) => `    ${node.id} [label=${label(node.lines)}];`),
      '  }',
    ]),
    ...others.map((node) => `  ${node.id} [label=${label(node.lines)}, style=rounded];`),
    ...addresses.map((node) => `  ${node.id} [label=${label(node.lines)}, shape=hexagon];`),
    ...arrows.map((arrow) => `  ${arrow.from} -> ${arrow.to} [label=${label(arrow.lines)}];`),
    '}',
  ];
}

function label(text: readonly string[]): string {
  return `"${text.map(escaped).join('\\n')}"`;
}

/**
 * In a label a backslash begins an escape, a quote ends it, and an ampersand begins an HTML entity. Source: Graphviz,
 * "escString" and "The DOT Language".
 */
function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;');
}
