import type { ApiObject } from 'cdk8s';
import { isKnownWorkload } from '../../kinds/core';
import { knownKind } from '../../kinds/known-kinds';
import { isInMesh, MESH_LABEL } from '../../kinds/unread';
import { isEmitted } from '../workloads/emitted';
import { type RenderedKind, renderedKind } from '../workloads/rendered-kind';
import { rendering } from '../workloads/rendering';
import { policyJson } from './emitted-object';

/**
 * Whether the kind may bear on connections, so that its objects go through the reading: all but those that the table of kinds
 * knows to be workloads, Services, or nothing of the sort.
 */
export function bearsOnConnections({ group, kind, isList }: RenderedKind): boolean {
  if (isList) return true;
  const known = knownKind(group, kind);
  if (known === undefined || known.certainty === 'schema') return true;
  if (group === '' || group === 'apps' || group === 'batch') return kind === 'Namespace';
  return !known.classes.every((it) => it === 'inert' || it === 'makes-pods') || isWebhook(group, kind);
}

/** Whether what the object renders goes through the reading. */
export function isAtTheDoor(object: ApiObject): boolean {
  return bearsOnConnections(renderedKind(object));
}

/**
 * Whether it is a workload that puts its pods into a mesh, where policies see another port than the one that is meant.
 * `body` is what was rendered of it before, as far as that matters: most workloads need no second rendering to tell.
 */
export function putsPodsIntoMesh(object: ApiObject, body: string | undefined): boolean {
  if (body !== undefined && !body.includes(MESH_LABEL)) return false;
  const { group, kind } = renderedKind(object);
  return isKnownWorkload(group, kind) && isInMesh(rendering(object));
}

/** What an object at the door says, as far as it decides on connections. */
export function jsonAtTheDoor(object: ApiObject): unknown {
  const isOurPolicy = isEmitted(object) && object.kind !== 'Namespace';
  return isOurPolicy ? policyJson(object) : rendering(object);
}

/** Whether the kind may have pods. */
export function mayMakePods({ group, kind, isList }: RenderedKind): boolean {
  const known = knownKind(group, kind);
  return isList || known === undefined || known.certainty === 'schema' || known.classes.includes('makes-pods');
}

function isWebhook(group: string, kind: string): boolean {
  return group === 'admissionregistration.k8s.io' && kind === 'MutatingWebhookConfiguration';
}
