import { type End, egressAllowed, ingressAllowed } from '../naive/evaluator';
import type { Protocol as NaiveProtocol, World } from '../naive/world';
import { worldOf } from '../naive/world-of';
import { type BlockMode, type Connection, Oracle, type SampledEnd } from './oracle';
import { OTHERS, type Plan } from './plan';
import { endsOf, questionsOf } from './sample';

export interface Judged {
  /** Halves of connections that were let through and kept back. */
  readonly passed: number;
  readonly stopped: number;
  /** Where the manifests and the declaration differ, in words. */
  readonly differences: readonly string[];
}

/** The manifests, as the naive evaluator reads them, against the plan, as the oracle does, on a world that is made for it. */
export function judged(plan: Plan, manifests: readonly unknown[], mode: BlockMode): Judged {
  const world = worldWith(manifests, mode);
  const oracle = new Oracle(plan, mode);
  const differences: string[] = [];
  const counts = { passed: 0, stopped: 0 };
  for (const connection of connectionsOf(plan, oracle)) {
    const [from, to] = [naiveEnd(connection.from, 'from'), naiveEnd(connection.to, 'to')];
    const { port } = connection;
    const protocol = connection.protocol as NaiveProtocol;
    const halves = [
      ['egress', oracle.leaves(connection), egressAllowed(world, from, to, protocol, port)],
      ['ingress', oracle.arrives(connection), ingressAllowed(world, from, to, protocol, port)],
    ] as const;
    for (const [half, isDeclared, isRendered] of halves) {
      counts[isRendered ? 'passed' : 'stopped']++;
      if (isDeclared !== isRendered) differences.push(words(connection, half, isDeclared, mode));
    }
  }
  return { ...counts, differences };
}

/** Every ordered pair of ends of which one is a pod of ours; two ends that read the same are two pods. */
export function* connectionsOf(plan: Plan, oracle: Oracle): Generator<Connection> {
  const ends = endsOf(plan);
  const ours = new Set(plan.namespaces.map(({ name }) => name));
  const isOurs = ({ pod }: SampledEnd) => pod !== undefined && ours.has(pod.namespace);
  let turn = 0;
  for (const from of ends) {
    for (const to of ends) {
      if (!isOurs(from) && !isOurs(to)) continue;
      for (const question of questionsOf(oracle, from, to, turn++)) yield { from, to, ...question };
    }
  }
}

/** Namespaces that nobody renders have the labels that their owners gave them. */
function worldWith(manifests: readonly unknown[], ipBlockMode: BlockMode): World {
  const world = worldOf(manifests);
  const others = Object.entries(OTHERS).map(([name, labels]) => ({ name, labels }));
  return {
    ...world,
    namespaces: [...world.namespaces.filter(({ name }) => OTHERS[name] === undefined), ...others],
    ipBlockMode,
  };
}

function naiveEnd({ ip, pod }: SampledEnd, name: string): End {
  if (pod === undefined) return { ip: ip as string };
  const { namespace, labels, ports } = pod;
  return { namespace, name, labels, ports, ips: ip === undefined ? [] : [ip] };
}

function words({ from, to, protocol, port }: Connection, half: string, isDeclared: boolean, mode: BlockMode): string {
  const said = isDeclared ? 'is declared and kept back' : 'is not declared and let through';
  return `${endText(from)} to ${endText(to)} ${protocol}/${port} ${said} at ${half}, where blocks mean ${mode}`;
}

function endText({ ip, pod }: SampledEnd): string {
  return pod === undefined
    ? `${ip}`
    : `${pod.namespace}/${JSON.stringify(pod.labels)}${ip === undefined ? '' : ` (${ip})`}`;
}
