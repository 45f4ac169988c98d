import type { ApiObject } from 'cdk8s';
import type { ClusterFacts } from '../../cluster/cluster-facts';
import { isAwsVpcCni } from '../../cluster/platforms';
import { rendering } from '../workloads/rendering';

/**
 * Services that the VPC CNI does not see through: it wants the port of a Service to be that of its containers, by number
 * or by name (Amazon EKS user guide, "Limit Pod traffic with Kubernetes network policies"). A precondition and no error,
 * since its controller may learn it, and nothing is opened by it.
 */
export function servicePreconditions(objects: readonly ApiObject[], facts: ClusterFacts): string[] {
  if (!isAwsVpcCni(facts)) return [];
  const texts = objects.filter(isService).flatMap((object) => otherPorts(rendering(object)));
  if (texts.length === 0) return [];
  return [
    `Clients reach these through a Service whose port is not that of the pods, which the VPC CNI may not let through: ${texts.sort().join(', ')}. Give Service and container the same port, by number or by name.`,
  ];
}

function isService({ apiVersion, kind }: ApiObject): boolean {
  return apiVersion === 'v1' && kind === 'Service';
}

interface Entry {
  readonly name?: string;
  readonly port: number;
  readonly targetPort?: number | string;
}

/** Clients of a headless Service address the pods, and one without a selector leads to nobody that a policy names. */
function otherPorts({ metadata, spec }: ReturnType<ApiObject['toJson']>): string[] {
  if (spec?.clusterIP === 'None' || spec?.selector === undefined || !Array.isArray(spec.ports)) return [];
  const changes = (spec.ports as Entry[]).flatMap(({ name, port, targetPort = port }) => {
    if (targetPort === port || targetPort === name) return [];
    return [`${typeof targetPort === 'string' ? (name ?? port) : port} to ${targetPort}`];
  });
  if (changes.length === 0) return [];
  const { namespace, name } = metadata ?? {};
  return [`${namespace === undefined ? '' : `${namespace}/`}${name} (${changes.join(', ')})`];
}
