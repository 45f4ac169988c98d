import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Cluster } from '../values/cluster';
import { isPolicy } from './deployment-proof';
import { isEmitted, patches } from './emitted-object';
import type { NamespaceRecord, TierRecord } from './records';
import { apiObjectsOf } from './workload';

/** Kinds that never have pods, so that their bodies need no reading. */
const WITHOUT_PODS = new Set([
  'ConfigMap',
  'Secret',
  'Service',
  'ServiceAccount',
  'Role',
  'RoleBinding',
  'Ingress',
  'NetworkPolicy',
  'PersistentVolumeClaim',
]);

interface Members {
  readonly namespaces: readonly NamespaceRecord[];
  readonly tiers: readonly TierRecord[];
}

/**
 * Equal for states of the tree from which the same follows, beside what the deployment counts itself: how many constructs
 * there are, which cluster is chosen, patches of our objects, and what the workloads that matter and the policies of others
 * render. These change in place (a container that is added, a rule), so only reading them tells.
 */
export function fingerprint(root: IConstruct, members: Members): string {
  const all = root.node.findAll();
  const clusters = members.namespaces.map(({ construct }) => serial(Cluster.of(construct)));
  const foreign = [...relevantObjects(all, members), ...all.filter(isForeignPolicy)];
  const bodies = foreign.map((object) => JSON.stringify(renderedOrError(object)));
  return [all.length, patches(), ...new Set(clusters), ...bodies].join('\u0000');
}

/** Objects whose pods a tier was given, or that may render pods into a zero-trust namespace. */
export function relevantObjects(all: readonly IConstruct[], { namespaces, tiers }: Members): ApiObject[] {
  const names = new Set(namespaces.map(({ name }) => name));
  const given = new Set(tiers.flatMap(({ pods }) => (pods.workload === undefined ? [] : apiObjectsOf(pods.workload))));
  return all.filter(
    (node): node is ApiObject =>
      ApiObject.isApiObject(node) &&
      !isEmitted(node) &&
      !WITHOUT_PODS.has(node.kind) &&
      (given.has(node) || names.has(node.metadata.namespace ?? '')),
  );
}

function isForeignPolicy(node: IConstruct): node is ApiObject {
  return ApiObject.isApiObject(node) && !isEmitted(node) && isPolicy(node as ApiObject);
}

/** A workload that cannot be rendered yet is a state like any other; who reads it reports why. */
function renderedOrError(object: ApiObject): unknown {
  try {
    return object.toJson();
  } catch (error) {
    return String(error);
  }
}

const serials = new WeakMap<Cluster, number>();
let lastSerial = 0;

function serial(cluster: Cluster): number {
  const known = serials.get(cluster);
  if (known !== undefined) return known;
  lastSerial += 1;
  serials.set(cluster, lastSerial);
  return lastSerial;
}
