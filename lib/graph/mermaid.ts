import { type Diagram, type DiagramNode, diagram } from './diagram';
import type { GraphData } from './graph-data';

/** The graph as a Mermaid flowchart: one subgraph a namespace; rounded boxes are pods of others, hexagons addresses. */
export function toMermaid(data: GraphData): string {
  return mermaidOf(diagram(data));
}

/** Any diagram in that language. */
export function mermaidOf(of: Diagram): string {
  return `${lines(of).join('\n')}\n`;
}

function lines({ groups, others, addresses, arrows }: Diagram): string[] {
  return [
    'flowchart LR',
    ...groups.flatMap(({ id, title, nodes }) => [
      `  subgraph ${id}[${label([title])}]`,
      ...nodes.map((node) => `    ${node.id}[${label(node.lines)}]`),
      '  end',
    ]),
    ...others.map((node: DiagramNode) => `  ${node.id}([${label(node.lines)}])`),
    ...addresses.map((node: DiagramNode) => `  ${node.id}{{${label(node.lines)}}}`),
    ...arrows.map((arrow) => `  ${arrow.from} -->|${label(arrow.lines)}| ${arrow.to}`),
  ];
}

function label(text: readonly string[]): string {
  return `"${text.map(escaped).join('<br/>')}"`;
}

/**
 * Every sign that could mean something to Mermaid, Markdown or HTML as a Mermaid entity (`#124;`), so that no text can
 * end its label, nor begin a Markdown list. Source: Mermaid, "Entity codes to escape characters".
 */
function escaped(text: string): string {
  return text
    .replace(/[^\p{L}\p{M}\p{N} ,.:/()-]/gu, (sign) => `#${sign.codePointAt(0)};`)
    .replace(/^(\d+)\. /, '$1#46; ')
    .replace(/^- /, '#45; ');
}
