import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { nearestOf } from '../../model/near';
import { type Problem, ZeroTrustError } from '../../model/problem';
import type { WorkloadNamed } from '../../values/peer';
import { reasonOf } from '../reported';
import { candidatesIn, choiceText, type GivenWorkload, objectsMeant, workloadText } from './given-workload';
import { type PodsAs, podsMadeOf } from './made-pods';
import { rendering } from './rendering';
import { ownTemplates, type PodTemplate } from './workload';

/** The object that runs the pods, or why there is none. */
export type ChosenWorkload =
  | {
      readonly object: ApiObject;
      readonly namespace: string | undefined;
      readonly templates: readonly PodTemplate[];
      readonly problem?: undefined;
    }
  | { readonly problem: Omit<Problem, 'where'>; readonly object?: undefined };

/** The one object of the construct that runs pods and is meant; what is wrong is said as the pods of a tier or a peer need it. */
export function chosenWorkload(given: GivenWorkload, as: PodsAs): ChosenWorkload {
  const read = objectsMeant(given).map(readObject);
  const broken = read.find(({ error }) => error !== undefined);
  if (broken !== undefined) return { problem: unreadable(broken.object.node.path, broken.error) };
  const found = read.filter(({ templates }) => templates.length > 0);
  if (found.length === 1) return found[0];
  if (found.length > 1) return { problem: several(given, found) };
  return { problem: none(given, read, as) };
}

interface ReadObject {
  readonly object: ApiObject;
  readonly namespace: string | undefined;
  readonly templates: readonly PodTemplate[];
  readonly error?: unknown;
}

function readObject(object: ApiObject): ReadObject {
  try {
    const json = rendering(object);
    return { object, namespace: json.metadata?.namespace, templates: ownTemplates(json) };
  } catch (error) {
    return { object, namespace: undefined, templates: [], error };
  }
}

/** Nothing that was meant has a template: it is called otherwise, or its pods are made by somebody, or there are none. */
function none(given: GivenWorkload, meant: readonly ReadObject[], as: PodsAs): Omit<Problem, 'where'> {
  const { workload, choice = {} } = given;
  const made = meant.flatMap(({ object }) => podsMadeOf(object, as) ?? []);
  if (made.length > 0) return made[0];
  const others = choice.kind === undefined && choice.name === undefined ? [] : withTemplates(workload);
  return others.length > 0 ? unknown(given, others) : noTemplate(workloadText(given));
}

function withTemplates(workload: IConstruct): ReadObject[] {
  return candidatesIn(workload)
    .map(readObject)
    .filter(({ templates }) => templates.length > 0);
}

function several(given: GivenWorkload, found: readonly ReadObject[]): Omit<Problem, 'where'> {
  const names = found.map(({ object }) => choiceText(object));
  return {
    rule: 'workload-several',
    what: `${workloadText(given)} has ${found.length} workloads, and a tier or a peer is the pods of one`,
    value: names.join(', '),
    allowed: names.join(', '),
    fix: `Say which: ${choiceCall(found[0].object)}`,
  };
}

function unknown({ workload, choice = {} }: GivenWorkload, others: readonly ReadObject[]): Omit<Problem, 'where'> {
  const names = others.map(({ object }) => choiceText(object));
  const near = nearestOf(choiceText(choice), names);
  const { object } = others.find((other) => choiceText(other.object) === near) ?? others[0];
  return {
    rule: 'workload-unknown',
    what: `${workload.node.path} has no workload ${choiceText(choice)}`,
    value: choiceText(choice),
    allowed: names.join(', '),
    fix: `Write it as the manifest has it: ${choiceCall(object)}`,
  };
}

function choiceCall({ kind, name }: WorkloadNamed): string {
  return `Pods.of(…, { kind: '${kind}', name: '${name}' })`;
}

function noTemplate(path: string): Omit<Problem, 'where'> {
  return {
    rule: 'workload-template',
    what: `${path} renders no pod template, so there are no pods to select`,
    value: path,
    allowed:
      'a construct with a pod template: a workload of cdk8s-plus, an ApiObject of a Deployment, a custom resource that holds one',
    fix: "Give the workload itself, or select by labels: Pods.labeled({ app: '…' })",
  };
}

export function unreadable(path: string, error: unknown): Omit<Problem, 'where'> {
  const allowed = error instanceof ZeroTrustError ? error.problems[0]?.allowed : undefined;
  return {
    rule: 'workload-unreadable',
    what: `the workload ${path} cannot be read: ${reasonOf(error)}`,
    value: path,
    ...(allowed !== undefined && { allowed }),
    fix: 'Complete the workload: the pods of the tier are read from the manifest that it renders.',
  };
}
