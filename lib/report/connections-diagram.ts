import type { ConnectionsOf } from '../asking/connections';
import { type Diagram, type DiagramNode, safeId } from '../graph/diagram';
import { into } from '../model/into';
import type { Workload, World } from '../model/world';
import { outsideWords, portWords } from './passing-words';

/** Allowed connections as boxes and arrows: one group a namespace, one box a workload, one for each end outside. */
export function connectionsDiagram(found: Iterable<ConnectionsOf>, world: World): Diagram {
  const words = portWords();
  const workloads = new Map<string, Workload>();
  const outsides = new Map<string, string>();
  const arrows: { from: string; to: string; lines: readonly string[] }[] = [];
  const boxOf = (workload: Workload) => {
    workloads.set(workload.id, workload);
    return idOf(workload);
  };
  const outsideBox = (name: string) => {
    const id = outsides.get(name) ?? `addresses_${outsides.size + 1}`;
    outsides.set(name, id);
    return id;
  };
  for (const { workload, to, outside } of found) {
    const own = boxOf(workload);
    const reached = to.flatMap((each) => {
      const lines = [words.all(each)];
      return each.others.map((other) => ({ other, lines }));
    });
    reached.sort((a, b) => a.other - b.other);
    for (const { other, lines } of reached) arrows.push({ from: own, to: boxOf(world.workloads[other]), lines });
    for (const each of outside) {
      const other = outsideBox(outsideWords(each));
      const [from, target] = each.direction === 'egress' ? [own, other] : [other, own];
      arrows.push({ from, to: target, lines: [words.all(each)] });
    }
  }
  return {
    groups: groupsOf([...workloads.values()]),
    others: [],
    addresses: [...outsides].map(([name, id]) => ({ id, lines: [name] })),
    arrows,
  };
}

function groupsOf(workloads: readonly Workload[]): Diagram['groups'] {
  const byNamespace = new Map<string, DiagramNode[]>();
  for (const workload of [...workloads].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const { namespace, id } = workload;
    const node = { id: idOf(workload), lines: [id.slice(namespace.length + 1)] };
    into(byNamespace, namespace, node);
  }
  return [...byNamespace].map(([title, nodes]) => ({ id: safeId('namespace', title), title, nodes }));
}

function idOf({ id }: Workload): string {
  return safeId('workload', id);
}
