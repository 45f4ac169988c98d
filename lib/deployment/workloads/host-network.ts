import type { Problem } from '../../model/problem';

/** A tier of pods on the host network: nothing that is rendered for it would bind them. */
export function tierOnHostNetwork(path: string): Omit<Problem, 'where'> {
  return {
    ...onHostNetwork(path),
    fix: 'Remove hostNetwork from the workload, or keep it out of the zero-trust namespace.',
  };
}

/** A peer of such pods: a rule about it would match none of them. */
export function peerOnHostNetwork(path: string): Omit<Problem, 'where'> {
  return {
    ...onHostNetwork(path),
    fix: 'Name the nodes that they run on (Nodes.all()), or the addresses of these nodes (Cidr.of), or remove hostNetwork from the workload.',
  };
}

function onHostNetwork(path: string): Omit<Problem, 'where'> {
  return {
    rule: 'host-network',
    what: `the pods of ${path} are on the host network (spec.hostNetwork), where no pod selector matches them and no policy binds them`,
    value: 'hostNetwork: true',
    allowed: 'pods with a network of their own',
  };
}
