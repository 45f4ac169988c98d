import { internet } from '../../cluster/special-addresses';
import { objectText } from '../../kinds/manifest';
import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { Plane } from '../../model/layer';
import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';
import { type Problem, ZeroTrustError } from '../../model/problem';
import type { Workload, World } from '../../model/world';
import { type Connectivity, connectivity } from '../connectivity/connectivity';
import type { Verdict } from '../connectivity/verdicts';
import { exposure, type Opening } from '../exposure';
import type { WrittenObject } from '../files/read-files';
import { type BackendPods, podsBehind } from './backend-pods';
import { type RawObject, rawObjects, texts } from './objects';
import { type Backend, isGranted, type Route, routeOf } from './routes';

/** A way from outside to workloads that an object of the manifests makes. */
export interface WayIn {
  /** `Ingress ai-gateway/chat`. */
  readonly object: string;
  readonly source: string;
  /** Names that it answers to. */
  readonly hosts: readonly string[];
  readonly to: readonly WayTo[];
}

export interface WayTo {
  readonly workload: string;
  /** Of the pods. */
  readonly ports: PortSet;
  /**
   * What policies of the workload let in: of a Service, from clients and nodes; of anything else, from a controller whose
   * pods are not known, so that it is `must` only where policies let in everybody.
   */
  readonly verdict: Verdict;
}

export interface WaysIn {
  readonly ways: readonly WayIn[];
  /** References that lead nowhere, and those that are not followed. */
  readonly problems: readonly Problem[];
}

/**
 * The ways in that manifests have: Ingress, routes of the Gateway API and of OpenShift, Services that are open to outside.
 *
 * @param reach what passes in this world, where that is worked out by then
 */
export function waysIn(
  {
    world,
    written,
  }: { readonly world: World; readonly written: readonly Pick<WrittenObject, 'object' | 'sourceOf'>[] },
  plane: Plane,
  reach?: Connectivity,
): WaysIn {
  const objects = rawObjects(written);
  const services = new Map(
    objects
      .filter(({ ref, group }) => ref.kind === 'Service' && group === '')
      .map((service) => [`${service.namespace}/${service.ref.name}`, service]),
  );
  const problems: Problem[] = [];
  const controller = letsIn(world, plane, reach);
  const routes = objects.flatMap((object) => routeOf(object) ?? []);
  return {
    ways: [
      ...routes.map((route) => wayOf(route.object, route.hosts, backendsOf(route), controller.anyone)),
      ...[...services.values()].filter(isOpenToOutside).map((service) => {
        return wayOf(service, [], found(service, service, undefined), (workload) =>
          controller.clients(workload, sourcesOf(service)),
        );
      }),
    ],
    problems,
  };

  function backendsOf({ object, backends }: Route): readonly BackendPods[] {
    return backends.flatMap((backend) => {
      const { namespace, name, port, other } = backend;
      if (other !== undefined)
        return refused(object, 'backend-unknown', `${other} is no Service, and is not followed`, other);
      const service = services.get(`${namespace}/${name}`);
      if (service === undefined)
        return refused(object, 'backend-missing', `There is no Service ${namespace}/${name} in these manifests`, name);
      if (!isGranted(object, backend, objects))
        return refused(object, 'backend-not-granted', notGranted(backend), name);
      return found(object, service, port);
    });
  }

  function found(object: RawObject, service: RawObject, port: number | string | undefined): readonly BackendPods[] {
    const pods = podsBehind(service, port, world);
    return typeof pods === 'string'
      ? refused(object, 'backend-without-pods', `${objectText(service.ref)} ${pods}`, service.ref.name)
      : pods;
  }

  function refused(object: RawObject, rule: string, what: string, value: string): readonly [] {
    problems.push({ rule, where: `${object.source()}: ${objectText(object.ref)}`, what, value });
    return [];
  }
}

function notGranted({ namespace, name }: Backend): string {
  return `No ReferenceGrant of ${namespace} lets it refer to Service ${namespace}/${name}`;
}

