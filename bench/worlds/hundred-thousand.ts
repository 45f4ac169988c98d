import { type Manifest, matching, namespace, pod, policy, tcp } from './objects';

// 100,000 pods, four in each of 25,000 namespaces, and three policies there. Half of the namespaces serve a platform
// that half of the pods may call, so that wide sets meet at both ends.
export const NAMESPACES = 25_000;
const PODS = ['gateway', 'api', 'store', 'job'] as const;

const isServed = (n: number) => n % 2 === 0;

export function hundredThousand(): Manifest[] {
  return Array.from({ length: NAMESPACES }, (_, n) => objectsOfNamespace(n)).flat();
}

export function spaceName(n: number): string {
  return `ns-${n}`;
}

/** Every workload of the namespace by its id. */
export function idsOf(n: number): string[] {
  return PODS.map((name) => `${spaceName(n)}/Pod/${name}`);
}

export function objectsOfNamespace(n: number): Manifest[] {
  const space = spaceName(n);
  const platform = { namespaceSelector: matching({ platform: 'yes' }) };
  return [
    namespace(space, { platform: isServed(n) ? 'yes' : 'no' }),
    ...PODS.map((name) => pod(space, name, { app: name })),
    // The gateway is reached from every pod of the platform, and from nobody else.
    policy(space, 'gateway', {
      podSelector: matching({ app: 'gateway' }),
      ingress: [{ from: [platform], ports: [tcp(8080)] }],
    }),
    // The api is called by the gateway beside it, and calls the store.
    policy(space, 'api', {
      podSelector: matching({ app: 'api' }),
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ podSelector: matching({ app: 'gateway' }) }], ports: [tcp(8081)] }],
      egress: [{ to: [{ podSelector: matching({ app: 'store' }) }], ports: [tcp(5432)] }],
    }),
    // Stores and jobs are reached from nowhere else; jobs may call the platform.
    policy(space, 'others', {
      podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['store', 'job'] }] },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ podSelector: matching({ app: 'api' }) }], ports: [tcp(5432)] }],
      egress: [{ to: [platform], ports: [tcp(8080)] }],
    }),
  ];
}

/**
 * Allowed pairs, counted from what the policies mean. P namespaces are on the platform, of N in all.
 *
 * To gateways, on 8080, from pods of the platform: from another gateway or from itself (egress open), from stores and
 * jobs (egress to the platform, so that the gateway must be on it too), never from an api. From each of the P gateways
 * to every gateway but itself: P * (N - 1). From each of the 2 * P stores and jobs: P gateways.
 * To apis, on 8081: from the gateway beside, whose egress is open: N. To stores, on 5432: from the api beside: N.
 * To jobs, on 5432: from the api beside, which calls the store only: none.
 */
export function allowedPairs(): number {
  const platform = NAMESPACES / 2;
  return platform * (NAMESPACES - 1) + 2 * platform * platform + NAMESPACES + NAMESPACES;
}
