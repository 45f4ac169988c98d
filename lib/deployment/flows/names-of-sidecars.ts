import type { ClusterFacts } from '../../model/cluster-facts';
import type { PortSet } from '../../model/port-set';
import type { Problem } from '../../model/problem';
import { isAtLeast } from '../../model/version';
import type { NamedPort } from '../workloads/workload';

/** Names that only sidecars have would never let anything pass on an engine that resolves no names of theirs. */
export function namesOfSidecars(
  set: PortSet,
  { named = [] }: { readonly named?: readonly NamedPort[] },
  facts: ClusterFacts,
): Omit<Problem, 'where'>[] {
  if (resolvesThem(facts)) return [];
  const missing = named.filter(
    ({ name, protocol, of }) =>
      of === 'sidecar' &&
      set[protocol].names.includes(name) &&
      !named.some((other) => other.of === undefined && other.name === name && other.protocol === protocol),
  );
  if (missing.length === 0) return [];
  const texts = [...new Set(missing.map(({ name, protocol }) => `${protocol}/${name}`))].join(', ');
  const numbers = [...new Set(missing.map(({ protocol, number }) => `Port.${protocol.toLowerCase()}(${number})`))];
  return [
    {
      rule: 'port-name-of-sidecar',
      what: `only a sidecar has a port named ${texts}, and ${engineText(facts)} looks at no init container for names of ports, so the flow would never match`,
      value: texts,
      allowed: 'names of ports of the other containers, and numbers',
      fix: `Write the number: ${numbers.join(', ')}.`,
    },
  ];
}

/** Antrea: `podToGroupMember` (pkg/controller/networkpolicy); Calico: `podToDefaultWorkloadEndpoint` (libcalico-go), before 3.30. */
function resolvesThem({ engine, version }: ClusterFacts): boolean {
  return !(engine === 'antrea' || (engine === 'calico' && !isAtLeast(version, '3.30')));
}

function engineText({ engine, version }: ClusterFacts): string {
  return `${engine === 'antrea' ? 'Antrea' : 'Calico'}${version === undefined ? '' : ` ${version}`}`;
}
