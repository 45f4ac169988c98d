import { connectivity, type ManifestReading } from '../../../lib/analysis';
import type { Plane } from '../../../lib/model/layer';
import type { Workload } from '../../../lib/model/world';
import type { Connection } from '../../engines/decide';
import { worldOf } from '../../naive/world-of';
import type { Answer, BlockMode, Evaluator } from '../evaluator';
import { type Flow, isIpv6, type KubernetesObject, type World } from '../world';

/** A world as it was read, and how the engine decides in it. */
export interface Decided {
  readonly reading: ManifestReading;
  readonly plane: Plane;
}

/** What an address is that no pod has, where it is none of the outside. */
export type EntityOf = (address: string) => 'nodes' | 'ingress' | undefined;

const nowhere: EntityOf = () => undefined;

/** Connectivity before a judge: what is worked out of the layers for all ends at once. */
export function analysisOf(read: (world: World, mode: BlockMode) => Decided, entityOf: EntityOf = nowhere): Evaluator {
  return {
    name: 'connectivity',
    of: (world, mode) => {
      const decided = read(world, mode);
      const v4 = inFamily(decided, false, entityOf);
      const v6 = inFamily(decided, true, entityOf);
      return (flow) => (isIpv6(flow.from) ? v6(flow) : v4(flow));
    },
  };
}

/** For judges to whom nothing is uncertain: an answer that is not certain is a mistake of ours. */
export function certain({ name, of }: Evaluator): Evaluator {
  return {
    name,
    of: (world, mode) => {
      const answer = of(world, mode);
      return (flow) => {
        const given = answer(flow);
        if (given !== 'perhaps') return given;
        const { from, to, protocol, port } = flow;
        throw new Error(`not decided, although all is known: ${from} to ${to} ${protocol}/${port}`);
      };
    },
  };
}

/** A flow is of one family, so the pods have their addresses of that family only: then everything is known. */
function inFamily({ reading, plane }: Decided, v6: boolean, entityOf: EntityOf): (flow: Flow) => Answer {
  const workloads = reading.world.workloads.map((workload): Workload => {
    return { ...workload, addresses: workload.addresses.filter((address) => isIpv6(address) === v6) };
  });
  const ids = new Map(workloads.flatMap(({ id, addresses }) => addresses.map((address) => [address, id])));
  const { allowed } = connectivity({ ...reading.world, workloads }, plane);
  const end = (address: string): string => entityOf(address) ?? ids.get(address) ?? address;
  return ({ from, to, protocol, port }) => {
    const { must, may } = allowed(end(from), end(to), protocol, port);
    return must === may ? must : 'perhaps';
  };
}

/** The ends of flows for who decides layer by layer, by the documents that the naive reader takes. */
export function endsAmong(
  documents: readonly KubernetesObject[],
  entityOf: EntityOf = nowhere,
): (ip: string) => Connection['to'] {
  const { namespaces, pods } = worldOf(documents);
  const byAddress = new Map(pods.flatMap((pod) => pod.ips.map((ip) => [ip, pod])));
  return (ip) => {
    const pod = byAddress.get(ip);
    const entity = entityOf(ip);
    if (pod === undefined) return entity === undefined ? { ip } : { ip, entity };
    const namespaceLabels = namespaces.find(({ name }) => name === pod.namespace)?.labels ?? {};
    return { ip, namespaceLabels, labels: pod.labels, ports: pod.ports };
  };
}

/** @throws Error where something of them is not read, since verdicts about the rest would prove nothing. */
export function sound(reading: ManifestReading): ManifestReading {
  const { problems } = reading;
  if (problems.length > 0) throw new Error(problems.map(({ where, what }) => `${where}: ${what}`).join('\n'));
  return reading;
}
