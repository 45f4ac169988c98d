import type { ClusterFacts } from '../model/cluster-facts';
import type { Flow } from '../model/flow';
import { podSetText, soleNamespace } from '../model/pod-set';
import { selectorText } from '../model/selector';
import { clusterCells } from './cluster-text';
import { addressLines, addressNames, endCell } from './ends';
import { type GraphData, type GraphForeign, type GraphTier, tierKey } from './graph-data';
import { guardrailSections } from './guardrail-text';
import { namespaceCells } from './namespace-text';
import { inline, word } from './plain-words';
import { flowCells, remarks, waiverText } from './policy-flow';
import type { TextSection } from './text-section';
import { trafficText } from './traffic-text';

/** Columns are as wide as a multiple of this, so that one longer name seldom moves the lines of the others. */
const COLUMN_STEP = 8;
/** A cell longer than this does not widen its column: it pushes the rest of its own line only. */
const WIDEST_CELL = 62;

/**
 * The graph as text for reviewing a diff: the cluster, the namespaces, the tiers, what names of addresses mean, then one
 * flow a line. Graphs that differ have different text.
 */
export function toText(data: GraphData): string {
  const sections = [...nodeSections(data), ...flowSections(data)];
  return `${[clusterText(data.cluster), ...sections.map(sectionText)].join('\n\n')}\n`;
}

/** The parts that say what the names in flows mean. */
export function nodeSections(data: GraphData): TextSection[] {
  const addresses = addressLines(addressNames(data));
  const all: TextSection[] = [
    { kind: 'cluster', heading: 'cluster', lines: clusterCells(data.cluster) },
    {
      kind: 'namespace',
      heading: 'namespaces (purpose, management, pod security)',
      lines: data.namespaces.map(namespaceCells),
    },
    { kind: 'tier', heading: 'tiers (role, pods)', lines: data.tiers.map(tierCells) },
    { kind: 'addresses', heading: 'addresses', lines: addresses },
    ...guardrailSections(data),
    { kind: 'foreign', heading: 'policies of others', lines: (data.foreign ?? []).map(foreignCells) },
  ];
  return all.filter(({ lines }) => lines.length > 0);
}

export function clusterText({ engine, version, name }: Pick<ClusterFacts, 'engine' | 'version' | 'name'>): string {
  return [
    `policy graph for ${engine}`,
    ...(version === undefined ? [] : [` ${word(version)}`]),
    ...(name === undefined ? [] : [`, cluster ${word(name)}`]),
  ].join('');
}

/** Lines in columns, without blanks at their ends. */
export function aligned(lines: readonly (readonly string[])[]): string[] {
  const widths = columnWidths(lines);
  return lines.map((cells) =>
    cells
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join('')
      .trimEnd(),
  );
}

/** A graph without flows says so. */
function flowSections(data: GraphData): TextSection[] {
  const names = addressNames(data);
  const lines = (flows: readonly Flow[]) => flows.map((flow) => flowCells(flow, names));
  const all: TextSection[] = [
    { kind: 'flow', heading: 'flows in', lines: lines(data.flows.filter(({ from }) => from.kind !== 'tier')) },
    { kind: 'flow', heading: 'flows within', lines: lines(data.flows.filter(isWithin)) },
    { kind: 'flow', heading: 'flows out', lines: lines(data.flows.filter(({ to }) => to.kind !== 'tier')) },
  ];
  const present = all.filter((section) => section.lines.length > 0);
  return present.length > 0 ? present : [{ kind: 'flow', heading: 'flows: none', lines: [] }];
}

function isWithin({ from, to }: Flow): boolean {
  return from.kind === 'tier' && to.kind === 'tier';
}

function foreignCells({ from, to, traffic, because }: GraphForeign): string[] {
  const names = new Map();
  return [`${endCell(from, names)} -> ${endCell(to, names)}`, trafficText(traffic), because.map(inline).join('; ')];
}

function tierCells(tier: GraphTier): string[] {
  const about = remarks({ acknowledged: tier.acknowledged.map(waiverText), notes: tier.notes });
  return [tierKey(tier), tier.role, tierPodsText(tier), about.join('; ')];
}

/** The selector; with its namespace only where that is not the tier's. */
function tierPodsText({ namespace, pods }: GraphTier): string {
  return soleNamespace(pods.namespaces) === namespace ? `{${selectorText(pods.pods)}}` : podSetText(pods);
}

/** A heading, and its lines in columns. */
export function sectionText({ heading, lines }: Pick<TextSection, 'heading' | 'lines'>): string {
  return [heading, ...aligned(lines).map((line) => `  ${line}`)].join('\n');
}

function columnWidths(lines: readonly (readonly string[])[]): number[] {
  const columns = lines.reduce((most, cells) => Math.max(most, cells.length), 0);
  return Array.from({ length: columns }, (_, column) => {
    const widest = lines.reduce((width, cells) => {
      const length = lengthOf(cells[column] ?? '');
      return length > WIDEST_CELL ? width : Math.max(width, length);
    }, 0);
    return Math.ceil((widest + 2) / COLUMN_STEP) * COLUMN_STEP;
  });
}

function padded(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(2, width - lengthOf(cell)));
}

/** In characters, not code units. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}
