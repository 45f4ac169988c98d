import type { Protocol } from '../model/port-set';
import type { Workload } from '../model/world';
import type { Seen } from './seen';
import type { SeenRule } from './seen-rules';
import { workloadsIn } from './seen-workloads';

/** The workloads that a rule is about, by what the manifests show. */
export function workloadsOf(seen: Seen, { parts }: SeenRule): readonly Workload[] {
  return parts.length === 1
    ? workloadsIn(seen, parts[0].subject)
    : [...new Set(parts.flatMap(({ subject }) => workloadsIn(seen, subject)))];
}

/**
 * Whether some workload that the rule is about gets through to there, all policies taken together. A rule about pods that no
 * manifest shows is taken at its word.
 */
export function reaches(seen: Seen, rule: SeenRule, address: string, protocol: Protocol, port: number): boolean {
  const workloads = workloadsOf(seen, rule);
  return (
    workloads.length === 0 || workloads.some(({ id }) => seen.connectivity().allowed(id, address, protocol, port).may)
  );
}
