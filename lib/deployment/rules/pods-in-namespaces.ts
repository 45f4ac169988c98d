import type { ApiObject } from 'cdk8s';
import { podSecurityViolations } from '../../checks/pod-security';
import { matches } from '../../model/selector';
import { isWaived } from '../../values/acknowledgement';
import { relevantObjects } from '../emission/fingerprint';
import type { Located, NamespaceRecord } from '../records';
import { type PodTemplate, readWorkload } from '../workloads/workload';
import { problemAt, type RuleContext } from './rule';

/** Pods that the app itself puts into a zero-trust namespace belong to a tier, and are such as the namespace admits. */
export function podsInNamespaces(context: RuleContext): Located[] {
  const { objects, declarations } = context;
  const namespaces = new Map(declarations.namespaces.map((record) => [record.name, record]));
  return relevantObjects(objects, declarations).flatMap((object) => {
    const namespace = namespaces.get(object.metadata.namespace ?? '');
    if (namespace === undefined) return [];
    return templatesOf(object).flatMap((template) => [
      ...withoutTier(template, object, namespace, context),
      ...inadmissible(template, object, namespace),
    ]);
  });
}

/** A workload that does not render is reported by cdk8s, or by its tier. */
function templatesOf(object: ApiObject): readonly PodTemplate[] {
  try {
    return readWorkload(object).templates;
  } catch {
    return [];
  }
}

function withoutTier(template: PodTemplate, object: ApiObject, namespace: NamespaceRecord, { tiers }: RuleContext) {
  if (isWaived('pods-without-tier', namespace.acknowledged)) return [];
  const labels = template.metadata?.labels ?? {};
  const members = [...tiers.values()].filter(({ record }) => record.namespace === namespace);
  if (members.some(({ endpoint }) => matches(endpoint.pods.pods, labels))) return [];
  return [
    problemAt(namespace.construct, {
      rule: 'pods-without-tier',
      what: `the pods of ${object.node.path} are in no tier of ${namespace.name}, so they can neither be reached nor reach anything`,
      value: JSON.stringify(labels),
      allowed: members.map(({ record }) => record.name).join(', ') || 'a tier of the namespace (it has none)',
      fix: "Give them a tier (Pods.of), or acknowledge it on the namespace: acknowledge: [{ rule: 'pods-without-tier', because: '…' }]",
    }),
  ];
}

function inadmissible(template: PodTemplate, object: ApiObject, namespace: NamespaceRecord) {
  if (namespace.management === 'adopt') return [];
  return podSecurityViolations(template.spec, namespace.podSecurity).map(({ field, value, allowed }) =>
    problemAt(namespace.construct, {
      rule: 'pod-security',
      what: `the pods of ${object.node.path} would be refused in ${namespace.name}, which enforces the Pod Security level ${namespace.podSecurity}: ${field} is ${value}`,
      value: `${field}: ${value}`,
      allowed,
      fix: `Change the field, or give the namespace another level: podSecurity: PodSecurity.PRIVILEGED must be acknowledged ('pod-security').`,
    }),
  );
}
