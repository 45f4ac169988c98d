import type { Exit, Reach, Reached, Step } from '../analysis';
import { type Diagram, type DiagramNode, safeId } from '../graph/diagram';
import { trafficWords } from './change-words';
import { counted } from './counted';
import { type PathsTo, stepEndWords } from './reach-words';

/** Paths as boxes and arrows: each connection once, however many paths go by it. Of alike workloads one has a box. */
export function pathsDiagram({ from, paths }: Pick<PathsTo, 'from' | 'paths'>): Diagram {
  const steps = distinct(paths.flatMap(({ path }) => path));
  const outside = new Map<string, string>();
  const arrows = steps.map(({ from: own, to, verdict }) => ({
    from: boxId(own),
    to: to.kind === 'workload' ? boxId(to.id) : outsideId(stepEndWords(to), outside),
    lines: [trafficWords(verdict)],
  }));
  const reached = steps.flatMap(({ from: own, to }) => [own, ...(to.kind === 'workload' ? [to.id] : [])]);
  return {
    groups: groupsOf([...new Set([...from, ...reached])], new Set(from), alikeOf(paths)),
    others: [],
    addresses: [...outside].map(([name, id]) => ({ id, lines: [name] })),
    arrows,
  };
}

/** Everything that is reached, and every way out. */
export function reachDiagram({ from, reached, exits }: Reach): Diagram {
  return pathsDiagram({ from, paths: [...reached, ...exits] });
}

function distinct(steps: readonly Step[]): readonly Step[] {
  const found = new Map<string, Step>();
  for (const step of steps) {
    const key = JSON.stringify([step.from, step.to.kind === 'workload', stepEndWords(step.to)]);
    if (!found.has(key)) found.set(key, step);
  }
  return [...found.values()];
}

/** How many others each stands for. */
function alikeOf(paths: readonly (Reached | Exit)[]): ReadonlyMap<string, number> {
  return new Map(paths.flatMap((one) => ('end' in one ? [] : [[one.workloads[0], one.workloads.length - 1] as const])));
}

function groupsOf(
  workloads: readonly string[],
  starts: ReadonlySet<string>,
  alike: ReadonlyMap<string, number>,
): Diagram['groups'] {
  const byNamespace = new Map<string, DiagramNode[]>();
  for (const id of [...workloads].sort()) {
    const namespace = id.slice(0, id.indexOf('/'));
    const others = alike.get(id) ?? 0;
    const lines = [
      id.slice(namespace.length + 1),
      ...(starts.has(id) ? ['begins here'] : []),
      ...(others > 0 ? [`and ${counted(others, 'workload')} alike`] : []),
    ];
    const nodes = byNamespace.get(namespace) ?? [];
    byNamespace.set(namespace, [...nodes, { id: boxId(id), lines }]);
  }
  return [...byNamespace].map(([title, nodes]) => ({ id: safeId('namespace', title), title, nodes }));
}

function boxId(workload: string): string {
  return safeId('workload', workload);
}

function outsideId(name: string, known: Map<string, string>): string {
  const id = known.get(name) ?? `addresses_${known.size + 1}`;
  known.set(name, id);
  return id;
}
