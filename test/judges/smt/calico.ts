import { type Direction, isolates, type Manifest, type NetworkPolicy, networkPolicies } from './manifests';

/** NetworkPolicy and GlobalNetworkPolicy of `projectcalico.org/v3`. */
export interface CalicoPolicy extends Manifest {
  readonly spec: {
    readonly tier?: string;
    readonly order?: number;
    readonly selector?: string;
    readonly namespaceSelector?: string;
    readonly types?: readonly string[];
    readonly ingress?: readonly CalicoRule[];
    readonly egress?: readonly CalicoRule[];
  };
}

export interface CalicoRule {
  readonly action: string;
  readonly protocol?: string;
  readonly source?: CalicoEnd;
  readonly destination?: CalicoEnd;
}

export interface CalicoEnd {
  readonly selector?: string;
  readonly namespaceSelector?: string;
  readonly nets?: readonly string[];
  readonly notNets?: readonly string[];
  readonly ports?: readonly (number | string)[];
}

interface CalicoTier extends Manifest {
  readonly spec: { readonly order?: number; readonly defaultAction?: string };
}

/** A tier with the policies that are about a direction, in the order in which they are asked. */
export interface Tier {
  readonly policies: readonly (CalicoPolicy | NetworkPolicy)[];
  /** What is meant by some policy of the tier, and by no rule, ends here. */
  readonly denies: boolean;
}

/** Those that Calico 3.32 makes by itself (libcalico-go/lib/names; api/pkg/apis/projectcalico/v3). */
const BUILT_IN = [
  { name: 'kube-admin', order: 1_000, denies: false },
  { name: 'default', order: 1_000_000, denies: true },
  { name: 'kube-baseline', order: 10_000_000, denies: false },
];

/** Where NetworkPolicies of Kubernetes stand in the tier `default`. */
const OF_KUBERNETES = 1000;

/** Tiers in their order, policies by order and then by name, namespace and kind, as Calico 3.32 does (felix/calc). */
export function tiersOf(manifests: readonly Manifest[], direction: Direction): Tier[] {
  const policies = [...calicoPolicies(manifests), ...networkPolicies(manifests)].filter((policy) =>
    isCalico(policy) ? isAbout(policy, direction) : isolates(policy, direction),
  );
  const tiers = new Map([...BUILT_IN, ...manifests.filter(isTier).map(declared)].map((tier) => [tier.name, tier]));
  return [...tiers.values()]
    .sort((a, b) => a.order - b.order)
    .map(({ name, denies }) => ({
      denies,
      policies: policies
        .filter((policy) => (isCalico(policy) ? (policy.spec.tier ?? 'default') : 'default') === name)
        .sort(
          (a, b) => Number(orderOf(a) > orderOf(b)) - Number(orderOf(a) < orderOf(b)) || (tie(a) < tie(b) ? -1 : 1),
        ),
    }));
}

export function calicoPolicies(manifests: readonly Manifest[]): CalicoPolicy[] {
  return manifests.filter(isCalico);
}

export function isCalico(manifest: Manifest): manifest is CalicoPolicy {
  return manifest.apiVersion === 'projectcalico.org/v3' && /^(Global)?NetworkPolicy$/.test(manifest.kind);
}

export function isTier({ apiVersion, kind }: Manifest): boolean {
  return apiVersion === 'projectcalico.org/v3' && kind === 'Tier';
}

function declared({ metadata, spec }: Manifest & Partial<CalicoTier>) {
  return {
    name: metadata.name,
    order: spec?.order ?? Number.POSITIVE_INFINITY,
    denies: spec?.defaultAction !== 'Pass',
  };
}

/** Without types: ingress unless there are rules for egress alone, and egress where there are any. */
function isAbout({ spec: { types = [], ingress = [], egress = [] } }: CalicoPolicy, direction: Direction): boolean {
  if (types.length > 0) return types.includes(direction === 'ingress' ? 'Ingress' : 'Egress');
  return direction === 'ingress' ? ingress.length > 0 || egress.length === 0 : egress.length > 0;
}

function orderOf(policy: CalicoPolicy | NetworkPolicy): number {
  return isCalico(policy) ? (policy.spec.order ?? Number.POSITIVE_INFINITY) : OF_KUBERNETES;
}

function tie(policy: CalicoPolicy | NetworkPolicy): string {
  const { name, namespace } = policy.metadata;
  return `${name}/${namespace ?? ''}/${isCalico(policy) ? policy.kind : 'KubernetesNetworkPolicy'}`;
}

/** The rules of a policy in a direction, each with its own end and the other one. */
export function calicoRules({ spec }: CalicoPolicy, direction: Direction) {
  const rules = (direction === 'ingress' ? spec.ingress : spec.egress) ?? [];
  return rules.map((rule) => {
    const { source = {}, destination = {} } = rule;
    const [own, other] = direction === 'ingress' ? [destination, source] : [source, destination];
    return { rule, own, other, ports: destination.ports };
  });
}

/** `80`, `80:90`, or a name, as NetworkPolicy has them. */
export function calicoPort(protocol: string | undefined, port: number | string) {
  const range = /^(\d+)(?::(\d+))?$/.exec(String(port));
  return range === null
    ? { protocol, port: String(port) }
    : { protocol, port: Number(range[1]), endPort: Number(range[2] ?? range[1]) };
}

/** Labels that Calico gives: pods, to tell them from host endpoints, and namespaces, which have their name. */
export const IS_POD = { key: 'projectcalico.org/orchestrator', value: 'k8s' };
export const CALICO_NAME = 'projectcalico.org/name';
