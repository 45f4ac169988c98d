import { LABELS_OF_JOBS } from '../kinds/core/labels-of-controllers';
import type { Direction } from '../model/layer';
import type { Workload } from '../model/world';
import type { Check } from './check';
import { isAboutDns } from './dns-ports';
import { objectOf, podsSeen, workloadText } from './pods-seen';
import type { Seen } from './seen';

/**
 * Only where they are cut off: a Job that needs nothing is fine without labels, and so is one that a policy for everybody
 * lets out.
 */
export const podsWithoutLabels: Check = {
  id: 'pods-without-labels',
  level: 'note',
  title: 'pods without labels, which no policy lets out',
  why: 'A policy of an application cannot select them, so that a Job among them waits for what never answers, and a release waits for the Job',
  fix: 'Give the template labels by the values of its chart, or select the pods of a Job by batch.kubernetes.io/job-name.',
  avoid: release(''),
  prefer: release('metadata: { labels: { app: litellm } }'),
  source:
    'Kubernetes API reference, JobSpec: the controller adds job-name; the charts of LiteLLM, Milvus, DataHub, OpenHands and Chroma',
  *find(seen) {
    const { classes, of } = podsSeen(seen);
    const unlabelled = classes.flatMap((_, id) =>
      of([id])
        .filter(hasNoLabels)
        .map((workload) => ({ id, workload })),
    );
    if (unlabelled.length === 0) return;
    const isolated = subjects(seen, 'isolations');
    const letOut = subjects(seen, 'rules');
    for (const { id, workload } of unlabelled) {
      const object = objectOf(seen, workload);
      if (object === undefined || !isolated.has(id) || letOut.has(id)) continue;
      yield {
        object,
        path: ['metadata', 'name'],
        about: workloadText(workload),
        what: 'its pods have no label of their own: policies isolate them, and none lets them out further than to name servers',
        value: workload.id,
      };
    }
  },
};

/** Labels of a template; those that the controller of Jobs adds are none of its own. */
function hasNoLabels({ labels, unknownLabels = [], hostNetwork }: Workload): boolean {
  if (hostNetwork || unknownLabels === 'any') return false;
  return Object.keys(labels).every((key) => LABELS_OF_JOBS.includes(key));
}

const EGRESS: Direction = 'egress';

/** The classes of pods that are surely isolated on their way out, or that some rule perhaps lets out to more than name servers. */
function subjects(seen: Seen, of: 'isolations' | 'rules'): ReadonlySet<number> {
  const { find } = podsSeen(seen);
  const { layers } = seen.plane.plane;
  const ids =
    of === 'isolations'
      ? layers
          .flatMap(({ isolations }) => isolations)
          .filter(({ direction, isUncertain }) => direction === EGRESS && isUncertain !== true)
          .flatMap(({ subject }) => [...find(subject).surely])
      : layers
          .flatMap(({ rules }) => rules)
          .filter((rule) => rule.direction === EGRESS && rule.action !== 'deny' && !isAboutDns(rule))
          .flatMap(({ subject }) => [...find(subject).surely, ...find(subject).perhaps]);
  return new Set(ids);
}

function release(metadata: string): string {
  return `apiVersion: batch/v1
kind: Job
metadata: { name: migrate, namespace: ai }
spec:
  template:
    ${metadata}
    spec: { containers: [{ name: migrate, image: 'ghcr.io/berriai/litellm-database:main' }], restartPolicy: Never }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: ai }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: litellm, namespace: ai }
spec:
  podSelector: { matchLabels: { app: litellm } }
  policyTypes: [Egress]
  egress:
    - to: [{ podSelector: { matchLabels: { app: postgresql } } }]
      ports: [{ port: 5432 }]
`;
}
