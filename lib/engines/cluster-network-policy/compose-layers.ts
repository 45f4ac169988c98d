import { ADMIN_LAYER, BASELINE_LAYER, CLUSTER_NETWORK_POLICY } from '../../kinds/policy.networking.k8s.io/kind-names';
import type { PolicyReading } from '../../kinds/policy-reading';
import type { Isolation, Layer, Rule } from '../../model/layer';

/** NetworkPolicies as one layer. */
export function networkPolicies(rules: readonly Rule[], isolations: readonly Isolation[]): Layer {
  return { name: 'NetworkPolicy', order: 'union', rules, isolations, otherwise: 'deny' };
}

/**
 * The layers of the Network Policy API around that of NetworkPolicy. Layers of a kind that is not there are left out; those
 * of ClusterNetworkPolicy stand where there is neither.
 */
export function layersAround(middle: Layer, policies: readonly PolicyReading[]): Layer[] {
  const ofTiers = policies.filter(({ kind }) => kind === CLUSTER_NETWORK_POLICY);
  const admin = policies.filter(({ kind }) => kind !== CLUSTER_NETWORK_POLICY);
  const outer = ofTiers.length > 0 || admin.length === 0 ? { first: 'Admin', last: 'Baseline' } : undefined;
  const inner = admin.length > 0 ? { first: ADMIN_LAYER, last: BASELINE_LAYER } : undefined;
  return [
    ...(outer === undefined ? [] : [layerOf(outer.first, ofTiers)]),
    ...(inner === undefined ? [] : [layerOf(inner.first, admin)]),
    middle,
    ...(inner === undefined ? [] : [layerOf(inner.last, admin)]),
    ...(outer === undefined ? [] : [layerOf(outer.last, ofTiers)]),
  ];
}

/** One layer of the API: the first rule that matches decides, and what none matches goes on. */
export function layerOf(name: string, policies: readonly PolicyReading[]): Layer {
  const own = policies.filter(({ rank }) => rank?.layer === name).sort(byPriority);
  return { name, order: 'ranked', rules: own.flatMap(({ rules }) => rules), isolations: [], otherwise: 'next' };
}

function byPriority(a: PolicyReading, b: PolicyReading): number {
  const difference = (a.rank?.order ?? 0) - (b.rank?.order ?? 0);
  return difference === 0 ? compareNames(a.policy.name, b.policy.name) : difference;
}

function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
