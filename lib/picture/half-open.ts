import type { Connectivity } from '../analysis';
import { matchOfSelection } from '../analysis/explanation/connection';
import type { Labels } from '../model/labels';
import type { Plane, Rule } from '../model/layer';
import type { PodSet } from '../model/pod-set';
import * as ports from '../model/port-set';
import type { Workload, World } from '../model/world';

/** A flow that one end allows and the other does not. */
export interface HalfOpen {
  readonly rule: Rule;
  readonly from: Workload;
  readonly to: Workload;
}

/** So many of one rule are drawn. */
const MOST_OF_A_RULE = 20;

/** The flows of rules that were found to be half-open: those of their pairs between which nothing of it passes. */
export function halfOpen(
  world: World,
  plane: Plane,
  reach: Connectivity,
  isFound: (rule: Rule) => boolean,
): readonly HalfOpen[] {
  const labels = new Map(world.namespaces.map(({ name, labels }) => [name, labels]));
  const rules = plane.layers.flatMap((layer) => layer.rules).filter((rule) => rule.action === 'allow' && isFound(rule));
  return rules.flatMap((rule) => {
    const subjects = selected(rule.subject, world, labels);
    const peers = rule.peers.flatMap((peer) => (peer.kind === 'pods' ? selected(peer.pods, world, labels) : []));
    return subjects
      .flatMap((own) => peers.map((other) => (rule.direction === 'egress' ? [own, other] : [other, own])))
      .filter(([from, to]) => from !== to && !passes(reach, rule, from, to))
      .slice(0, MOST_OF_A_RULE)
      .map(([from, to]) => ({ rule, from, to }));
  });
}

function selected(set: PodSet, { workloads }: World, labels: ReadonlyMap<string, Labels>): readonly Workload[] {
  return workloads.filter((workload) => {
    const namespaceLabels = labels.get(workload.namespace) ?? {};
    return matchOfSelection(set, { kind: 'pod', workload, namespaceLabels }) !== 'no';
  });
}

function passes(reach: Connectivity, { ports: asked }: Rule, from: Workload, to: Workload): boolean {
  const { may } = reach.between(from.id, to.id);
  return !ports.isEmpty(ports.intersection(may, ports.resolve(asked, to.ports)).possible);
}
