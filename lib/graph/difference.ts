import type { Flow } from '../model/flow';
import { addressNames } from './ends';
import type { GraphData } from './graph-data';
import { forms } from './loaded-when-asked';
import { flowCells, type PolicyFlow, policyFlow } from './policy-flow';

/** A flow whose ends stayed and of which something else changed: its traffic, its reasons, what is said about it. */
export interface PolicyFlowChange {
  /** The flow as it was. */
  readonly before: PolicyFlow;
  /** The flow as it is now. */
  readonly after: PolicyFlow;
}

/** A change of something that flows refer to. A tier whose selector changed is here, and not every flow of it. */
export interface PolicyNodeChange {
  /**
   * `cluster`, `namespace`, `tier`, `addresses` (what a name such as `internet` stands for), `guardrail`, `host-guardrail`, or
   * `foreign` (what is declared of the policies of others).
   */
  readonly kind: string;
  /** What it is called in the text form of the graph. */
  readonly name: string;
  /**
   * Its line in the text form before.
   * @default - it was not there
   */
  readonly before?: string;
  /**
   * Its line in the text form after.
   * @default - it is no longer there
   */
  readonly after?: string;
}

/**
 * What changed between two policy graphs. A flow that stays between its ends with other traffic or reasons is a change;
 * where several flows of the same two ends came and went, they are told apart by their traffic.
 */
export class PolicyGraphDifference {
  /** @internal */
  public static _between(previous: GraphData, next: GraphData): PolicyGraphDifference {
    return new PolicyGraphDifference(nodeChanges(previous, next), flowChanges(previous, next));
  }

  readonly #nodes: readonly PolicyNodeChange[];
  readonly #flows: FlowChanges;

  private constructor(nodes: readonly PolicyNodeChange[], flows: FlowChanges) {
    this.#nodes = nodes;
    this.#flows = flows;
  }

  /** Flows that are new. */
  public get added(): PolicyFlow[] {
    return this.#flows.added.map(({ flow }) => flow);
  }

  /** Flows that are gone. */
  public get removed(): PolicyFlow[] {
    return this.#flows.removed.map(({ flow }) => flow);
  }

  /** Flows that are there before and after, and differ. */
  public get changed(): PolicyFlowChange[] {
    return this.#flows.changed.map(({ before, after }) => ({ before: before.flow, after: after.flow }));
  }

