import type { Level } from '../findings/finding';
import { type AskedLabel, askedLabels } from './asked-labels';
import type { Check } from './check';

export const controllerLabel: Check = {
  id: 'controller-label',
  level: 'warning',
  title: 'a selector by a label that changes with each rollout',
  why: 'A controller or a release tool writes another value with the next rollout, and from then on the policy selects nobody',
  fix: 'Select by a label that stays: app.kubernetes.io/name, app.kubernetes.io/instance, or one of your own.',
  avoid: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec:
  podSelector: { matchLabels: { app: vllm, pod-template-hash: 6bdb5b9c4d } }
  policyTypes: [Ingress]
`,
  prefer: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec:
  podSelector: { matchLabels: { app: vllm } }
  policyTypes: [Ingress]
`,
  source:
    'kubernetes pkg/controller/deployment, daemon, statefulset and job; Helm documentation, "Labels and Annotations"',
  *find(seen) {
    for (const { object, ...label } of askedLabels(seen, 'pods', (key) => KEYS.has(key))) {
      const found = changing(label);
      if (found === undefined) continue;
      const { level, says } = found;
      const value = [label.key, ...label.values.slice(0, 1)].join('=');
      yield { object, path: label.path, level, what: `the selector asks for '${label.key}', ${says}`, value };
    }
  },
};

const OF_CONTROLLERS: readonly string[] = [
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'controller-uid',
  'batch.kubernetes.io/controller-uid',
  'rollouts-pod-template-hash',
];

const JOB_NAMES: readonly string[] = ['job-name', 'batch.kubernetes.io/job-name'];
const CHART = 'helm.sh/chart';
const VERSION = 'app.kubernetes.io/version';
const POD_NAME = 'statefulset.kubernetes.io/pod-name';
const KEYS: ReadonlySet<string> = new Set([...OF_CONTROLLERS, ...JOB_NAMES, CHART, VERSION, POD_NAME]);

function changing({
  key,
  values,
}: Pick<AskedLabel, 'key' | 'values'>): { readonly level: Level; readonly says: string } | undefined {
  if (OF_CONTROLLERS.includes(key))
    return { level: 'warning', says: 'whose value a controller changes with each rollout' };
  if (key === CHART) return { level: 'warning', says: 'which changes with each version of the chart' };
  if (key === VERSION) return { level: 'note', says: 'which changes with each version of the app' };
  // A CronJob names its Jobs by the minute for which they were due.
  if (JOB_NAMES.includes(key) && values.some((value) => /-\d{8,}$/.test(value))) {
    return { level: 'warning', says: 'and a CronJob gives each run another name' };
  }
  if (key === POD_NAME) {
    return { level: 'note', says: 'which selects one replica: those that scaling adds are left out' };
  }
  return undefined;
}
