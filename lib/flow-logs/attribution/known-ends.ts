import type { ClusterFacts } from '../../model/cluster-facts';
import * as ips from '../../model/ip-set';
import type { Labels } from '../../model/labels';
import type { Service, Workload, World } from '../../model/world';
import type { FlowPoint } from '../flow-record';
import { addressSet, endOfAddress } from './address-end';
import type { KnownEnd, KnownPods } from './known-end';
import { byNamespace, labelsInCommon, type WorkloadsByNamespace, workloadsNamed } from './pod-names';

/** What tells more of an end than its record. */
export interface WhatIsKnown {
  /** Ranges and the API server. */
  readonly facts?: Pick<ClusterFacts, 'podRanges' | 'serviceRanges' | 'nodeRanges' | 'apiServer'>;
  /** What manifests show. */
  readonly world?: World;
}

/** Says what is known of ends; never a guess: what several things could be is none of them. */
export class KnownEnds {
  private readonly workloads: WorkloadsByNamespace;
  private readonly byAddress: ReadonlyMap<string, Workload>;
  private readonly services: readonly Service[];

  constructor(private readonly known: WhatIsKnown) {
    const { workloads = [], services = [] } = known.world ?? {};
    this.workloads = byNamespace(workloads);
    this.byAddress = ownersOf(workloads);
    this.services = services;
  }

  /** Whether the names of pods and workloads can say anything. */
  get readsNames(): boolean {
    return this.workloads.size > 0;
  }

  of(point: FlowPoint, heard: readonly string[]): KnownEnd {
    if (point.cluster !== undefined) return unknown('other-cluster', point);
    if (point.namespace !== undefined && point.entity === undefined) return this.ofPods(point, point.namespace);
    // A Service that was called is no pod to the engine before it is translated, and outside to it.
    if (point.entity !== undefined && point.service === undefined) return this.ofEntity(point, point.entity, heard);
    if (point.networkSet !== undefined) return { kind: 'unknown', why: 'no-address', mayBePod: true, mayBeNode: true };
    const { address, service } = point;
    const owner = address === undefined ? undefined : this.byAddress.get(address);
    if (owner !== undefined) return ofWorkload(owner, {}, address);
    const called = this.serviceOf(address, service);
    if (called !== undefined) return ofService(called);
    if (service !== undefined) return unknown('service-address', point);
    if (address === undefined) return { kind: 'unknown', why: 'no-end', mayBePod: true, mayBeNode: true };
    return endOfAddress(address, this.known.facts ?? {}, { hosts: point.hosts ?? [], heard });
  }

  private ofEntity(
    { address, hosts = [] }: FlowPoint,
    entity: NonNullable<FlowPoint['entity']>,
    heard: readonly string[],
  ): KnownEnd {
    const addresses = address === undefined ? undefined : addressSet(address);
    switch (entity) {
      case 'nodes':
      case 'api-server':
      case 'ingress':
        return { kind: 'entity', entity, ...(addresses && { address, addresses }) };
      case 'unmanaged':
      case 'cluster':
        return {
          kind: 'unknown',
          why: entity,
          ...(address !== undefined && { address }),
          mayBePod: true,
          mayBeNode: true,
        };
      default:
        break;
    }
    if (addresses !== undefined && address !== undefined) {
      // The engine knows its pods; Services and nodes may be among what it does not know by its labels.
      const end = endOfAddress(address, this.known.facts ?? {}, { hosts, heard });
      if (end.kind === 'unknown' && end.why === 'pod-address') return { ...end, why: 'outside-in-pods' };
      if (end.kind !== 'unknown' || end.why !== 'nobodys-address') return end;
      return { kind: 'addresses', addresses, address, hosts, heard };
    }
    return { kind: 'addresses', addresses: WITHOUT_ADDRESS[entity], hosts, heard, why: 'no-address' };
  }

  private ofPods(point: FlowPoint, namespace: string): KnownEnd {
    const { namespaceLabels, pod, podPrefix, isStarting, address } = point;
    const named = workloadsNamed(point, this.workloads.get(namespace));
    if (named.length === 1) return ofWorkload(named[0], point, address);
    const called = point.workload?.name ?? (podPrefix === undefined ? pod : `${podPrefix}-*`);
    const pods = {
      kind: 'pods',
      namespace,
      ...(namespaceLabels && { namespaceLabels }),
      ...(called !== undefined && { called }),
      unknownLabels: 'any',
    } as const;
    const labels = { ...(isStarting === true ? {} : point.labels), ...labelsInCommon(named) };
    if (Object.keys(labels).length > 0) return { ...pods, labels };
    if (called !== undefined) return { ...pods, labels, why: 'pod-without-labels' };
    const owner = address === undefined ? undefined : this.byAddress.get(address);
    if (owner?.namespace === namespace) return ofWorkload(owner, point, address);
    const behind = this.serviceOf(address, point.service && { namespace, ...point.service });
    return behind === undefined ? { ...pods, labels, why: 'namespace-only' } : ofService(behind);
  }

  private serviceOf(address: string | undefined, service: FlowPoint['service']): Service | undefined {
    const found = this.services.filter(({ name, namespace, addresses = [], selector }) => {
      if (Object.keys(selector).length === 0) return false;
      if (service !== undefined) return name === service.name && namespace === service.namespace;
      return address !== undefined && addresses.includes(address);
    });
    return found.length === 1 ? found[0] : undefined;
  }
}

function unknown(why: 'other-cluster' | 'service-address', { address }: FlowPoint): KnownEnd {
  return { kind: 'unknown', why, ...(address !== undefined && { address }), mayBePod: true, mayBeNode: false };
}

/** A pod on the host network is its node. */
function ofWorkload(workload: Workload, point: FlowPoint, address: string | undefined): KnownEnd {
  if (workload.hostNetwork) {
    const addresses = address === undefined ? undefined : addressSet(address);
    return { kind: 'entity', entity: 'nodes', ...(addresses && { address, addresses }) };
  }
  const { unknownLabels, namespace, labels } = workload;
  const { namespaceLabels } = point;
  return {
    kind: 'pods',
    namespace,
    labels: { ...point.labels, ...labels },
    workload,
    ...(unknownLabels !== undefined && { unknownLabels }),
    ...(namespaceLabels && { namespaceLabels }),
  };
}

/** Whichever pod it was that answered, it has the labels that the Service asks for. */
function ofService({ namespace, selector, ports, name }: Service): KnownPods {
  const labels: Labels = selector;
  return { kind: 'pods', namespace, labels, unknownLabels: 'any', called: name, servicePorts: ports };
}

/** Addresses that one workload alone has. */
function ownersOf(workloads: readonly Workload[]): ReadonlyMap<string, Workload> {
  const owners = new Map<string, Workload>();
  const shared = new Set<string>();
  for (const workload of workloads) {
    for (const address of workload.addresses) {
      if (owners.has(address)) shared.add(address);
      owners.set(address, workload);
    }
  }
  for (const address of shared) owners.delete(address);
  return owners;
}

/** What an end without an address may be. Calico takes RFC 1918 for private, and all else for public (felix `getSubnetType`). */
const PRIVATE = ips.fromBlocks(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']);
const WITHOUT_ADDRESS = {
  internet: ips.all,
  outside: ips.all,
  'private-address': PRIVATE,
  'public-address': ips.difference(ips.all, PRIVATE),
} as const;
