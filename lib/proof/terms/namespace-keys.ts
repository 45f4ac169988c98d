import type { GraphData } from '../../graph/graph-data';
import type { Plane } from '../../model/layer';
import type { Selector } from '../../model/selector';
import type { WhatIsAsked } from './asked';
import { forEveryEnd } from './every-end';

/** Keys of namespace labels that a selector of the plane or the declaration asks about: no others tell namespaces apart. */
export function namespaceKeysOf(
  declared: Pick<GraphData, 'flows' | 'guardrails'>,
  plane: Plane,
  asked: WhatIsAsked,
): Set<string> {
  const keys = new Set<string>();
  const add = ({ constraints }: Selector) => {
    for (const { key } of constraints) keys.add(key);
  };
  forEveryEnd(declared, plane, asked, (end) => {
    if ('pods' in end) add(end.pods.namespaces);
  });
  for (const { rules, isolations } of plane.layers) {
    for (const { subject } of isolations) add(subject.namespaces);
    for (const { subject } of rules) add(subject.namespaces);
  }
  for (const { denies, isolates } of declared.guardrails ?? []) {
    for (const { namespaces } of isolates) add(namespaces);
    for (const { subject } of denies) add(subject.namespaces);
  }
  return keys;
}
