import type { ClusterFacts } from '../model/cluster-facts';
import { isAwsVpcCni } from './platforms';

/**
 * Services that the VPC CNI does not see through: it wants the port of a Service to be that of its containers, by number
 * or by name (Amazon EKS user guide, "Limit Pod traffic with Kubernetes network policies"). A precondition and no error,
 * since its controller may learn it, and nothing is opened by it. `objects` are asked for only where it matters.
 */
export function servicePreconditions(objects: () => readonly unknown[], facts: ClusterFacts): string[] {
  if (!isAwsVpcCni(facts)) return [];
  const texts = objects().filter(isService).flatMap(otherPorts);
  if (texts.length === 0) return [];
  return [
    `Clients reach these through a Service whose port is not that of the pods, which the VPC CNI may not let through: ${texts.sort().join(', ')}. Give Service and container the same port, by number or by name.`,
  ];
}

interface Service {
  readonly metadata?: { readonly namespace?: string; readonly name?: string };
  readonly spec?: { readonly clusterIP?: unknown; readonly selector?: unknown; readonly ports?: unknown };
}

function isService(object: unknown): object is Service {
  const { apiVersion, kind } = (object ?? {}) as { readonly apiVersion?: unknown; readonly kind?: unknown };
  return apiVersion === 'v1' && kind === 'Service';
}

interface Entry {
  readonly name?: string;
  readonly port: number;
  readonly targetPort?: number | string;
}

/** Clients of a headless Service address the pods, and one without a selector leads to nobody that a policy names. */
function otherPorts({ metadata, spec }: Service): string[] {
  if (spec?.clusterIP === 'None' || spec?.selector === undefined || !Array.isArray(spec.ports)) return [];
  const changes = (spec.ports as Entry[]).flatMap(({ name, port, targetPort = port }) => {
    if (targetPort === port || targetPort === name) return [];
    return [`${typeof targetPort === 'string' ? (name ?? port) : port} to ${targetPort}`];
  });
  if (changes.length === 0) return [];
  const { namespace, name } = metadata ?? {};
  return [`${namespace === undefined ? '' : `${namespace}/`}${name} (${changes.join(', ')})`];
}
