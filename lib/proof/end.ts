import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { Direction, Rule } from '../model/layer';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import type { Labels } from '../model/selector';
import { type Cell, type Connection, connectionAt } from './cell';
import type { Decision } from './confirm';
import { foreignHalves, type Half } from './half';
import type { Inquiry } from './inquiry';
import { keyOf } from './key-of';
import { type Effective, effective, type LayersOf } from './layers';
import type { DecidedBy, ForeignDeclaration } from './witness';

/** One direction of one zero-trust namespace: what is declared there, and what is in effect. */
export interface End {
  readonly namespace: string;
  readonly direction: Direction;
  /** Labels of the namespace, as far as they are known. */
  readonly labels: Labels;
  /** The ends of declared flows at tiers of the namespace: all of them must be admitted. */
  readonly managed: readonly Half[];
  /** The ends of foreign declarations there: they may be admitted. */
  readonly foreign: readonly Half[];
  /** How many rules bind the pods here. */
  readonly rules: number;
  readonly may: Effective;
  readonly must: Effective;
}

export function endOf(
  namespace: string,
  direction: Direction,
  { ground }: Inquiry,
  layersOf: LayersOf,
  managed: ReadonlyMap<string, readonly Half[]>,
  foreign: readonly ForeignDeclaration[],
): End {
  const layers = layersOf(namespace, direction);
  const rules = layers.flatMap((layer) => layer.rules);
  const may = effective(layers, direction, ground, 'may');
  // The bounds differ by what address blocks may match, and by nothing else.
  const isCertain =
    ground.facts.ipBlockMode !== 'may' || rules.every(({ peers }) => peers.every(({ kind }) => kind !== 'addresses'));
  return {
    namespace,
    direction,
    rules: rules.length,
    labels: ground.facts.namespaces.get(namespace) ?? { [NAMESPACE_NAME_LABEL]: namespace },
    managed: managed.get(`${namespace} ${direction}`) ?? [],
    foreign: foreignHalves(foreign, namespace, direction, ground),
    may,
    must: isCertain ? may : effective(layers, direction, ground, 'must'),
  };
}

export function connectionOf(cell: Cell, { direction, labels }: End): Connection {
  return connectionAt(cell, direction, labels);
}

/** The policies and rules behind a decision, each once. */
export function decidedBy({ rule, isolations }: Decision): DecidedBy[] {
  if (rule !== undefined) return [decidedByRule(rule)];
  const policies = new Map(
    isolations.map(({ policy }) => [`${policy.kind} ${policy.namespace} ${policy.name} ${policy.source}`, policy]),
  );
  return [...policies.values()].map((policy) => ({ policy }));
}

export function decidedByRule({ policy, index, peers }: Rule): DecidedBy {
  const byAddress = peers.every(({ kind }) => kind === 'addresses');
  return { policy, index, ...(byAddress ? { byAddress } : {}) };
}

/** Ports under keys, all of one key together. */
export class PortsByKey {
  private readonly sets = new Map<string, PortSet[]>();

  public add(key: string, set: PortSet): void {
    const sets = this.sets.get(key);
    if (sets === undefined) this.sets.set(key, [set]);
    else sets.push(set);
  }

  /** Whether the ports under the key have all of these. Mostly they are the same, which their keys tell. */
  public cover(key: string, set: PortSet): boolean {
    const sets = this.sets.get(key);
    if (sets === undefined) return false;
    return sets.some((each) => keyOf(each) === keyOf(set)) || ports.covers(ports.union(...sets), set);
  }
}

/** For what is asked about a rule or flow, in a sentence that says where. */
export function at({ namespace, direction }: End): string {
  return `${direction} of ${namespace}`;
}
