import { type Field, isObject } from '../field';
import { type PodFacts, readPodSpec, readPodTemplate } from './pod-template';

/** Where the kinds of Kubernetes keep their template: core/v1, apps/v1 and batch/v1. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  ReplicationController: ['spec', 'template'],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

const GROUPS_OF_TEMPLATES = ['', 'apps', 'batch'];

/** More than any object of a real cluster has fields; what has more is no workload. */
const MOST_FIELDS = 100_000;

/** Whether it is one of the kinds whose templates Kubernetes itself runs. */
export function isKnownWorkload(group: string, kind: string): boolean {
  return GROUPS_OF_TEMPLATES.includes(group) && Object.hasOwn(TEMPLATES, kind);
}

/** The pods that an object of a known kind runs. */
export function readKnownWorkload(kind: string, top: Field): PodFacts[] {
  const template = TEMPLATES[kind].reduce((field, name) => field.child(name), top);
  if (isObject(template.value)) return [readPodTemplate(template)];
  template.refuse({
    rule: 'pod-template',
    what: `The ${kind} has no template of its pods, so nobody can say which policies bind them`,
    allowed: 'an object with metadata and spec',
    fix: 'Write the template.',
  });
  return [];
}

/**
 * The pods that an object of any other kind runs, by the shape of what is in it: an object whose `spec` has containers
 * (Ray, LeaderWorkerSet, Argo Rollouts), or one that has containers or a model and labels itself (KServe). Labels that
 * a controller adds on its own are not seen.
 */
export function readByShape(top: Field): PodFacts[] {
  const found: PodFacts[] = [];
  const waiting = [top.child('spec')];
  for (let visited = 0; waiting.length > 0 && visited < MOST_FIELDS; visited++) {
    const field = waiting.pop() as Field;
    if (hasContainers(field.child('spec').value)) found.push(readPodTemplate(field));
    else if (hasContainers(field.value) || hasModel(field.value)) found.push(readPodSpec(field, field));
    else for (const each of below(field)) waiting.push(each);
  }
  return found.reverse();
}

function below(field: Field): Field[] {
  if (Array.isArray(field.value)) return field.items();
  return isObject(field.value) ? field.names().map((name) => field.child(name)) : [];
}

/** Containers have names; a pattern over containers, as policy kinds of other tools have it, has none that are valid. */
function hasContainers(value: unknown): boolean {
  if (!isObject(value) || !Array.isArray(value.containers) || value.containers.length === 0) return false;
  return value.containers.every((container) => isObject(container) && isContainer(container));
}

/** Knative lets the name be left out. */
function isContainer({ name, image }: Readonly<Record<string, unknown>>): boolean {
  if (name === undefined) return typeof image === 'string';
  return typeof name === 'string' && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name);
}

/** KServe's predictor names a model, and the controller makes its container of it (kserve `PredictorSpec`). */
function hasModel(value: unknown): boolean {
  return isObject(value) && isObject(value.model) && isObject(value.model.modelFormat);
}
