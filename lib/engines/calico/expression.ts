import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import { remembered } from '../../model/remembered';
import type { Requirement, Selector } from '../../model/selector';
import * as selectors from '../../model/selector';

/** The longest selector that Calico takes (api/pkg/apis/projectcalico/v3, `MaxLength`). */
export const LONGEST_EXPRESSION = 1024;

/**
 * A label that Calico gives every pod and nothing else. Without it, a selector also holds for network sets and host
 * endpoints with such labels; Calico's own translation of NetworkPolicies has it too
 * (libcalico-go/lib/backend/k8s/conversion, `k8sSelectorToCalico`).
 */
const IS_POD = "projectcalico.org/orchestrator == 'k8s'";

/** A label that Calico gives every namespace: its name. */
const NAME = 'projectcalico.org/name';

/** Calico's words for the labels of pods, where nothing but pods can be meant. */
export const podExpression = remembered((pods: Selector): string => expression(pods) ?? 'all()');

/** The same where network sets and host endpoints could be meant too. */
export const onlyPodExpression = remembered((pods: Selector): string =>
  [IS_POD, expression(pods)].filter((part) => part !== undefined).join(' && '),
);

/** Calico's words for the labels of namespaces. */
export const namespaceExpression = remembered((namespaces: Selector): string => expression(namespaces) ?? 'all()');

/** Calico's words for the labels of nodes, on host endpoints, which are in no namespace. */
export function hostExpression(nodes: Selector): string {
  return ['!has(projectcalico.org/namespace)', expression(nodes)].filter((part) => part !== undefined).join(' && ');
}

/** No value of a label has a quote in it, so that none needs escaping, for which Calico has no way. */
function expression(selector: Selector): string | undefined {
  const conditions = selectors.requirements(selector).map(condition);
  return conditions.length === 0 ? undefined : conditions.join(' && ');
}

function condition({ key, operator, values = [] }: Requirement): string {
  const label = key === NAMESPACE_NAME_LABEL ? NAME : key;
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${label} == '${values[0]}'` : `${label} in ${list(values)}`;
    case 'NotIn':
      return values.length === 1 ? `${label} != '${values[0]}'` : `${label} not in ${list(values)}`;
    case 'Exists':
      return `has(${label})`;
    case 'DoesNotExist':
      return `!has(${label})`;
  }
}

function list(values: readonly string[]): string {
  return `{${values.map((value) => `'${value}'`).join(', ')}}`;
}
