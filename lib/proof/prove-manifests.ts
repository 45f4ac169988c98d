import { metadataOfEveryCloud } from '../cluster/metadata-services';
import { notEnforced } from '../engines/enforced';
import { engineNamed } from '../engines/engines';
import { composedPlane } from '../engines/with-unread';
import type { GraphData } from '../graph/graph-data';
import type { PoliciesRead } from '../kinds/policies-read';
import type { PolicyReading } from '../kinds/policy-reading';
import type { ClusterFacts } from '../model/cluster-facts';
import * as ips from '../model/ip-set';
import type { Problem } from '../model/problem';
import { promisesOfTiers } from './promises-of-tiers';
import { type Proof, proveGraph } from './prove';

/** What policies say, read back from manifests. */
export interface ManifestsRead extends PoliciesRead {
  readonly problems: readonly Problem[];
  /** What was passed over and could still bear on connections, each a sentence. */
  readonly assumptions: readonly string[];
}

/** The proof of manifests, and what of them cannot be applied. */
export interface ManifestsProof {
  readonly proof: Proof;
  /** What was not read, policies that the API server would refuse, and those that the engine does not enforce. */
  readonly unreadable: readonly Problem[];
}

/**
 * Proves that manifests allow what a graph declares, and nothing else, on the cluster that the graph is for. The graph says
 * all that is asked: no construct is needed, so that a folder is proved as the app was that wrote it.
 *
 * @throws ZeroTrustError if what is known of the cluster contradicts itself
 */
export function proveManifests(graph: GraphData, reading: ManifestsRead): ManifestsProof {
  const facts = graph.cluster;
  const engine = engineNamed(facts.engine);
  const others = asIfEnforced(reading.others ?? [], graph);
  // What is refused is among the problems, whomever it would bind: the manifests cannot be applied as they are.
  const plane = composedPlane(engine, { ...reading, others, refused: [] }, facts);
  const proof = proveGraph(graph, plane, {
    podAddresses: facts.podRanges,
    otherAddresses: addressesOfOthers(facts),
    apiServerAddresses: facts.apiServer?.addresses,
    nodeAddresses: facts.nodeRanges,
    knownNamespaces: graph.namespaces.flatMap(({ name, labels }) => (labels === undefined ? [] : [{ name, labels }])),
    foreign: graph.foreign,
    requestsAt: engine.requestsAt,
    promises: promisesOfTiers(graph),
  });
  const unenforced = notEnforced(reading.others ?? [], engine, facts.version, facts.platform);
  return {
    proof: { ...proof, assumptions: [...proof.assumptions, ...reading.assumptions] },
    unreadable: [...reading.problems, ...unenforced.map(({ problem }) => problem)],
  };
}

/** What is staged in a namespace that is only tried out is asked what it would allow. */
function asIfEnforced(readings: readonly PolicyReading[], { namespaces }: GraphData): PolicyReading[] {
  const audited = new Set(namespaces.filter(({ rollout }) => rollout === 'audit').map(({ name }) => name));
  return readings.map(({ isStaged, ...reading }) => {
    const isTriedOut = reading.policy.namespace !== undefined && audited.has(reading.policy.namespace);
    return isStaged === undefined || isTriedOut ? reading : { ...reading, isStaged };
  });
}

/** Addresses that no pod has: name servers that are pods are named by their labels. */
function addressesOfOthers({ serviceRanges, nodeRanges, apiServer, dns }: ClusterFacts): ips.IpSet {
  const nameServers = dns.servers.flatMap(({ endpoint }) =>
    endpoint.kind === 'addresses' ? [singleAddresses(endpoint.addresses)] : [],
  );
  return ips.union(
    metadataOfEveryCloud,
    ...[serviceRanges, nodeRanges, apiServer?.addresses].map((set) => set ?? ips.none),
    ...nameServers,
  );
}

/** A block says where a name server may be, and not that nobody else is there. */
function singleAddresses({ v4, v6 }: ips.IpSet): ips.IpSet {
  const isOne = ({ first, last }: ips.IpInterval) => first === last;
  return { v4: v4.filter(isOne), v6: v6.filter(isOne) };
}
