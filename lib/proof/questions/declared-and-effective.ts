import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import type { Direction, Rule } from '../../model/layer';
import type { Labels } from '../../model/selector';
import { type Cell, type Connection, connectionAt } from '../space/cell';
import type { Decision } from '../space/decision';
import { type Effective, effective, type LayersOf } from '../space/effective-relation';
import type { ForeignDeclaration } from '../terms/asked';
import { isCertain } from '../terms/facts';
import type { DecidedBy } from '../witness';
import { foreignHalves, type Half, type ManagedHalves } from './halves-of-flows';
import type { Inquiry } from './inquiry';

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
  managed: ManagedHalves,
  foreign: readonly ForeignDeclaration[],
): End {
  const layers = layersOf(namespace, direction);
  const rules = layers.flatMap((layer) => layer.rules);
  const may = effective(layers, direction, ground, 'may');
  const isKnown =
    rules.every((rule) => isCertain(rule, ground.facts)) &&
    layers.every(({ isolations }) => isolations.every(({ isUncertain }) => !isUncertain));
  return {
    namespace,
    direction,
    rules: rules.length,
    labels: ground.facts.namespaces.get(namespace) ?? { [NAMESPACE_NAME_LABEL]: namespace },
    managed: managed[direction].get(namespace) ?? [],
    foreign: foreignHalves(foreign, namespace, direction, ground),
    may,
    must: isKnown ? may : effective(layers, direction, ground, 'must'),
  };
}

export function connectionOf(cell: Cell, { direction, labels }: End): Connection {
  return connectionAt(cell, direction, labels);
}

/** The policies and rules behind a decision, each once. */
export function decidedBy({ rule, isolations }: Decision): DecidedBy[] {
  if (rule !== undefined) return [decidedByRule(rule)];
  const byPolicy = new Map(
    isolations.map((each) => {
      const { kind, namespace, name, source } = each.policy;
      return [`${kind} ${namespace} ${name} ${source}`, each];
    }),
  );
  return [...byPolicy.values()].map(({ policy, isUncertain }) => ({ policy, ...(isUncertain && { isUncertain }) }));
}

export function decidedByRule({ policy, index, peers, action, isUncertain }: Rule): DecidedBy {
  const byAddress = peers.every(({ kind }) => kind === 'addresses');
  return {
    policy,
    index,
    ...(byAddress ? { byAddress } : {}),
    ...(action === 'deny' ? { denies: true } : {}),
    ...(isUncertain && { isUncertain }),
  };
}

/** For what is asked about a rule or flow, in a sentence that says where. */
export function at({ namespace, direction }: End): string {
  return `${direction} of ${namespace}`;
}
