/** A Kubernetes object as JSON. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string> };
  readonly [field: string]: unknown;
}

export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** One connection between two addresses of one family. An address that no pod has is outside the cluster. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly protocol: Protocol;
  readonly port: number;
}

/** A pod of a world, or something outside the cluster. */
export interface End {
  /** `namespace/name` of a pod. */
  readonly pod?: string;
  /** One of each family, or of one alone. */
  readonly addresses: readonly string[];
}

/** The state of a small cluster, and the flows that every judge and every evaluator is asked about. */
export interface World {
  readonly seed: number;
  /** Namespaces, Pods with their addresses, NetworkPolicies. */
  readonly documents: readonly KubernetesObject[];
  readonly ends: readonly End[];
  readonly flows: readonly Flow[];
}

/** Worlds that lie in different places can be on one API server and one network at the same time. */
export interface Place {
  /** Before the name of each namespace. */
  readonly prefix: string;
  /** From 1 to 254: the third number of the pods' IPv4 addresses, the fourth group of their IPv6 addresses. */
  readonly subnet: number;
}

export function isIpv6(address: string): boolean {
  return address.includes(':');
}

/** Every ordered pair of ends that share a family, one of them a pod: addresses of that family. */
export function pairsOf(ends: readonly End[]): { readonly from: string; readonly to: string }[] {
  const pairs: { from: string; to: string }[] = [];
  for (const source of ends) {
    for (const target of ends) {
      if (source === target || (source.pod === undefined && target.pod === undefined)) continue;
      for (const from of source.addresses) {
        const to = target.addresses.find((address) => isIpv6(address) === isIpv6(from));
        if (to !== undefined) pairs.push({ from, to });
      }
    }
  }
  return pairs;
}
