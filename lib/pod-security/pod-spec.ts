/** A field of a pod that a level of Pod Security does not allow. */
export interface PodSecurityViolation {
  /** Path in the template: `spec.containers[0].securityContext.privileged`. */
  readonly field: string;
  readonly value: string;
  readonly allowed: string;
}

/** As much of a PodSpec as Pod Security looks at. Fields may be missing, as manifests have them. */
export interface PodSpecJson {
  readonly hostUsers?: boolean;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly os?: { readonly name?: string };
  readonly securityContext?: SecurityContextJson & {
    readonly sysctls?: readonly { readonly name: string }[];
  };
  readonly volumes?: readonly Readonly<Record<string, unknown>>[];
  readonly containers?: readonly ContainerJson[];
  readonly initContainers?: readonly ContainerJson[];
  readonly ephemeralContainers?: readonly ContainerJson[];
}

export interface ContainerJson {
  readonly securityContext?: SecurityContextJson;
  readonly ports?: readonly { readonly hostPort?: number }[];
  readonly livenessProbe?: HandlerJson;
  readonly readinessProbe?: HandlerJson;
  readonly startupProbe?: HandlerJson;
  readonly lifecycle?: { readonly postStart?: HandlerJson; readonly preStop?: HandlerJson };
}

export interface HandlerJson {
  readonly httpGet?: { readonly host?: string };
  readonly tcpSocket?: { readonly host?: string };
}

export interface SecurityContextJson {
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly procMount?: string;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly seccompProfile?: { readonly type?: string };
  readonly appArmorProfile?: { readonly type?: string };
  readonly seLinuxOptions?: { readonly type?: string; readonly user?: string; readonly role?: string };
  readonly windowsOptions?: { readonly hostProcess?: boolean };
}

/** The pod without the fields that are null: the API server takes them as not set. */
export function podSpecOf(spec: object): PodSpecJson {
  return withoutNulls(spec) as PodSpecJson;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const said = Object.entries(value).filter(([, part]) => part !== null && part !== undefined);
  return Object.fromEntries(said.map(([key, part]) => [key, withoutNulls(part)]));
}

/**
 * The pod has users of its own, so root in it is nobody on the node: what is said of root does not bind it, from version
 * 1.35 of the levels on (`helpers.go`).
 */
export function hasOwnUsers({ hostUsers }: PodSpecJson): boolean {
  return hostUsers === false;
}

/** A value with the path that it stands at. */
export interface At<T> {
  readonly path: string;
  readonly value: T;
}

/** Every container, with its path. */
export function containersOf(pod: PodSpecJson): At<ContainerJson>[] {
  return (['initContainers', 'containers', 'ephemeralContainers'] as const).flatMap((list) =>
    (pod[list] ?? []).map((value, index) => ({ path: `spec.${list}[${index}]`, value })),
  );
}

/** The security contexts of the pod and of every container; empty where there is none. */
export function contextsOf(pod: PodSpecJson): At<SecurityContextJson>[] {
  return [{ path: 'spec.securityContext', value: pod.securityContext ?? {} }, ...containerContextsOf(pod)];
}

export function containerContextsOf(pod: PodSpecJson): At<SecurityContextJson>[] {
  return containersOf(pod).map(({ path, value }) => ({
    path: `${path}.securityContext`,
    value: value.securityContext ?? {},
  }));
}

/** A violation unless `isAllowed`; the value is shown as JSON. */
export function unless(isAllowed: boolean, field: string, value: unknown, allowed: string): PodSecurityViolation[] {
  return isAllowed ? [] : [{ field, value: value === undefined ? 'not set' : JSON.stringify(value), allowed }];
}