  /** Changes of the cluster, namespaces, tiers, and of what names of addresses stand for. */
  public get nodes(): PolicyNodeChange[] {
    return [...this.#nodes];
  }

  /** Whether the two graphs are the same in everything but labels that only say whose a namespace is. */
  public get isEmpty(): boolean {
    const { added, removed, changed } = this.#flows;
    return this.#nodes.length + added.length + removed.length + changed.length === 0;
  }

  /** Lines of the text form that went (`-`) and came (`+`); a change is one of each. */
  public toText(): string {
    if (this.isEmpty) return 'no difference\n';
    return `${this.#sections().map(forms.text().sectionText).join('\n\n')}\n`;
  }

  /**
   * The same as Markdown, for a pull request: how many flows came, went and changed, and the lines of the text form in a
   * block that sites colour.
   */
  public toMarkdown(): string {
    const { added, removed, changed } = this.#flows;
    const counts = {
      added: added.length,
      removed: removed.length,
      changed: changed.length,
      nodes: this.#nodes.length,
    };
    return forms.differenceMarkdown().markdown(
      counts,
      this.#sections().flatMap(({ lines }) => forms.text().aligned(lines)),
    );
  }

  #sections() {
    const { added, removed, changed } = this.#flows;
    const sections = [
      { heading: 'nodes', lines: this.#nodes.flatMap(nodeLines) },
      { heading: 'flows added', lines: added.map(({ cells }) => marked('+', cells)) },
      { heading: 'flows removed', lines: removed.map(({ cells }) => marked('-', cells)) },
      {
        heading: 'flows changed',
        lines: changed.flatMap(({ before, after }) => [marked('-', before.cells), marked('+', after.cells)]),
      },
    ];
    return sections.filter(({ lines }) => lines.length > 0);
  }
}

/** A flow in words, and its line; lines are compared, since they say everything about a flow but its tiers' pods. */
interface FlowLine {
  readonly flow: PolicyFlow;
  readonly cells: readonly string[];
}

interface FlowChanges {
  readonly added: readonly FlowLine[];
  readonly removed: readonly FlowLine[];
  readonly changed: readonly { readonly before: FlowLine; readonly after: FlowLine }[];
}

function flowChanges(previous: GraphData, next: GraphData): FlowChanges {
  const same = paired(flowLines(previous), flowLines(next), ({ cells }) => cells.join('\0'));
  const sameTraffic = paired(same.onlyBefore, same.onlyAfter, ({ cells: [from, to, traffic] }) =>
    [from, to, traffic].join('\0'),
  );
  const sameEnds = paired(sameTraffic.onlyBefore, sameTraffic.onlyAfter, ({ cells: [from, to] }) =>
    [from, to].join('\0'),
  );
  const changed = [...sameTraffic.pairs, ...sameEnds.pairs].map(([before, after]) => ({ before, after }));
  return { added: sameEnds.onlyAfter, removed: sameEnds.onlyBefore, changed };
}

function flowLines(data: GraphData): FlowLine[] {
  const names = addressNames(data);
  return data.flows.map((flow: Flow) => ({ flow: policyFlow(flow, names), cells: flowCells(flow, names) }));
}

/** Pairs of one from each side with the same key, where each side has just one; everything else in its order. */
function paired<T>(before: readonly T[], after: readonly T[], keyOf: (value: T) => string) {
  const sole = (values: readonly T[]) => {
    const found = new Map<string, T | undefined>();
    for (const value of values) found.set(keyOf(value), found.has(keyOf(value)) ? undefined : value);
    return found;
  };
  const [soleBefore, soleAfter] = [sole(before), sole(after)];
  const isPaired = (value: T) => Boolean(soleBefore.get(keyOf(value)) && soleAfter.get(keyOf(value)));
  return {
    pairs: before.filter(isPaired).map((value) => [value, soleAfter.get(keyOf(value)) as T] as const),
    onlyBefore: before.filter((value) => !isPaired(value)),
    onlyAfter: after.filter((value) => !isPaired(value)),
  };
}

function nodeChanges(previous: GraphData, next: GraphData): PolicyNodeChange[] {
  const [before, after] = [nodeTexts(previous), nodeTexts(next)];
  const keys = [...before.keys(), ...[...after.keys()].filter((key) => !before.has(key))];
  return keys
    .filter((key) => before.get(key)?.text !== after.get(key)?.text)
    .map((key) => {
      const { kind, name } = (before.get(key) ?? after.get(key)) as NodeText;
      const [was, is] = [before.get(key)?.text, after.get(key)?.text];
      return { kind, name, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) };
    });
}

interface NodeText {
  readonly kind: string;
  readonly name: string;
  readonly text: string;
}

function nodeTexts(data: GraphData): Map<string, NodeText> {
  const cluster: NodeText = { kind: 'cluster', name: 'cluster', text: forms.text().clusterText(data.cluster) };
  const nodes = forms
    .text()
    .nodeSections(data)
    .flatMap(({ kind, lines }) =>
      lines.map(
        (cells): NodeText => ({
          kind,
          name: kind === 'foreign' ? cells.slice(0, 2).join(' ') : (cells[0] ?? ''),
          text: cells.filter((cell) => cell !== '').join('  '),
        }),
      ),
    );
  return new Map([cluster, ...nodes].map((node) => [`${node.kind} ${node.name}`, node]));
}

function nodeLines({ kind, before, after }: PolicyNodeChange): string[][] {
  return [
    ...(before === undefined ? [] : [marked('-', [kind, before])]),
    ...(after === undefined ? [] : [marked('+', [kind, after])]),
  ];
}

function marked(mark: string, cells: readonly string[]): string[] {
  const [first, ...others] = cells;
  return [`${mark} ${first}`, ...others];
}
