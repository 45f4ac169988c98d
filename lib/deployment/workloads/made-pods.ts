import type { ApiObject } from 'cdk8s';
import type { MadePods } from '../../kinds/core';
import type * as Kinds from '../../kinds/core/made-pods';
import { groupOf } from '../../kinds/manifest';
import type { Problem } from '../../model/problem';
import type { Labels } from '../../model/selector';
import { rendering } from './rendering';

/** What pods are wanted for: those of a tier serve on ports, and a peer has a namespace and an owner. */
export type PodsAs = 'tier' | 'peer';

/** Why the pods that an object leads to cannot be taken from it, and how to select them; undefined where it leads to none. */
export function podsMadeOf(object: ApiObject, as: PodsAs): Omit<Problem, 'where'> | undefined {
  const json = rendering(object);
  const made = kinds().madePods(groupOf(String(json.apiVersion)), String(json.kind), json);
  if (made === undefined) return undefined;
  const value = `${object.kind} ${object.name}`;
  if (made.by === 'other-objects') {
    return {
      rule: 'workload-made-elsewhere',
      what: `${value} is a template and runs no pods; the objects that use it do`,
      value,
      allowed: 'the object that runs the pods',
      fix: 'Give that object (of a ServingRuntime, the InferenceService that names it): Pods.of(…)',
    };
  }
  return {
    rule: 'workload-made-elsewhere',
    what: `the pods of ${value} are made by its operator, and the object has no pod template for a label of ours`,
    value,
    allowed: `pods by the labels that the operator gives them${inWords(made)}`,
    fix: howToSelect(made, as === 'tier' ? '' : `.inNamespace('${json.metadata?.namespace ?? '…'}').ownedBy('…')`),
  };
}

function inWords({ labels, labelsInWords }: MadePods): string {
  return labels.length > 0 || labelsInWords === undefined ? '' : ` (${labelsInWords})`;
}

function howToSelect({ labels, labelsInWords }: MadePods, place: string): string {
  const calls = labels.map((each) => `${podsLabeled(each)}${place}`);
  if (calls.length > 0) return `Select them by these: ${unique(calls).join(', or ')}`;
  const look = labelsInWords === undefined ? ' that `kubectl get pods --show-labels` shows' : '';
  return `Select them by labels${look}: Pods.labeled({ … })${place}`;
}

function podsLabeled(labels: Labels): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${keyInCode(key)}: '${value}'`);
  return `Pods.labeled({ ${pairs.join(', ')} })`;
}

function keyInCode(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? key : `'${key}'`;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

/** Loaded when it is first needed: most workloads have templates. */
function kinds(): typeof Kinds {
  return require('../../kinds/core/made-pods');
}
