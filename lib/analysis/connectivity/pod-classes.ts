import type { Labels } from '../../model/selector';
import type { ContainerPort, Workload, World } from '../../model/world';

/** Workloads that no policy can tell apart, by their number. */
export interface PodClass {
  readonly namespace: string;
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
  /** Keys of labels that are not known. */
  readonly unknownLabels: NonNullable<Workload['unknownLabels']>;
  readonly ports: readonly ContainerPort[];
  /** There may be further ports, with names that are not known. */
  readonly mayHaveMorePorts: boolean;
  /** Equal for equal ports, whatever their order. */
  readonly portsKey: number;
  readonly hostNetwork: boolean;
  /** Empty where they are not known, or do not matter. */
  readonly addresses: readonly string[];
  /** Positions in the world, rising. */
  readonly workloads: readonly number[];
}

export interface PodClasses {
  readonly classes: readonly PodClass[];
  /** The class of each workload, by position. */
  readonly ofWorkload: Int32Array;
}

/** Workloads in classes by namespace, labels, ports, host network and, where blocks match pods, address. */
export function podClasses(world: World, addressesMatter: boolean): PodClasses {
  const labelsOfNamespace = new Map(world.namespaces.map(({ name, labels }) => [name, labels]));
  const portsKeys = new Map<string, number>();
  const byKey = new Map<string, number>();
  const classes: (PodClass & { readonly workloads: number[] })[] = [];
  const ofWorkload = new Int32Array(world.workloads.length);
  world.workloads.forEach((workload, position) => {
    const { namespace, labels, unknownLabels = NONE, hostNetwork } = workload;
    // The address of a pod on the host network is its node's, and a node has no names for ports.
    const ports = hostNetwork ? [] : workload.ports;
    const addresses = addressesMatter ? workload.addresses : [];
    const mayHaveMorePorts = workload.mayHaveMorePorts === true && !hostNetwork;
    const portsText = `${textOfPorts(ports)}${mayHaveMorePorts ? '+' : ''}`;
    const unknown = textOfUnknown(unknownLabels);
    const key = [namespace, textOfLabels(labels), unknown, portsText, hostNetwork, addresses.join()].join('\n');
    let id = byKey.get(key);
    if (id === undefined) {
      const portsKey = portsKeys.get(portsText) ?? portsKeys.size;
      portsKeys.set(portsText, portsKey);
      const namespaceLabels = labelsOfNamespace.get(namespace) ?? {};
      id =
        classes.push({
          namespace,
          namespaceLabels,
          labels,
          unknownLabels,
          ports,
          mayHaveMorePorts,
          portsKey,
          hostNetwork,
          addresses,
          workloads: [],
        }) - 1;
      byKey.set(key, id);
    }
    classes[id].workloads.push(position);
    ofWorkload[position] = id;
  });
  return { classes, ofWorkload };
}

const NONE: readonly string[] = [];

function textOfUnknown(unknown: PodClass['unknownLabels']): string {
  if (unknown === 'any') return '*';
  return unknown.length === 0 ? '' : [...unknown].sort().join();
}

function textOfLabels(labels: Labels): string {
  return Object.keys(labels)
    .sort()
    .map((key) => `${key}=${labels[key]}`)
    .join();
}

/** Only what names can be resolved against. */
function textOfPorts(ports: Workload['ports']): string {
  const named = ports.filter(({ name }) => name !== undefined);
  if (named.length === 0) return '';
  return named
    .map(({ name, protocol, number }) => `${name}/${protocol}/${number}`)
    .sort()
    .join();
}
