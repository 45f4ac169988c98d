import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type GraphData, tierKey } from '../../graph/graph-data';
import type { PodFacts } from '../../kinds/core';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { Flow, Waiver } from '../../model/flow';
import { groupBy } from '../../model/group-by';
import { into } from '../../model/into';
import type { Declarations } from '../declarations';
import { relevantObjects } from '../emission/fingerprint';
import type { NamespaceRecord, TierRecord } from '../records';
import { mayBeSelected, renderedPods } from '../workloads/rendered-pods';
import type { ResolvedTier } from '../workloads/resolved-tier';
import { type SeenService, servicesOf } from './services';

/** What warnings look at. */
export interface WarningContext {
  readonly root: IConstruct;
  readonly objects: readonly ApiObject[];
  readonly declarations: Declarations;
  readonly tiers: ReadonlyMap<TierRecord, ResolvedTier>;
  readonly graph: GraphData;
  readonly facts: ClusterFacts;
  /** The user's line that declared a flow of the graph, where one is known. */
  readonly declaredAt: (flow: Flow) => string | undefined;
  /** Whether the proof holds only with a waiver that no rule about declarations asked for; costs a proof. */
  readonly isNeededByProof: (waiver: Waiver) => boolean;
}

/** Pods that an object of the app renders into a zero-trust namespace. */
export interface SeenPods {
  readonly object: ApiObject;
  readonly namespace: NamespaceRecord;
  readonly pods: PodFacts;
}

/** A tier with its flows, and with the pods and Services of the app that are its own. */
export interface SeenTier extends ResolvedTier {
  readonly key: string;
  readonly into: readonly Flow[];
  readonly out: readonly Flow[];
  readonly pods: readonly SeenPods[];
  readonly services: readonly SeenService[];
}

/** All of that, put together once for all warnings. */
export interface Seen extends WarningContext {
  readonly seenTiers: readonly SeenTier[];
  /** The tier of ours at an end of the flow: where it comes from, if that is one. */
  readonly tierOf: (flow: Flow) => SeenTier | undefined;
  /** Pods in no tier of their namespace. */
  readonly lost: readonly SeenPods[];
}

export function seenOf(context: WarningContext): Seen {
  const { declarations, tiers, graph, objects } = context;
  const { into, out } = flowsOfTiers(graph.flows);
  const namespaces = new Map(declarations.namespaces.map((record) => [record.name, record]));
  const pods = groupBy(podsInNamespaces(objects, declarations, namespaces), ({ namespace }) => namespace.name);
  const services = groupBy(servicesOf(objects, namespaces), ({ namespace }) => namespace);
  const seenTiers: SeenTier[] = [];
  for (const tier of tiers.values()) {
    const { name, namespace } = tier.record;
    const key = tierKey({ namespace: namespace.name, name });
    const members = (pods.get(namespace.name) ?? []).filter((one) => isIn(tier, one));
    const leadingTo = (services.get(namespace.name) ?? []).filter((service) => leadsTo(service, tier, members));
    seenTiers.push({
      key,
      into: into.get(key) ?? [],
      out: out.get(key) ?? [],
      pods: members,
      services: leadingTo,
      // Last: see "One shape an object" in docs/decisions.md.
      ...tier,
    });
  }
  const byKey = new Map(seenTiers.map((tier) => [tier.key, tier]));
  const found = new Set(seenTiers.flatMap((tier) => tier.pods));
  return {
    ...context,
    seenTiers,
    tierOf: ({ from, to }) =>
      [from, to]
        .flatMap((end) => (end.kind === 'tier' ? [byKey.get(tierKey(end))] : []))
        .find((tier) => tier !== undefined),
    lost: [...pods.values()].flat().filter((one) => !found.has(one)),
  };
}

function podsInNamespaces(
  objects: readonly ApiObject[],
  declarations: Declarations,
  namespaces: ReadonlyMap<string, NamespaceRecord>,
): SeenPods[] {
  return relevantObjects(objects, declarations).flatMap((object) => {
    const namespace = namespaces.get(object.metadata.namespace ?? '');
    if (namespace === undefined) return [];
    return renderedPods(object)
      .filter(({ hostNetwork }) => !hostNetwork)
      .map((pods) => ({ object, namespace, pods }));
  });
}

function isIn({ endpoint }: ResolvedTier, { pods }: SeenPods): boolean {
  return mayBeSelected(endpoint.pods.pods, pods);
}

/** By the pods of the app that both select; by its selector alone where none is seen. */
function leadsTo({ selector }: SeenService, { endpoint }: ResolvedTier, members: readonly SeenPods[]): boolean {
  const asked = Object.entries(selector);
  if (asked.length === 0) return false;
  if (members.length === 0) return mayBeSelected(endpoint.pods.pods, { labels: selector } as PodFacts);
  return members.some(({ pods: { labels } }) => asked.every(([key, value]) => labels[key] === value));
}

/** The flows of a mesh are many, so they are looked at once. */
function flowsOfTiers(flows: readonly Flow[]): { readonly into: FlowsByTier; readonly out: FlowsByTier } {
  const found = { into: new Map<string, Flow[]>(), out: new Map<string, Flow[]>() };
  for (const flow of flows) {
    if (flow.from.kind === 'tier') into(found.out, tierKey(flow.from), flow);
    if (flow.to.kind === 'tier') into(found.into, tierKey(flow.to), flow);
  }
  return found;
}

type FlowsByTier = ReadonlyMap<string, readonly Flow[]>;
