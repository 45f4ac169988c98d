import { type Field, isObject } from '../field';
import { type PodFacts, type PodReading, readPodSpec, readPodTemplate } from './pod-template';

/** More than any object of a real cluster has fields; what has more is no workload. */
const MOST_FIELDS = 100_000;

export interface ShapeOptions extends PodReading {
  /** Where to begin. @default ['spec'] */
  readonly below?: readonly string[];
}

/**
 * The pods that an object of any kind runs, by the shape of what is in it: an object whose `spec` has containers
 * (Ray, LeaderWorkerSet, Argo Rollouts), or one that has containers or a model and labels itself (KServe). Labels that
 * a controller adds on its own are not seen.
 */
export function readByShape(top: Field, { below = ['spec'], ...options }: ShapeOptions = {}): PodFacts[] {
  return readTemplatesBelow(
    below.reduce((field, name) => field.child(name), top),
    options,
  );
}

/** The same of a field of an object, which may be a template itself. */
export function readTemplatesBelow(start: Field, options: PodReading = {}): PodFacts[] {
  const found: PodFacts[] = [];
  const waiting = [start];
  for (let visited = 0; waiting.length > 0 && visited < MOST_FIELDS; visited++) {
    const field = waiting.pop() as Field;
    if (hasContainers(field.child('spec').value)) found.push(readPodTemplate(field, options));
    else if (hasContainers(field.value) || hasModel(field.value)) found.push(readPodSpec(field, field, options));
    else for (const each of fieldsBelow(field)) waiting.push(each);
  }
  return found.reverse();
}

function fieldsBelow(field: Field): Field[] {
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
