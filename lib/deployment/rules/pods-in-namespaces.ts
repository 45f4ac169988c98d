import type { ApiObject } from 'cdk8s';
import { isWaived } from '../../findings/waiver-uses';
import type { PodFacts } from '../../kinds/core';
import { into } from '../../model/into';
import { isNearMiss } from '../../model/near-miss';
import * as selectors from '../../model/selector';
import { podSecurityViolations } from '../../pod-security/pod-security';
import { relevantObjects } from '../emission/fingerprint';
import type { Located, NamespaceRecord } from '../records';
import { tierOnHostNetwork } from '../workloads/host-network';
import { mayBeSelected, renderedPods } from '../workloads/rendered-pods';
import { rendering } from '../workloads/rendering';
import type { ResolvedTier } from '../workloads/resolved-tier';
import { type PodTemplate, podTemplates } from '../workloads/workload';
import { problemAt, type RuleContext } from './rule';

/** Pods that the app itself puts into a zero-trust namespace belong to a tier, and are such as the namespace admits. */
export function podsInNamespaces(context: RuleContext): Located[] {
  const { objects, declarations, tiers } = context;
  const namespaces = new Map(declarations.namespaces.map((record) => [record.name, record]));
  const membersOf = membersByNamespace(tiers);
  return relevantObjects(objects, declarations).flatMap((object) => {
    const namespace = namespaces.get(object.metadata.namespace ?? '');
    if (namespace === undefined) return [];
    const pods = renderedPods(object);
    const members = membersOf.get(namespace) ?? [];
    const found = [...onHostNetwork(pods, object, members), ...withoutTier(pods, object, namespace, members)];
    const isSaid = [...found, ...problemsOfTiersOf(object, members)].some(
      ({ problem }) => problem.rule === 'host-network',
    );
    return [
      ...found,
      ...templatesOf(object)
        .flatMap((template) => inadmissible(template, object, namespace))
        .filter(({ problem }) => !(isSaid && problem.value?.startsWith('spec.hostNetwork:'))),
    ];
  });
}

/** What the tiers that were made of the object say of it. */
function problemsOfTiersOf(object: ApiObject, members: readonly ResolvedTier[]) {
  return members
    .filter((member) => member.object === object)
    .flatMap(({ problems }) => problems.map((problem) => ({ problem })));
}

/** A tier was to be made of it, or of one beside it, and says itself why it could not. */
function isMeantForTier(object: ApiObject, members: readonly ResolvedTier[]): boolean {
  const scopes = new Set<unknown>(object.node.scopes);
  return members.some((member) => member.object === undefined && scopes.has(member.record.pods.workload));
}

/** A workload that does not render is reported by cdk8s, or by its tier; of a template without containers nothing is known. */
function templatesOf(object: ApiObject): readonly PodTemplate[] {
  try {
    return podTemplates(rendering(object)).filter(({ spec }) => spec.containers.length > 0);
  } catch {
    return [];
  }
}

/** A tier by labels that selects them; one that was made of them says so itself. */
function onHostNetwork(pods: readonly PodFacts[], object: ApiObject, members: readonly ResolvedTier[]): Located[] {
  const there = pods.filter(({ hostNetwork }) => hostNetwork);
  return members
    .filter(({ record }) => record.pods.workload === undefined)
    .filter(({ endpoint }) => there.some((pod) => mayBeSelected(endpoint.pods.pods, pod)))
    .map(({ record }) => problemAt(record.construct, tierOnHostNetwork(object.node.path)));
}

function withoutTier(
  pods: readonly PodFacts[],
  object: ApiObject,
  namespace: NamespaceRecord,
  members: readonly ResolvedTier[],
): Located[] {
  const lost = pods.find((pod) => !members.some(({ endpoint }) => mayBeSelected(endpoint.pods.pods, pod)));
  if (lost === undefined || isWaived('pods-without-tier', namespace.acknowledged)) return [];
  if (isMeantForTier(object, members)) return [];
  if (lost.hostNetwork) return [problemAt(namespace.construct, tierOnHostNetwork(object.node.path))];
  return [
    problemAt(namespace.construct, {
      rule: 'pods-without-tier',
      what: `the pods of ${object.node.path} are in no tier of ${namespace.name}, so they can neither be reached nor reach anything${whyLost(lost, object, members)}`,
      value: JSON.stringify(lost.labels),
      allowed:
        members.length === 0
          ? `pods in a tier of ${namespace.name}, which has no tier yet`
          : `pods in a tier of ${namespace.name}: ${members.map(({ record }) => record.name).join(', ')}`,
      fix: "Give them a tier (Pods.of), or acknowledge it on the namespace: acknowledge: [{ rule: 'pods-without-tier', because: '…' }]",
    }),
  ];
}

/** Charts have Jobs without a label, whose pods hang under the default deny while a release waits for them. */
function whyLost(lost: PodFacts, object: ApiObject, members: readonly ResolvedTier[]): string {
  const templates = templatesOf(object);
  const isUnlabelled = templates.every(({ metadata }) => Object.keys(metadata?.labels ?? {}).length === 0);
  if (templates.length > 0 && isUnlabelled) return ': their template has no label that a tier could select';
  return nearest(lost, members);
}

/** A tier that they were probably meant to be in, with both sets of labels. */
function nearest({ labels }: PodFacts, members: readonly ResolvedTier[]): string {
  const near = members.find(({ endpoint }) => isNearMiss(endpoint.pods.pods, labels));
  if (near === undefined) return '';
  const [asked, worn] = [near.endpoint.pods.pods, selectors.fromLabels(labels)].map(selectors.selectorText);
  return `: the tier ${near.record.name} selects {${asked}}, and they have {${worn}}`;
}

function membersByNamespace(tiers: RuleContext['tiers']): ReadonlyMap<NamespaceRecord, readonly ResolvedTier[]> {
  const members = new Map<NamespaceRecord, ResolvedTier[]>();
  for (const tier of tiers.values()) {
    into(members, tier.record.namespace, tier);
  }
  return members;
}

function inadmissible(template: PodTemplate, object: ApiObject, namespace: NamespaceRecord) {
  if (namespace.management === 'adopt') return [];
  return podSecurityViolations(template.spec, namespace.podSecurity).map(({ field, value, allowed }) =>
    problemAt(namespace.construct, {
      rule: 'pod-security',
      what: `the pods of ${object.node.path} would be refused in ${namespace.name}, which enforces the Pod Security level ${namespace.podSecurity}: ${field} is ${value}`,
      value: `${field}: ${value}`,
      allowed,
      fix: `Change the field, or give the namespace a level that admits it and acknowledge that: { podSecurity: PodSecurity.PRIVILEGED, acknowledge: [{ rule: 'pod-security', because: '…' }] }`,
    }),
  );
}
