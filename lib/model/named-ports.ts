import type { Plane } from './layer';
import type { ContainerPort, InitContainer, Workload, World } from './world';

/** As Kubernetes resolves names of ports itself (pkg/api/pod, `FindPort`). */
const USUAL: readonly InitContainer[] = ['sidecar'];

/** The ports whose names mean something to the engine of the plane. */
function namedPorts(
  ports: readonly ContainerPort[],
  { namesOf = USUAL }: Pick<Plane, 'namesOf'>,
): readonly ContainerPort[] {
  const isMeant = ({ of }: ContainerPort) => of === undefined || namesOf.includes(of);
  return ports.every(isMeant) ? ports : ports.filter(isMeant);
}

/** The world with those ports alone. */
export function worldNamedBy(plane: Pick<Plane, 'namesOf'>, world: World): World {
  return { ...world, workloads: world.workloads.map((workload) => namedBy(plane, workload)) };
}

/** The workload with those ports alone. */
function namedBy(plane: Pick<Plane, 'namesOf'>, workload: Workload): Workload {
  const ports = namedPorts(workload.ports, plane);
  return ports === workload.ports ? workload : { ...workload, ports };
}
