import { type GraphTier, tierKey } from '../graph/graph-data';
import { isObject } from '../kinds/field';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import type { Labels } from '../model/selector';
import * as selectors from '../model/selector';
import { PROBER_LABEL } from './labels';
import { dialling, type Places } from './places';

/** As much of a Pod of a cluster as a test depends on. */
export interface LivePod {
  readonly name: string;
  readonly labels: Labels;
  /** Absent for a pod that has none, or that answers nobody. */
  readonly address?: string;
  readonly isOnHostNetwork: boolean;
  /** TCP ports that its containers declare. */
  readonly ports: readonly { readonly number: number; readonly name?: string }[];
}

/** What a test needs of a Pod as the API server has it. */
export function livePod({ metadata, spec, status }: Readonly<Record<string, unknown>>): LivePod {
  const address = isReady(status) && !isEnding(metadata) ? textOf(status, 'podIP') : undefined;
  return {
    name: textOf(metadata, 'name') ?? '',
    labels: labelsOf(metadata),
    ...(address !== undefined && { address }),
    isOnHostNetwork: isObject(spec) && spec.hostNetwork === true,
    ports: containersOf(spec).flatMap(portsOf),
  };
}

/** A tier is at the address of one of its pods that is ready, so that neither a name server nor a Service is between. */
export function tiersOfCluster(podsIn: (namespace: string) => readonly LivePod[]): Places['ofTier'] {
  return (tier: GraphTier, set: PortSet) => {
    const key = tierKey(tier);
    const members = podsIn(tier.namespace).filter(
      ({ labels }) => labels[PROBER_LABEL] === undefined && selectors.matches(tier.pods.pods, labels),
    );
    if (members.length === 0) return { why: `the cluster has no pod of ${key}` };
    if (members.some(({ isOnHostNetwork }) => isOnHostNetwork)) {
      return { why: `pods of ${key} are on the host network, where no policy binds them` };
    }
    const ready = members.filter(({ address }) => address !== undefined);
    if (ready.length === 0) return { why: `no pod of ${key} is ready` };
    for (const pod of ready) {
      const port = portIn(pod, set);
      if (pod.address !== undefined && port !== undefined) return { address: dialling(pod.address, port) };
    }
    return { why: `no pod of ${key} declares a port of the flow, and the flow is not of a single port` };
  };
}

/** A port that a container declares, or the only one that the flow has. */
function portIn({ ports: declared }: LivePod, set: PortSet): number | undefined {
  const found = declared.find(
    ({ number, name }) =>
      ports.hasNumber(set, 'TCP', number) || (name !== undefined && ports.hasName(set, 'TCP', name)),
  );
  if (found !== undefined) return found.number;
  const [range, ...others] = set.TCP.ranges;
  return range !== undefined && others.length === 0 && range[0] === range[1] ? range[0] : undefined;
}

/** Containers, and init containers that go on running: named ports are looked up in both (KEP-753). */
function containersOf(spec: unknown): readonly unknown[] {
  if (!isObject(spec)) return [];
  const all = (value: unknown) => (Array.isArray(value) ? (value as readonly unknown[]) : []);
  const isSidecar = (container: unknown) => isObject(container) && container.restartPolicy === 'Always';
  return [...all(spec.containers), ...all(spec.initContainers).filter(isSidecar)];
}

function portsOf(container: unknown): LivePod['ports'] {
  const declared = isObject(container) && Array.isArray(container.ports) ? (container.ports as readonly unknown[]) : [];
  return declared.filter(isObject).flatMap(({ containerPort, name, protocol = 'TCP' }) => {
    if (protocol !== 'TCP' || typeof containerPort !== 'number') return [];
    return [{ number: containerPort, ...(typeof name === 'string' && { name }) }];
  });
}

function isReady(status: unknown): boolean {
  const conditions = isObject(status) && Array.isArray(status.conditions) ? (status.conditions as unknown[]) : [];
  return conditions.some((each) => isObject(each) && each.type === 'Ready' && each.status === 'True');
}

function isEnding(metadata: unknown): boolean {
  return textOf(metadata, 'deletionTimestamp') !== undefined;
}

function labelsOf(metadata: unknown): Labels {
  const labels = isObject(metadata) ? metadata.labels : undefined;
  return Object.fromEntries(
    Object.entries(isObject(labels) ? labels : {}).filter((entry): entry is [string, string] => {
      return typeof entry[1] === 'string';
    }),
  );
}

function textOf(of: unknown, field: string): string | undefined {
  const value = isObject(of) ? of[field] : undefined;
  return typeof value === 'string' ? value : undefined;
}
