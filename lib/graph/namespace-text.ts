import { fromLabels, selectorText } from '../model/selector';
import type { GraphNamespace } from './graph-data';
import { inline } from './plain-words';
import { remarks, waiverText } from './policy-flow';

/** A namespace as cells of a line: what it is for, who owns it, and its labels as far as no other column has them. */
export function namespaceCells(namespace: GraphNamespace): string[] {
  const { name, purpose, management, podSecurity, rollout, acknowledged } = namespace;
  const notes = rollout === 'audit' ? ['audit: its policies are tried out, and not enforced'] : [];
  const labels = labelsText(namespace);
  const about = [
    ...(labels === '' ? [] : [`labels ${labels}`]),
    ...remarks({ acknowledged: acknowledged.map(waiverText), notes }),
  ];
  return [name, inline(purpose), management, inline(podSecurity), about.join('; ')];
}

/** Labels that say whose an object is (Kubernetes, "Recommended Labels"): a reader knows. */
const DESCRIPTIVE = ['app.kubernetes.io/managed-by', 'app.kubernetes.io/part-of'];

function labelsText({ labels, purpose, podSecurity }: GraphNamespace): string {
  if (labels === undefined) return '';
  const columns = { purpose, 'pod-security.kubernetes.io/enforce': podSecurity };
  const further = Object.entries(labels).filter(
    ([key, value]) => !DESCRIPTIVE.includes(key) && (columns as Readonly<Record<string, string>>)[key] !== value,
  );
  return further.length === 0 ? '' : `{${selectorText(fromLabels(Object.fromEntries(further)))}}`;
}
