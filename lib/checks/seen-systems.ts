import {
  KNOWN_SYSTEMS,
  type KnownSystem,
  type PortPurpose,
  partsOf,
  type SystemPart,
  type SystemPort,
  systemOf,
} from '../known-systems';
import * as ports from '../model/port-set';
import { remembered } from '../model/remembered';
import type { Workload } from '../model/world';
import { objectOf } from './pods-seen';
import type { Seen, SeenObject } from './seen';
import { containersOf, type SeenContainer } from './seen-workloads';

/** A workload that is a system of which the facts are known. */
export interface SeenSystem {
  readonly workload: Workload;
  readonly object: SeenObject;
  readonly system: KnownSystem;
  readonly containers: readonly SeenContainer[];
  /** The parts that it may be: mostly one. */
  readonly parts: readonly SystemPart[];
  /** Its ports, each once. */
  readonly ports: readonly SystemPort[];
}

/** The workloads that are systems of which the facts are known, by their images, kinds and labels. */
export const seenSystems = remembered((seen: Seen): readonly SeenSystem[] =>
  seen.reading.world.workloads.flatMap((workload) => {
    const object = objectOf(seen, workload);
    if (object === undefined) return [];
    const containers = containersOf(object);
    const pods = {
      kind: `${object.group}/${object.ref.kind}`,
      labels: workload.labels,
      images: containers.map(({ image }) => image),
    };
    const system = systemOf(pods, KNOWN_SYSTEMS);
    if (system === undefined) return [];
    const parts = partsOf(system, pods.labels, pods.images);
    return [{ workload, object, system, containers, parts, ports: portsOf(parts) }];
  }),
);

/** The system that a workload is, where it is known. */
export function systemOfWorkload(seen: Seen, workload: Workload): SeenSystem | undefined {
  return byWorkload(seen).get(workload);
}

const byWorkload = remembered(
  (seen: Seen): ReadonlyMap<Workload, SeenSystem> => new Map(seenSystems(seen).map((each) => [each.workload, each])),
);

/** The ports of a purpose, as a set. */
export function portsFor({ ports: all }: SeenSystem, purpose: PortPurpose): ports.PortSet {
  return ports.unionOf([ports.none, ...all.filter((port) => port.purpose === purpose).map(portSetOf)]);
}

export function portSetOf({ number, last = number, protocol = 'TCP' }: SystemPort): ports.PortSet {
  return number === last ? ports.number(protocol, number) : ports.range(protocol, number, last);
}

/**
 * A number has one purpose: of a system whose parts use it for several, the first; where a container declares a name for
 * it that says otherwise, nobody here knows better.
 */
function portsOf(parts: readonly SystemPart[]): readonly SystemPort[] {
  const byNumber = new Map<string, SystemPort>();
  for (const port of parts.flatMap(({ ports: own }) => own)) {
    const key = `${port.protocol ?? 'TCP'}/${port.number}`;
    if (!byNumber.has(key)) byNumber.set(key, port);
  }
  return [...byNumber.values()];
}
