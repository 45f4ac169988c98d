import type { ApiObject } from 'cdk8s';
import type * as ReadManifests from '../../analysis/read-manifests';
import type { ClusterFacts } from '../../cluster/cluster-facts';
import { knowsEntities } from '../../cluster/entities';
import { leadsToMetadata, metadataOfEveryCloud } from '../../cluster/metadata-services';
import { preconditionsOf } from '../../cluster/preconditions';
import { isIdentityServer } from '../../cluster/workload-identity';
import { notEnforced } from '../../engines/enforced';
import { engineNamed } from '../../engines/engines';
import { composedPlane } from '../../engines/with-unread';
import { hasWaiver } from '../../findings/waiver-uses';
import type { GraphData } from '../../graph/graph-data';
import { ownersAmong } from '../../kinds/lasting';
import type { PoliciesRead } from '../../kinds/policies-read';
import type { PolicyReading } from '../../kinds/policy-reading';
import type { Flow } from '../../model/flow';
import * as ips from '../../model/ip-set';
import * as ports from '../../model/port-set';
import type { Problem } from '../../model/problem';
import type { ForeignDeclaration, Proof, RolePromise } from '../../proof';
import { isAtTheDoor, jsonAtTheDoor, putsPodsIntoMesh } from '../emission/door';
import type { Bodies } from '../emission/fingerprint';
import type { NamespaceRecord, TierRecord } from '../records';
import { namespaceLabels } from '../workloads/namespace-labels';
import { rendering } from '../workloads/rendering';
import { proving } from './proof-when-asked';
import { servicePreconditions } from './service-ports';

/** What the proof of a deployment is made from. */
export interface ProofGround {
  readonly graph: GraphData;
  readonly facts: ClusterFacts;
  readonly tiers: readonly TierRecord[];
  readonly namespaces: readonly NamespaceRecord[];
  readonly foreign: readonly ForeignDeclaration[];
  /** All of the app. */
  readonly objects: readonly ApiObject[];
}

export interface DeploymentProof {
  readonly proof: Proof;
  /** Policies that the API server would refuse. */
  readonly unreadable: readonly Problem[];
  /** What only the live cluster can show. */
  readonly preconditions: readonly string[];
  /** What is written otherwise than it is rendered, and cannot matter; absent where nothing was written. */
  readonly notes?: readonly string[];
}

/** What policies say, read back from what is rendered. */
export interface DeploymentReading extends PoliciesRead {
  readonly problems: readonly Problem[];
  /** What was passed over and could still bear on connections, each a sentence. */
  readonly assumptions: readonly string[];
}

/**
 * Reads what the objects of an app render as files are read: every object whose kind may bear on connections, ours and those
 * of others. `bodies` has what workloads rendered before, so that they are not rendered again.
 */
export function readPolicies(objects: readonly ApiObject[], bodies: Bodies = new Map()): DeploymentReading {
  const atTheDoor = objects.filter((object) => isAtTheDoor(object) || putsPodsIntoMesh(object, bodies.get(object)));
  return reading().readManifests(atTheDoor.map(jsonAtTheDoor), {
    sourceOf: (index) => atTheDoor[index].node.path,
    isThere: ownersAmong(() => objects.map(rendering)),
  });
}

/** Loaded when a proof is first made: whoever imports the package does not wait for it. */
function reading(): typeof ReadManifests {
  return require('../../analysis/read-manifests');
}

/** Proves that the policies that were read allow what was declared, and nothing else. */
export function proveDeployment(
  { graph, facts, tiers, namespaces, foreign, objects }: ProofGround,
  reading: DeploymentReading,
): DeploymentProof {
  const engine = engineNamed(facts.engine);
  const others = asIfEnforced(reading.others ?? [], graph);
  // What is refused is among the problems, whomever it would bind: the app cannot be applied as it is.
  const plane = composedPlane(engine, { ...reading, others, refused: [] }, facts);
  const proof = proving().proveGraph(graph, plane, {
    podAddresses: facts.podRanges,
    otherAddresses: addressesOfOthers(facts),
    apiServerAddresses: facts.apiServer?.addresses,
    nodeAddresses: facts.nodeRanges,
    // Of a namespace that we render every label is known; of others, their name.
    knownNamespaces: namespaces
      .filter(({ management }) => management === 'own')
      .map((record) => ({ name: record.name, labels: namespaceLabels(record) })),
    foreign,
    requestsAt: engine.requestsAt,
    promises: tiers.flatMap((tier) => promisesOf(tier, facts)),
  });
  return {
    proof: { ...proof, assumptions: [...proof.assumptions, ...reading.assumptions] },
    unreadable: [...reading.problems, ...notEnforced(reading.others ?? [], engine, facts.version, facts.platform)],
    preconditions: [...preconditionsOf(graph, facts), ...servicePreconditions(objects, facts)],
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

/** What a role rules out, whatever policy selects its pods. */
function promisesOf({ role, namespace, name, acknowledged }: TierRecord, facts: ClusterFacts): RolePromise[] {
  if (role !== 'agent') return [];
  const tier = { namespace: namespace.name, name };
  const promises: RolePromise[] = [
    {
      tier,
      forbids: { kind: 'addresses', addresses: leadsToMetadata, name: 'metadata services' },
      because: 'metadata services hand out credentials',
      rule: 'metadata-service',
      spares: (flow) => isDns(flow, facts) || (flow.to.kind === 'addresses' && isIdentityServer(flow.to.name)),
    },
    ...apiServerEnds(facts).map(
      (forbids): RolePromise => ({
        tier,
        forbids,
        because: 'an agent there can use whatever its service account may do',
        rule: 'api-server',
      }),
    ),
  ];
  return promises.filter(({ rule }) => !hasWaiver(rule, acknowledged));
}

/** Clouds answer names at addresses of metadata services; on the ports of DNS nothing but names is handed out. */
function isDns({ to, traffic }: Pick<Flow, 'to' | 'traffic'>, { dns }: ClusterFacts): boolean {
  return dns.servers.some(
    ({ endpoint, ports: served }) =>
      endpoint.kind === 'addresses' &&
      to.kind === 'addresses' &&
      ips.contains(endpoint.addresses, to.addresses) &&
      ports.covers(served, traffic.ports),
  );
}

/** The API server by its addresses, and as the engine knows it by itself; while it is nowhere known, nothing can be kept from it. */
function apiServerEnds(facts: ClusterFacts): RolePromise['forbids'][] {
  if (facts.apiServer === undefined) return [];
  return [
    { kind: 'addresses', addresses: facts.apiServer.addresses, name: 'api-server' },
    ...(knowsEntities(facts) ? [{ kind: 'entity', entity: 'api-server' } as const] : []),
  ];
}
