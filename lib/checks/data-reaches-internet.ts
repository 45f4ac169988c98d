import { internetIpv4 } from '../cluster/special-addresses';
import * as ports from '../model/port-set';
import type { Workload } from '../model/world';
import type { Check, CheckFinding } from './check';
import { DNS } from './dns-ports';
import { objectOf, workloadText } from './pods-seen';
import type { Seen } from './seen';
import { ownerOf } from './seen-workloads';
import { valuables } from './valuable';

/**
 * Paths through others. Pods that reach the internet themselves are found by the rule that lets them (`wide-egress`), and
 * those that no policy isolates by that (`default-deny-missing`). It knows data and weights by what `valuable.ts` says, and
 * counts only what certainly passes.
 */
export const dataReachesInternet: Check = {
  id: 'data-reaches-internet',
  level: 'warning',
  title: 'data or weights that reach the internet through other pods',
  why: 'The pods are kept from the internet, and whoever takes them over goes on to pods that are not',
  fix: 'Keep the pods in between from the internet, or take the flow to them away.',
  avoid: `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: weaviate, namespace: data }
spec:
  template:
    metadata: { labels: { app: weaviate } }
    spec:
      containers: [{ name: weaviate, image: 'cr.weaviate.io/semitechnologies/weaviate:1.34.0' }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: embedder, namespace: data }
spec:
  template:
    metadata: { labels: { app: embedder } }
    spec:
      containers: [{ name: embedder, image: embedder }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: weaviate, namespace: data }
spec:
  podSelector: { matchLabels: { app: weaviate } }
  policyTypes: [Egress]
  egress:
    - to: [{ podSelector: { matchLabels: { app: embedder } } }]
      ports: [{ port: 8080 }]
`,
  prefer: `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: weaviate, namespace: data }
spec:
  template:
    metadata: { labels: { app: weaviate } }
    spec:
      containers: [{ name: weaviate, image: 'cr.weaviate.io/semitechnologies/weaviate:1.34.0' }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: embedder, namespace: data }
spec:
  template:
    metadata: { labels: { app: embedder } }
    spec:
      containers: [{ name: embedder, image: embedder }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: weaviate, namespace: data }
spec:
  podSelector: { matchLabels: { app: weaviate } }
  policyTypes: [Egress]
  egress:
    - to: [{ podSelector: { matchLabels: { app: embedder } } }]
      ports: [{ port: 8080 }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: embedder, namespace: data }
spec:
  podSelector: { matchLabels: { app: embedder } }
  policyTypes: [Egress]
`,
  source: 'opendatahub-io/kserve 835 (egress of model servers left open, since storage may be anywhere)',
  *find(seen) {
    const kept = [...valuables(seen)].filter(([workload]) => !workload.hostNetwork);
    if (kept.length === 0) return;
    const search = new Search(seen);
    const told = new Set<string>();
    for (const [workload, { what, because }] of kept) {
      const owner = ownerOf(workload.id);
      const path = told.has(owner) ? undefined : search.pathOut(workload);
      if (path === undefined) continue;
      told.add(owner);
      const through = path.map(workloadText);
      const object = objectOf(seen, workload);
      yield {
        ...(object !== undefined && { object, path: ['spec'] }),
        about: workloadText(workload),
        what: `its ${what} (${because}) may leave to the internet through ${through.join(', then ')}`,
        value: through.join(' -> '),
        allowed: 'paths that end inside the cluster',
      };
    }
    if (search.isExhausted) yield NOT_LOOKED_AT_ALL;
  },
};

/** Questions about pairs, over all workloads: more would cost more than who reaches whom does. */
const MOST_QUESTIONS = 200_000;

const NOT_LOOKED_AT_ALL: CheckFinding = {
  level: 'note',
  what: `only ${MOST_QUESTIONS.toLocaleString('en')} pairs of workloads were looked at, and there may be further paths`,
  value: `${MOST_QUESTIONS}`,
  allowed: 'fewer workloads at once',
  fix: 'Check fewer namespaces at once.',
};

/** Breadth first, so that the path is a shortest one; pods that reach the internet themselves end it. */
class Search {
  #questions = 0;
  readonly #outward = new Map<string, boolean>();

  constructor(private readonly seen: Seen) {}

  get isExhausted(): boolean {
    return this.#questions >= MOST_QUESTIONS;
  }

  /** The workloads in between; undefined where there is no path, or none is needed. */
  pathOut(from: Workload): readonly Workload[] | undefined {
    if (this.#reachesInternet(from)) return undefined;
    const visited = new Set([from.id]);
    let ends: readonly (readonly Workload[])[] = [[]];
    while (ends.length > 0 && !this.isExhausted) {
      const next: (readonly Workload[])[] = [];
      for (const path of ends) {
        for (const other of this.#reachedFrom(path[path.length - 1] ?? from, visited)) {
          if (this.#reachesInternet(other)) return [...path, other];
          next.push([...path, other]);
        }
      }
      ends = next;
    }
    return undefined;
  }

  #reachedFrom({ id }: Workload, visited: Set<string>): Workload[] {
    const reached = this.seen.reading.world.workloads.filter((other) => {
      if (visited.has(other.id) || this.isExhausted) return false;
      this.#questions++;
      return !ports.isEmpty(this.seen.connectivity().between(id, other.id).must);
    });
    for (const other of reached) visited.add(other.id);
    return reached;
  }

  #reachesInternet({ id }: Workload): boolean {
    const known = this.#outward.get(id);
    if (known !== undefined) return known;
    const verdicts = this.seen.connectivity().withAddresses(id, 'egress', internetIpv4);
    const reaches = verdicts.some(({ must }) => !ports.isEmpty(ports.difference(must, DNS)));
    this.#outward.set(id, reaches);
    return reaches;
  }
}
