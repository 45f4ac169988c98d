import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { ArgoSync } from '../../argo/argo-sync';
import { Cluster } from '../../values/cluster';
import type { PeerSpec } from '../../values/peer';
import type { Declarations } from '../declarations';
import { isEmitted } from '../workloads/emitted';
import { labelsOf, namespaceObject } from '../workloads/namespace-labels';
import { kindOf, renderedKind } from '../workloads/rendered-kind';
import { rendering } from '../workloads/rendering';
import { resolversOf } from '../workloads/resolvers';
import { apiObjectsOf, podTemplates } from '../workloads/workload';
import { bearsOnConnections, isAtTheDoor, mayMakePods } from './door';
import { patches } from './emitted-object';

type Members = Pick<Declarations, 'namespaces' | 'tiers' | 'flows' | 'foreign'>;

/**
 * What is cheap to know of a state of the tree: which constructs there are, which cluster is chosen, and how often our
 * objects were patched, and how they are applied was said. Compared by identity.
 */
export function shapeOf(root: IConstruct, { namespaces }: Pick<Members, 'namespaces'>): readonly unknown[] {
  return [
    patches(),
    ArgoSync._choices(),
    ...resolversOf(root),
    ...namespaces.map(({ construct }) => Cluster.of(construct)),
    ...root.node.findAll(),
  ];
}

export function isSameShape(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** What objects render, as far as anything follows from it, as text. */
export type Bodies = ReadonlyMap<ApiObject, string>;

/**
 * The workloads that matter, the policies of others, and our Namespaces. They change in place (a container that is added, a
 * rule, a label), so only rendering them tells.
 */
export function bodiesOf(root: IConstruct, members: Members): Bodies {
  const all = root.node.findAll();
  const namespaces = members.namespaces.flatMap((record) => namespaceObject(record) ?? []);
  const objects = [...namespaces, ...relevantObjects(all, members), ...all.filter(isForeignAtTheDoor)];
  return new Map([...new Set(objects)].map((object) => [object, bodyOf(object)]));
}

export function isSameBodies(a: Bodies, b: Bodies): boolean {
  return a.size === b.size && [...a].every(([object, body]) => b.get(object) === body);
}

/** Objects whose pods a tier or a peer was given, or that may render pods into a zero-trust namespace. */
export function relevantObjects(all: readonly IConstruct[], members: Members): ApiObject[] {
  const names = new Set(members.namespaces.map(({ name }) => name));
  const given = new Set(workloadsOf(members).flatMap(apiObjectsOf));
  return all.filter(
    (node): node is ApiObject =>
      ApiObject.isApiObject(node) &&
      !isEmitted(node) &&
      (given.has(node) || names.has(node.metadata.namespace ?? '')) &&
      mayMakePods(renderedKind(node)),
  );
}

/** What of a rendered object decides who may connect: labels and pods, or rules; not what merely describes it. */
export function decisiveText(json: ReturnType<ApiObject['toJson']>): string {
  const { name, namespace } = json.metadata ?? {};
  return JSON.stringify([json.apiVersion, json.kind, name, namespace, decisivePart(json)]);
}

function decisivePart(json: ReturnType<ApiObject['toJson']>): unknown {
  if (json.kind === 'Namespace') return labelsOf(json);
  if (bearsOnConnections(kindOf(json))) return [whatStays(json), { ...json, metadata: undefined, status: undefined }];
  return podTemplates(json).map(({ metadata, spec }) => [metadata?.labels, spec]);
}

/** Annotations and owners may decide whether it stays on the cluster. */
function whatStays({ metadata }: ReturnType<ApiObject['toJson']>): unknown {
  return [metadata?.labels, metadata?.annotations, metadata?.ownerReferences];
}

function workloadsOf({ tiers, flows, foreign }: Members): IConstruct[] {
  const workloads = new Set<IConstruct>();
  const add = (peer: PeerSpec) => {
    if (peer.kind === 'pods' && peer.workload !== undefined) workloads.add(peer.workload);
  };
  for (const { pods } of tiers) add(pods);
  for (const { peer } of flows) add(peer);
  for (const { source, destination } of foreign) [source, destination].forEach(add);
  return [...workloads];
}

function isForeignAtTheDoor(node: IConstruct): node is ApiObject {
  return ApiObject.isApiObject(node) && !isEmitted(node) && isAtTheDoor(node as ApiObject);
}

/** A workload that cannot be rendered yet is a state like any other; who reads it reports why. */
function bodyOf(object: ApiObject): string {
  try {
    return decisiveText(rendering(object));
  } catch (error) {
    return String(error);
  }
}
