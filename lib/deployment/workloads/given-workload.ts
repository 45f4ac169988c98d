import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { WorkloadNamed } from '../../values/peer';
import { isEmitted } from './emitted';
import { apiObjectsOf } from './workload';

/** A construct whose pods are meant, and which of its objects runs them, where it was said. */
export interface GivenWorkload {
  readonly workload: IConstruct;
  readonly choice?: WorkloadNamed;
}

/**
 * The objects of the construct that may run the pods. What this library emits is left out, since a chart may hold its own
 * tiers: a policy is rendered from the pods of the tiers, so to ask one for pods would never end.
 */
export function candidatesIn(workload: IConstruct): ApiObject[] {
  return apiObjectsOf(workload).filter((object) => !isEmitted(object));
}

/** The objects of the construct that are meant, by their kinds and names alone: nothing is rendered for it. */
export function objectsMeant({ workload, choice = {} }: GivenWorkload): ApiObject[] {
  const { kind, name } = choice;
  return candidatesIn(workload).filter(
    (object) => (kind === undefined || object.kind === kind) && (name === undefined || object.name === name),
  );
}

/** The construct in words: `StatefulSet qdrant of platform/charts/qdrant`. */
export function workloadText({ workload, choice = {} }: GivenWorkload): string {
  const { path } = workload.node;
  return choice.kind === undefined && choice.name === undefined ? path : `${choiceText(choice)} of ${path}`;
}

/** An object by its kind and its name. */
export function choiceText({ kind, name }: WorkloadNamed): string {
  return [kind, name].filter((word) => word !== undefined).join(' ');
}
