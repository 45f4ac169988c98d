import { type Manifest, matching, namespace, pod, policy, tcp } from './objects';
import { below, seeded } from './random';

// The profile of a real cluster (npinaeva/k8s-netpol-scale): 5,413 pods, 604 namespaces, 13,678 policies; the median
// policy selects 6 pods and has one block and two peer pods. How they are spread over namespaces is ours.
const PODS = 5413;
const NAMESPACES = 604;
const POLICIES = 13678;
const PODS_OF_POLICY = 6;
const SEED = 20231107;

export function realCluster(): Manifest[] {
  const random = seeded(SEED);
  const podsOf = Array.from({ length: NAMESPACES }, (): string[] => []);
  for (let i = 0; i < PODS; i++) podsOf[i < NAMESPACES ? i : skewed(random, NAMESPACES)].push(`pod-${i}`);
  const pods = podsOf.flatMap((names, n) =>
    names.map((name, i) =>
      pod(`ns-${n}`, name, {
        app: `app-${Math.floor(i / PODS_OF_POLICY)}`,
        pod: name,
        tier: ['web', 'api', 'db'][i % 3],
      }),
    ),
  );
  const policies = Array.from({ length: POLICIES }, (_, i) => {
    const n = skewed(random, NAMESPACES);
    return policy(`ns-${n}`, `policy-${i}`, policySpec(random, podsOf[n].length, podsOf, n));
  });
  return [
    ...Array.from({ length: NAMESPACES }, (_, n) => namespace(`ns-${n}`, { team: `team-${n % 40}` })),
    ...pods,
    ...policies,
  ];
}

function policySpec(random: () => number, podCount: number, podsOf: readonly string[][], own: number): Manifest {
  const apps = Math.max(1, Math.ceil(podCount / PODS_OF_POLICY));
  const kind = random();
  const isWide = kind > 0.9;
  const peers = isWide
    ? [{ namespaceSelector: matching({ team: `team-${below(random, 40)}` }) }]
    : twoPods(random, podsOf, own);
  const block = { ipBlock: { cidr: `10.${below(random, 250)}.${below(random, 250)}.0/24` } };
  const app = below(random, apps);
  const podSelector = isWide ? {} : matching({ app: `app-${app}` });
  // What an app listens on does not change from one policy to the next; what it calls does.
  const served = { ports: [tcp(portOf(app))] };
  const called = { ports: [tcp(portOf(below(random, apps)))] };
  return kind < 0.5
    ? { podSelector, policyTypes: ['Ingress'], ingress: [{ from: [...peers, block], ...served }] }
    : {
        podSelector,
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: peers, ...served }],
        egress: [{ to: [...peers, block], ...called }],
      };
}

function portOf(app: number): number {
  return [8080, 8443, 9090, 5432, 6379][app % 5];
}

/** Two pods, mostly of the policy's own namespace. */
function twoPods(random: () => number, podsOf: readonly string[][], own: number): Manifest[] {
  return [0, 1].map((i) => {
    const n = i === 0 ? own : skewed(random, NAMESPACES);
    const name = podsOf[n][below(random, podsOf[n].length)];
    const podSelector = matching({ pod: name });
    return n === own
      ? { podSelector }
      : { namespaceSelector: matching({ 'kubernetes.io/metadata.name': `ns-${n}` }), podSelector };
  });
}

/** Some namespaces are much larger than most. */
function skewed(random: () => number, count: number): number {
  return Math.min(count - 1, Math.floor(count * random() ** 2));
}