function wayOf(
  { ref, source }: RawObject,
  hosts: readonly string[],
  pods: readonly BackendPods[],
  verdictOf: (workload: Workload) => Verdict,
): WayIn {
  const byWorkload = new Map<string, { readonly workload: Workload; readonly sets: PortSet[] }>();
  for (const { workload, ports: own } of pods) {
    const known = byWorkload.get(workload.id) ?? { workload, sets: [] };
    byWorkload.set(workload.id, known);
    known.sets.push(own);
  }
  return {
    object: objectText(ref),
    source: source(),
    hosts: [...new Set(hosts)],
    to: [...byWorkload.values()].map(({ workload, sets }) => {
      const own = ports.unionOf(sets);
      const { must, may } = verdictOf(workload);
      const limited = (set: PortSet) => ports.intersection(set, own).certain;
      return { workload: workload.id, ports: own, verdict: { must: limited(must), may: limited(may) } };
    }),
  };
}

function isOpenToOutside({ spec }: RawObject): boolean {
  return spec.type === 'LoadBalancer' || spec.type === 'NodePort' || texts(spec.externalIPs).length > 0;
}

/** The addresses that a load balancer is told to let in; the internet where it is told none, or what is no block. */
function sourcesOf({ spec }: RawObject): IpSet {
  const ranges = texts(spec.loadBalancerSourceRanges);
  return ranges.length === 0 ? internet : ips.unionOf(ranges.map(blockOf));
}

function blockOf(range: string): IpSet {
  try {
    return ips.fromBlock(range.trim());
  } catch (error) {
    if (error instanceof ZeroTrustError) return internet;
    throw error;
  }
}

/** What policies let in to a workload from outside. */
interface LetsIn {
  /** From pods of which nothing is known, as those of a controller are. */
  anyone(workload: Workload): Verdict;
  /** From clients with these addresses, which the pods see, or a node's in their stead (`externalTrafficPolicy`). */
  clients(workload: Workload, addresses: IpSet): Verdict;
}

function letsIn(world: World, plane: Plane, reach: Connectivity | undefined): LetsIn {
  // Manifests often have no way in: then nobody asks.
  let worked = reach;
  const found = () => {
    worked ??= connectivity(world, plane);
    return worked;
  };
  let known: ReadonlyMap<string, readonly Opening[]> | undefined;
  const openingsOf = (id: string): readonly Opening[] => {
    known ??= new Map(
      exposure(world, plane).flatMap(({ workloads, openings }) => workloads.map((each) => [each, openings] as const)),
    );
    return known.get(id) ?? [];
  };
  // What is denied to some pods may be denied to those of the controller.
  const mayDeny = plane.layers.some(({ rules }) => rules.some(({ action }) => action !== 'allow'));
  return {
    anyone: ({ id }) => {
      const openings = openingsOf(id);
      const outside = verdictsFrom(found(), id, ips.all);
      const stranger = openings.find(isAnybody)?.verdict.must ?? ports.none;
      const pods = world.workloads.filter((other) => other.id !== id).map((other) => found().between(other.id, id));
      return {
        must: mayDeny ? ports.none : ports.intersection(inAll(outside), stranger).certain,
        may: inAny([...outside, ...pods, ...openings.map(({ verdict }) => verdict)]),
      };
    },
    clients: ({ id }, addresses) => {
      const all = verdictsFrom(found(), id, addresses);
      return { must: inAll(all), may: inAny(all) };
    },
  };
}

/** The pod of which nothing is known, in a namespace of which nothing is. */
function isAnybody({ from }: Opening): boolean {
  return (
    from.kind === 'pods' &&
    from.namespace === undefined &&
    Object.keys(from.labels).length + Object.keys(from.namespaceLabels).length === 0
  );
}

/** From each of the addresses, a verdict at a time, and from the nodes. */
function verdictsFrom(found: Connectivity, id: string, addresses: IpSet): readonly Verdict[] {
  return [...found.withAddresses(id, 'ingress', addresses), found.between('nodes', id)];
}

function inAll(verdicts: readonly Verdict[]): PortSet {
  return verdicts.reduce((set, { must }) => ports.intersection(set, must).certain, ports.everything);
}

function inAny(verdicts: readonly Verdict[]): PortSet {
  return ports.unionOf([ports.none, ...verdicts.map(({ may }) => may)]);
}
