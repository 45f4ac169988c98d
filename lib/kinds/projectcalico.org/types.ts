import type { Direction } from '../../model/layer';
import type { Field } from '../field';
import { oneOf, refuseRepeats } from './shape';

/** Directions that a policy is certainly about, and those that it is about in some installations of Calico. */
export interface TypesRead {
  readonly certain: readonly Direction[];
  readonly possible: readonly Direction[];
}

/**
 * By which rules there are, unless it is said (`defaultPolicyTypesField`, api/pkg/defaults). One way of installing Calico
 * asks whether the lists are there, another whether they have a rule (api/admission).
 */
export function readTypes(spec: Field): TypesRead {
  const field = spec.child('types');
  if (!field.isAbsent) return { certain: said(field), possible: [] };
  const [byList, byRule] = [(list: Field) => !list.isAbsent, (list: Field) => list.items().length > 0].map((isThere) =>
    defaults(isThere(spec.child('ingress')), isThere(spec.child('egress'))),
  );
  return {
    certain: byList.filter((it) => byRule.includes(it)),
    possible: [...byList.filter((it) => !byRule.includes(it)), ...byRule.filter((it) => !byList.includes(it))],
  };
}

function said(field: Field): Direction[] {
  const types = field.items();
  refuseRepeats(types);
  if (Array.isArray(field.value) && types.length === 0) field.refuse(EMPTY);
  const given = types.map((type) => oneOf(type, ['Ingress', 'Egress'] as const));
  const both = [given.includes('Ingress') && 'ingress', given.includes('Egress') && 'egress'];
  return both.filter((it): it is Direction => it !== false);
}

function defaults(ingress: boolean, egress: boolean): Direction[] {
  if (!egress) return ['ingress'];
  return ingress ? ['ingress', 'egress'] : ['egress'];
}

const EMPTY = {
  rule: 'calico-types',
  what: 'types is empty, and Calico refuses it',
  value: '[]',
  allowed: 'Ingress, Egress, or both',
  fix: 'Name the directions, or leave types out.',
};
