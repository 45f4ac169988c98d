import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type PodSet, podsIn } from '../../model/pod-set';
import type { Problem } from '../../model/problem';
import type { Labels } from '../../model/selector';
import * as selectors from '../../model/selector';
import { reasonOf } from '../reported';
import { peerOnHostNetwork } from './host-network';
import { renderedPods } from './rendered-pods';
import { apiObjectsOf, type DeclaredPorts, declaredPorts, type PodTemplate, readWorkload } from './workload';

/** The pods of a construct that is no tier, or why it cannot stand for pods. */
export type PodsOfWorkload =
  | { readonly pods: PodSet; readonly declared: DeclaredPorts; readonly problem?: undefined }
  | { readonly problem: Omit<Problem, 'where'> };

/** Without a tier there is no label of ours on the template, so its own labels must tell its pods apart. */
export function podsOfWorkload(workload: IConstruct): PodsOfWorkload {
  try {
    const templates = apiObjectsOf(workload).flatMap(placedTemplates);
    const [first] = templates;
    const labels = first === undefined ? {} : lastingLabels(first);
    if (templates.length !== 1 || first?.namespace === undefined || Object.keys(labels).length === 0) {
      return { problem: unusable(workload) };
    }
    if (first.template.spec.hostNetwork === true) return { problem: peerOnHostNetwork(workload.node.path) };
    return {
      pods: podsIn(first.namespace, selectors.fromLabels(labels)),
      declared: declaredPorts([first.template]),
    };
  } catch (error) {
    return { problem: unusable(workload, error) };
  }
}

function placedTemplates(object: ApiObject) {
  const { namespace, templates } = readWorkload(object);
  return templates.map((template) => ({ object, namespace, template }));
}

/** The labels of the template that its pods have: a controller replaces those that are its own. */
function lastingLabels({ object, template }: { readonly object: ApiObject; readonly template: PodTemplate }): Labels {
  const pods = renderedPods(object);
  const written = Object.entries(template.metadata?.labels ?? {});
  return Object.fromEntries(written.filter(([key, value]) => pods.every(({ labels }) => labels[key] === value)));
}

function unusable({ node: { path } }: IConstruct, error?: unknown): Omit<Problem, 'where'> {
  const why =
    error === undefined
      ? 'it must render one pod template with labels, in a namespace'
      : `it cannot be read: ${reasonOf(error)}`;
  return {
    rule: 'peer-workload',
    what: `${path} cannot stand for pods elsewhere: ${why}`,
    value: path,
    allowed: 'one workload with labels and a namespace, or a tier made of it',
    fix: "Make a tier of it, or select by labels: Pods.labeled({ app: '…' }).inNamespace('…').ownedBy('…')",
  };
}
