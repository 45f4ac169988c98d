import type { Check } from '../../lib/checks';
import type { FoundProblem } from '../../lib/findings/finding';
import { foundIn } from './found';

type Json = Readonly<Record<string, unknown>>;
type Labels = Readonly<Record<string, string>>;

export function namespace(name: string, labels: Labels = {}): Json {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** A pod called as its label `app`, with the ports that its container declares: `{ http: 8080 }`. */
export function pod(
  namespace: string,
  app: string,
  ports: Readonly<Record<string, number>> = {},
  more: Json = {},
): Json {
  const declared = Object.entries(ports).map(([name, containerPort]) => ({ name, containerPort }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: app, namespace, labels: { app } },
    spec: { containers: [{ name: 'server', ports: declared }], ...more },
  };
}

/** A pod that says no namespace. */
export function homeless(app: string): Json {
  return { ...pod('', app), metadata: { name: app, labels: { app } } };
}

export function service(namespace: string, app: string, port: number, targetPort: number | string = port): Json {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: app, namespace },
    spec: { selector: { app }, ports: [{ port, targetPort }] },
  };
}

export function policy(namespace: string, name: string, spec: Json): Json {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

export function app(name: string): Json {
  return { matchLabels: { app: name } };
}

export function named(namespace: string): Json {
  return { matchLabels: { 'kubernetes.io/metadata.name': namespace } };
}

/** A policy that denies both ways for every pod. */
export function denyAll(namespace: string): Json {
  return policy(namespace, 'deny-all', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
}

/** What the rule finds in these objects. */
export function found(check: Check, ...objects: readonly Json[]): readonly FoundProblem[] {
  return foundIn(check, objects.map((object) => JSON.stringify(object)).join('\n---\n'), check.told);
}

/** The same in short: level and object. */
export function foundAt(check: Check, ...objects: readonly Json[]): readonly string[] {
  return found(check, ...objects).map(({ level, place }) => `${level} ${place?.object}`);
}
