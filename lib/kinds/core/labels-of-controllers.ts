import type { Field } from '../field';
import { withLabels, withMissingLabels } from './added-labels';
import type { PodFacts } from './pod-facts';

/** Labels by which a Job finds its pods, under their names before and since Kubernetes 1.27 (`batch/v1`, `types.go`). */
const JOB_NAME = ['batch.kubernetes.io/job-name', 'job-name'];
const CONTROLLER_UID = ['batch.kubernetes.io/controller-uid', 'controller-uid'];
const COMPLETION_INDEX = 'batch.kubernetes.io/job-completion-index';
const POD_NAME = 'statefulset.kubernetes.io/pod-name';
const POD_INDEX = 'apps.kubernetes.io/pod-index';
const REVISION = 'controller-revision-hash';

/** Every label that Kubernetes' own controllers put on pods of a StatefulSet. */
export const LABELS_OF_STATEFUL_SETS: readonly string[] = [POD_NAME, POD_INDEX, REVISION];
/** Every label that they put on pods of a Job. */
export const LABELS_OF_JOBS: readonly string[] = [...JOB_NAME, ...CONTROLLER_UID, COMPLETION_INDEX];

/** Beyond so many pods with a name of their own, the name is unknown: a class of pods for each would cost more than it tells. */
const MOST_CLASSES = 10;

/**
 * The pods of a template with what Kubernetes' own controllers add to it (kubernetes, `pkg/controller/{deployment,
 * statefulset,daemon,job}` and `pkg/registry/batch/job/strategy.go`). A ReplicaSet and a ReplicationController add
 * nothing: the hash on the pods of a ReplicaSet stands in its template, where its Deployment put it. How many pods there are
 * is not known of what an autoscaler scales.
 */
export function withLabelsOfController(kind: string, top: Field, template: PodFacts, isScaled = false): PodFacts[] {
  switch (kind) {
    case 'Deployment':
      return [withLabels(template, { unknown: ['pod-template-hash'] })];
    case 'DaemonSet':
      return [withLabels(template, { unknown: [REVISION, 'pod-template-generation'] })];
    case 'StatefulSet':
      return podsOfStatefulSet(top, withLabels(template, { unknown: [REVISION] }), isScaled);
    case 'Job':
      return podsOfJob(top.child('spec'), template, nameOf(top));
    case 'CronJob':
      return podsOfJob(top.child('spec').child('jobTemplate').child('spec'), template, undefined);
    default:
      return [template];
  }
}

/** Undefined where the API server makes it up. */
function nameOf(top: Field): string | undefined {
  const name = top.child('metadata').child('name').value;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** `name-0` and so on: the first number may be another one (KEP-3335). */
function podsOfStatefulSet(top: Field, pod: PodFacts, isScaled: boolean): PodFacts[] {
  const spec = top.child('spec');
  const name = nameOf(top);
  const first = countOf(spec.child('ordinals').child('start'), 0);
  const indices = isScaled ? undefined : fewIndices(countOf(spec.child('replicas'), 1));
  if (name === undefined || first === undefined || indices === undefined) {
    return [withLabels(pod, { unknown: [POD_NAME, POD_INDEX] })];
  }
  return indices.map((index) =>
    withLabels(pod, { known: { [POD_NAME]: `${name}-${first + index}`, [POD_INDEX]: String(first + index) } }),
  );
}

/** What the template itself says of these labels is right, or the API server refuses the Job. */
function podsOfJob(spec: Field, template: PodFacts, name: string | undefined): PodFacts[] {
  const labelled = spec.child('manualSelector').value === true ? template : ofGeneratedSelector(template, name);
  if (spec.child('completionMode').value !== 'Indexed') return [labelled];
  const indices = fewIndices(countOf(spec.child('completions'), undefined));
  if (indices === undefined) return [withLabels(labelled, { unknown: [COMPLETION_INDEX] })];
  return indices.map((index) => withLabels(labelled, { known: { [COMPLETION_INDEX]: String(index) } }));
}

function ofGeneratedSelector(template: PodFacts, name: string | undefined): PodFacts {
  if (name === undefined) return withMissingLabels(template, { unknown: [...JOB_NAME, ...CONTROLLER_UID] });
  const known = Object.fromEntries(JOB_NAME.map((key) => [key, name]));
  return withMissingLabels(template, { known, unknown: CONTROLLER_UID });
}

/** A number of pods as the object says it; undefined where it says none that can be one. */
function countOf<T>(field: Field, instead: T): number | T | undefined {
  if (field.isAbsent) return instead;
  const { value } = field;
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}

/** 0, 1, … where they are few; none at all is no less than unknown, since the object may grow. */
function fewIndices(count: number | undefined): number[] | undefined {
  if (count === undefined || count === 0 || count > MOST_CLASSES) return undefined;
  return [...Array(count).keys()];
}
