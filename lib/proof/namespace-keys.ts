import type { GraphData } from '../graph/graph-data';
import type { Endpoint } from '../model/endpoint';
import type { Plane, RulePeer } from '../model/layer';
import type { Selector } from '../model/selector';
import type { ForeignDeclaration, RolePromise } from './witness';

/** Keys of namespace labels that a selector of the plane or the declaration asks about: no others tell namespaces apart. */
export function namespaceKeysOf(
  declared: Pick<GraphData, 'flows' | 'guardrails'>,
  plane: Plane,
  {
    foreign = [],
    promises = [],
  }: { readonly foreign?: readonly ForeignDeclaration[]; readonly promises?: readonly RolePromise[] },
): Set<string> {
  const keys = new Set<string>();
  const add = ({ constraints }: Selector) => {
    for (const { key } of constraints) keys.add(key);
  };
  const addEnd = (end: Endpoint | RulePeer) => {
    if ('pods' in end) add(end.pods.namespaces);
  };
  for (const { rules, isolations } of plane.layers) {
    for (const { subject } of isolations) add(subject.namespaces);
    for (const { subject, peers } of rules) {
      add(subject.namespaces);
      peers.forEach(addEnd);
    }
  }
  for (const { from, to } of [...declared.flows, ...foreign]) [from, to].forEach(addEnd);
  for (const { forbids } of promises) addEnd(forbids);
  for (const { denies, isolates } of declared.guardrails ?? []) {
    for (const { namespaces } of isolates) add(namespaces);
    for (const { subject, peer } of denies) {
      add(subject.namespaces);
      addEnd(peer);
    }
  }
  return keys;
}
