import { type Field, isObject } from '../field';
import { withLabels } from './added-labels';
import type { Injection, PodFacts } from './pod-facts';

interface Injector {
  readonly name: string;
  /** Labels or annotations by which a namespace asks for it. */
  readonly namespaces: readonly string[];
  /** Those by which a pod asks for it, or refuses it. */
  readonly pods: readonly string[];
  /** Labels that it puts on pods. */
  readonly labels: readonly string[];
}

/**
 * Injectors, how they are asked, and what they label. Their containers declare ports with names (Istio `http-envoy-prom`
 * 15090, Linkerd `linkerd-proxy` 4143, Dapr `dapr-http` 3500). Sources: istio `pkg/kube/inject`, linkerd2 `pkg/inject`,
 * dapr `pkg/injector`, kuma `pkg/plugins/runtime/k8s/metadata`, consul-k8s `control-plane/connect-inject/constants`,
 * opentelemetry-operator `internal/webhook/podmutation`.
 */
const INJECTORS: readonly Injector[] = [
  {
    name: 'istio',
    namespaces: ['istio-injection', 'istio.io/rev'],
    pods: ['sidecar.istio.io/inject', 'istio.io/rev'],
    labels: [
      'security.istio.io/tlsMode',
      'service.istio.io/canonical-name',
      'service.istio.io/canonical-revision',
      'istio.io/rev',
    ],
  },
  {
    name: 'linkerd',
    namespaces: ['linkerd.io/inject'],
    pods: ['linkerd.io/inject'],
    labels: [
      'linkerd.io/control-plane-ns',
      'linkerd.io/workload-ns',
      'linkerd.io/proxy-deployment',
      'linkerd.io/proxy-statefulset',
      'linkerd.io/proxy-daemonset',
      'linkerd.io/proxy-job',
      'linkerd.io/proxy-cronjob',
      'linkerd.io/proxy-replicaset',
    ],
  },
  {
    name: 'kuma',
    namespaces: ['kuma.io/sidecar-injection'],
    pods: ['kuma.io/sidecar-injection'],
    labels: ['kuma.io/sidecar-injection', 'kuma.io/mesh', 'kuma.io/zone'],
  },
  {
    name: 'consul',
    namespaces: [],
    pods: ['consul.hashicorp.com/connect-inject'],
    labels: ['consul.hashicorp.com/connect-inject-status', 'consul.hashicorp.com/connect-inject-managed-by'],
  },
  {
    name: 'dapr',
    namespaces: [],
    pods: ['dapr.io/enabled'],
    labels: ['dapr.io/sidecar-injected', 'dapr.io/app-id', 'dapr.io/metrics-enabled'],
  },
  {
    name: 'opentelemetry',
    namespaces: ['sidecar.opentelemetry.io/inject'],
    pods: ['sidecar.opentelemetry.io/inject'],
    labels: ['sidecar.opentelemetry.io/injected'],
  },
];

/** Any other value asks for it, or names the revision that is asked. */
const REFUSALS: readonly unknown[] = ['false', 'disabled', ''];

/** What the metadata of a pod template says. */
export function injectionOfPod(metadata: Field): Injection | undefined {
  return injectionBy('pods', metadata);
}

/** What the metadata of a Namespace says of all its pods. */
export function injectionOfNamespace(metadata: Field): Injection | undefined {
  return injectionBy('namespaces', metadata);
}

/** The pods as they run where their namespace says `above`, and they themselves `own`. Those on the host network have none. */
export function withSidecars(pod: PodFacts, own: Injection = {}, above: Injection = {}): PodFacts {
  if (pod.hostNetwork) return pod;
  const injected = INJECTORS.filter(({ name }) => (own[name] ?? above[name]) === 'asked');
  if (injected.length === 0) return pod;
  const unknown = injected.flatMap(({ labels }) => labels).filter((key) => !Object.hasOwn(pod.labels, key));
  return { ...withLabels(pod, { unknown }), mayHaveMorePorts: true };
}

/** By where they are looked for, every key that an injector listens to. */
const KEYS = {
  namespaces: new Set(INJECTORS.flatMap(({ namespaces }) => namespaces)),
  pods: new Set(INJECTORS.flatMap(({ pods }) => pods)),
};

/** Asked of every pod and Namespace, and mostly not so: they have few labels, and injectors many keys. */
function mayAsk(where: 'namespaces' | 'pods', written: unknown): boolean {
  return isObject(written) && Object.keys(written).some((key) => KEYS[where].has(key));
}

/** Undefined where nothing is said, as on most objects. One refusal counts before all else (istio, `injectRequired`). */
function injectionBy(where: 'namespaces' | 'pods', metadata: Field): Injection | undefined {
  const written = [metadata.child('labels'), metadata.child('annotations')].filter(({ value }) => mayAsk(where, value));
  if (written.length === 0) return undefined;
  const said = INJECTORS.flatMap((injector) => {
    const values = injector[where].flatMap((key) => written.map((field) => field.child(key)));
    const words = values.filter(({ isAbsent }) => !isAbsent).map(({ value }) => REFUSALS.includes(value));
    return words.length === 0 ? [] : [[injector.name, words.includes(true) ? 'refused' : 'asked'] as const];
  });
  return said.length === 0 ? undefined : Object.fromEntries(said);
}
