import { matchOfLabels } from '../analysis/connectivity/match';
import { isObject } from '../kinds/field';
import type { Labels } from '../model/labels';
import { isNearMiss } from '../model/near-miss';
import * as selectors from '../model/selector';
import type { Check, CheckFinding } from './check';
import { mayBeHomeless } from './homeless-workloads';
import { hiddenMaker, makerText, podsSeen, wornText } from './pods-seen';
import { objectsOfKind, type Seen, type SeenObject } from './seen';
import { WITH_THE_CLUSTER } from './system-namespaces';

export const serviceSelectsNothing: Check = {
  id: 'service-selects-nothing',
  level: 'warning',
  title: 'a Service that selects no pod',
  why: 'A Service without pods answers nobody, so that a client is refused however right the policies are',
  fix: 'Write the labels as the pods have them, or take the Service out.',
  avoid: `apiVersion: v1
kind: Pod
metadata: { name: vllm, namespace: models, labels: { app: vllm } }
spec: { containers: [{ name: server }] }
---
apiVersion: v1
kind: Service
metadata: { name: vllm, namespace: models }
spec: { selector: { app: vlm }, ports: [{ port: 8000 }] }
`,
  prefer: `apiVersion: v1
kind: Pod
metadata: { name: vllm, namespace: models, labels: { app: vllm } }
spec: { containers: [{ name: server }] }
---
apiVersion: v1
kind: Service
metadata: { name: vllm, namespace: models }
spec: { selector: { app: vllm }, ports: [{ port: 8000 }] }
`,
  source: 'Kubernetes documentation, "Service": Services without selectors, ExternalName; "Debug Services"',
  *find(seen) {
    for (const object of objectsOfKind(seen, '', 'Service')) {
      const selector = selectorOf(object);
      const found = selector && selectsNothing(seen, object, selector);
      if (found !== undefined) yield { object, path: ['spec', 'selector'], ...found };
    }
  },
};

/** Undefined where it has none, or where its type makes nothing of it. */
function selectorOf({ json: { spec } }: SeenObject): Labels | undefined {
  if (!isObject(spec) || spec.type === 'ExternalName' || !isObject(spec.selector)) return undefined;
  const asked = Object.entries(spec.selector);
  const labels = asked.filter((one): one is [string, string] => typeof one[1] === 'string');
  return asked.length === 0 || labels.length < asked.length ? undefined : Object.fromEntries(labels);
}

/** Nothing where the namespace has no workload in the manifests: what runs there is then not known. */
function selectsNothing(
  seen: Seen,
  { ref: { namespace = '' } }: SeenObject,
  labels: Labels,
): Omit<CheckFinding, 'object'> | undefined {
  const there = podsSeen(seen).inNamespace(namespace);
  const selector = selectors.fromLabels(labels);
  // Pods on the host network are behind Services as others are.
  if (there.length === 0 || WITH_THE_CLUSTER.test(namespace)) return undefined;
  if (there.some((workload) => matchOfLabels(selector, workload) !== 'no')) return undefined;
  if (mayBeHomeless(seen, selector)) return undefined;
  const near = there.find((workload) => isNearMiss(selector, workload.labels));
  const maker = hiddenMaker(seen, namespace);
  // A Service beside a custom resource is as a rule for the pods that its operator makes.
  if (maker !== undefined && near === undefined) return undefined;
  const value = selectors.selectorText(selector);
  const nobody = `no workload of namespace ${namespace} has {${value}}`;
  const what = near === undefined ? nobody : `${nobody}; ${wornText(near)}`;
  if (maker !== undefined)
    return { level: 'note', value, what: `${what}, unless ${makerText(maker)} makes pods that do` };
  const unworn = Object.keys(labels).find((key) => !there.some((workload) => key in workload.labels));
  if (unworn === undefined) return { value, what };
  // Leaders of a database or a vault label themselves: vault-active, spilo-role.
  return { level: 'note', value, what: `${what}, unless pods are given the label ${unworn} when they run` };
}
