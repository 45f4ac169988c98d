import type { Connection } from '../../lib/proof';
import { egressAllowed, ingressAllowed } from '../naive/evaluator';
import type { Namespace, NetworkPolicy, Pod, World } from '../naive/world';
import { worldOf } from '../naive/world-of';
import { containerPorts, NAME, type PeerCell, peerCells, type Question, questions, subjectCells } from './cells';
import { type Files, namespacesOf } from './manifests';

type Direction = 'ingress' | 'egress';

/**
 * The first connection of a pod in these namespaces that the naive evaluator decides differently for the two sets of
 * manifests, at the end of that pod. Undefined where there is none, over a pod for every cell that the policies of both sets
 * make. Only namespaces whose policies differ are looked at: those of others have no say there.
 */
export function firstDifference(
  before: Files,
  after: Files,
  namespaces: readonly string[],
  podBlocks: readonly string[],
): string | undefined {
  const [old, now] = [worldOfFiles(before), worldOfFiles(after)];
  const isRelabelled = JSON.stringify(labelsIn(before)) !== JSON.stringify(labelsIn(after));
  for (const name of namespaces) {
    const [was, is] = [policiesIn(old, name), policiesIn(now, name)];
    if (!isRelabelled && JSON.stringify(was) === JSON.stringify(is)) continue;
    for (const direction of ['ingress', 'egress'] as const) {
      const found = differenceAt(name, direction, { old, was, now, is, podBlocks, isRelabelled });
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

interface Compared {
  readonly old: World;
  readonly was: readonly NetworkPolicy[];
  readonly now: World;
  readonly is: readonly NetworkPolicy[];
  readonly podBlocks: readonly string[];
  readonly isRelabelled: boolean;
}

function differenceAt(name: string, direction: Direction, compared: Compared): string | undefined {
  const { old, was, now, is, podBlocks, isRelabelled } = compared;
  const policies = [...was, ...is];
  const rules = policies.flatMap(({ spec }) => (direction === 'ingress' ? spec?.ingress : spec?.egress) ?? []);
  const peers = unique(rules.flatMap(({ from, to }) => (direction === 'ingress' ? from : to) ?? []));
  const subject = namespaceOf(old, name);
  const cells = peerCells(peers, subject, old.namespaces, podBlocks);
  const asked = questions(policies);
  for (const labels of subjectCells(policies)) {
    for (const cell of cells) {
      const namespaces = [subject, ...cell.namespaces];
      const changed = isRelabelled ? namespaces.map((each) => namespaceOf(now, each.name, each)) : namespaces;
      for (const question of asked) {
        const so = admits({ policies: was, pods: [], namespaces }, direction, name, labels, cell, question);
        const then = admits({ policies: is, pods: [], namespaces: changed }, direction, name, labels, cell, question);
        if (so !== then)
          return `${direction} of ${name}/${JSON.stringify(labels)} with ${JSON.stringify([cell, question])}: ${so} became ${then}`;
      }
    }
  }
  return undefined;
}

/**
 * Whether the naive evaluator, too, decides the connection of a witness differently for the two sets of manifests: with
 * blocks that match pods, or with blocks that never do.
 */
export function isBorneOut(connection: Connection, before: Files, after: Files): boolean {
  const { direction, subject, peer, protocol, port, names } = connection;
  const name = subject.namespace[NAME] as string;
  const isPod = peer.kind === 'pod';
  const namespaces = [subject, ...(isPod ? [peer] : [])].map(({ namespace }) => ({
    name: namespace[NAME] as string,
    labels: namespace,
  }));
  const question = { protocol: protocol === 'other' ? ('ICMP' as never) : protocol, port, names };
  return [[], [peer.address]].some((ips) => {
    const end = isPod
      ? { namespace: peer.namespace[NAME] as string, name: 'peer', labels: peer.labels, ips, ports: [] }
      : { ip: peer.address };
    const [so, then] = [before, after].map((files) =>
      admits(
        { policies: policiesIn(worldOfFiles(files), name), pods: [], namespaces },
        direction,
        name,
        subject.labels,
        { end, namespaces },
        question,
      ),
    );
    return so !== then;
  });
}

/** Whether the policies at the end of the subject let the connection through. */
function admits(
  world: World,
  direction: Direction,
  namespace: string,
  labels: Pod['labels'],
  { end }: PeerCell,
  question: Question,
): boolean {
  const { protocol, port } = question;
  const ports = containerPorts(question);
  const subject = { namespace, name: 'subject', labels, ips: [], ports: direction === 'ingress' ? ports : [] };
  if (direction === 'ingress') return ingressAllowed(world, end, subject, protocol, port);
  return egressAllowed(world, subject, 'labels' in end ? { ...end, ports } : end, protocol, port);
}

const worlds = new WeakMap<Files, World>();

function worldOfFiles(files: Files): World {
  const world = worlds.get(files) ?? worldOf(Object.values(files).flat());
  worlds.set(files, world);
  return world;
}

function policiesIn({ policies }: World, name: string): NetworkPolicy[] {
  return policies.filter(({ metadata }) => (metadata.namespace ?? 'default') === name);
}

function labelsIn(files: Files): unknown[] {
  return namespacesOf(files).map(({ metadata: { name, labels } }) => [name, labels]);
}

function namespaceOf({ namespaces }: World, name: string, otherwise?: Namespace): Namespace {
  return namespaces.find((each) => each.name === name) ?? otherwise ?? { name, labels: { [NAME]: name } };
}

function unique<T>(all: readonly T[]): T[] {
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}
