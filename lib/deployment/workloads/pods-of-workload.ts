import type { ApiObject } from 'cdk8s';
import { type PodSet, podsIn } from '../../model/pod-set';
import type { Problem } from '../../model/problem';
import type { Labels } from '../../model/selector';
import * as selectors from '../../model/selector';
import { reasonOf } from '../reported';
import { chosenWorkload } from './chosen-workload';
import { type GivenWorkload, workloadText } from './given-workload';
import { peerOnHostNetwork } from './host-network';
import { renderedPods } from './rendered-pods';
import { type DeclaredPorts, declaredPorts, type PodTemplate } from './workload';

/** The pods of a construct that is no tier, or why it cannot stand for pods. */
export type PodsOfWorkload =
  | { readonly pods: PodSet; readonly declared: DeclaredPorts; readonly problem?: undefined }
  | { readonly problem: Omit<Problem, 'where'> };

/** Without a tier there is no label of ours on the template, so its own labels must tell its pods apart. */
export function podsOfWorkload(given: GivenWorkload): PodsOfWorkload {
  const chosen = chosenWorkload(given, 'peer');
  if (chosen.problem !== undefined) return { problem: asPeer(chosen.problem, given) };
  const { object, namespace, templates } = chosen;
  const [template] = templates;
  const labels = lastingLabels(object, template);
  if (templates.length !== 1 || namespace === undefined || Object.keys(labels).length === 0) {
    return { problem: unusable(given, 'it must render one pod template with labels, in a namespace') };
  }
  if (template.spec.hostNetwork === true) return { problem: peerOnHostNetwork(given.workload.node.path) };
  try {
    return { pods: podsIn(namespace, selectors.fromLabels(labels)), declared: declaredPorts([template]) };
  } catch (error) {
    return { problem: unusable(given, `it cannot be read: ${reasonOf(error)}`) };
  }
}

/** The labels of the template that its pods have: a controller replaces those that are its own. */
function lastingLabels(object: ApiObject, template: PodTemplate): Labels {
  const pods = renderedPods(object);
  const written = Object.entries(template.metadata?.labels ?? {});
  return Object.fromEntries(written.filter(([key, value]) => pods.every(({ labels }) => labels[key] === value)));
}

/** Which object is meant is asked alike of tiers and peers; that it has no pods is said of peers in words of their own. */
function asPeer({ rule, ...problem }: Omit<Problem, 'where'>, given: GivenWorkload): Omit<Problem, 'where'> {
  if (rule === 'workload-template')
    return unusable(given, 'it must render one pod template with labels, in a namespace');
  return rule === 'workload-unreadable' ? unusable(given, problem.what) : { rule, ...problem };
}

function unusable(given: GivenWorkload, why: string): Omit<Problem, 'where'> {
  const text = workloadText(given);
  return {
    rule: 'peer-workload',
    what: `${text} cannot stand for pods elsewhere: ${why}`,
    value: text,
    allowed: 'one workload with labels and a namespace, or a tier made of it',
    fix: "Make a tier of it, or select by labels: Pods.labeled({ app: '…' }).inNamespace('…').ownedBy('…')",
  };
}
