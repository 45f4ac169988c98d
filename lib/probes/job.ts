import { PROBER_LABEL, TEST_LABEL } from './labels';
import { type Leg, legsOf, PHASES, type Phase, type ProbePlan, type Prober } from './plan';
import { SCRIPT } from './script';
import { shortName } from './short-name';
import { ROUNDS } from './verdict';

/** How probes run. */
export interface RunOptions {
  /** Of agnhost, with everything before its name. */
  readonly image: string;
  /** Secrets by which the image is pulled, in every namespace of a prober. */
  readonly pullSecrets?: readonly string[];
  /** Seconds before the first try. */
  readonly settle: number;
  /** Seconds that a leg has to become as expected. */
  readonly patience: number;
  /** Seconds after which a finished Job is deleted. */
  readonly keep: number;
}

/**
 * agnhost of Kubernetes 1.37 (kubernetes v1.37.2, `test/utils/image/manifest.go`). Whoever wants its digest pinned gives
 * the whole image.
 */
export const IMAGE = { registry: 'registry.k8s.io', name: 'e2e-test-images/agnhost:2.66.1' } as const;

/**
 * Ten seconds: engines of clouds leave a new pod open, or closed, until they have seen it (aws-network-policy-agent issues
 * 83, 189, 288). After that a leg may take half a minute to become as expected.
 */
export const SETTLING = { settle: 10, patience: 30, keep: 3600 } as const;

/** A Job as plain data, and what it runs. */
export interface ProbeJob {
  readonly prober: string;
  readonly phase: Phase;
  readonly manifest: JobManifest;
}

export interface JobManifest {
  readonly apiVersion: 'batch/v1';
  readonly kind: 'Job';
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly spec: { readonly [field: string]: unknown };
}

/** The Jobs of a plan, in the order of its phases: one for each prober that has legs in a phase. */
export function jobsOf(plan: ProbePlan, options: RunOptions): ProbeJob[] {
  return PHASES.flatMap((phase) =>
    plan.probers.flatMap((prober) => {
      const legs = legsOf(plan, prober.id, phase);
      return legs.length === 0
        ? []
        : [{ prober: prober.id, phase, manifest: jobOf(plan, prober, phase, legs, options) }];
    }),
  );
}

/**
 * The name is the same in every run: Cilium gives each name of a Job an identity of its own. It is short enough that a pod
 * has it whole: the VPC CNI keeps policies by the name of a pod without its last part.
 */
export function jobName({ name }: Pick<ProbePlan, 'name'>, prober: string, phase: string): string {
  return shortName([name, phase, prober], LONGEST_NAME);
}

const LONGEST_NAME = 52;

function jobOf(plan: ProbePlan, prober: Prober, phase: Phase, legs: readonly Leg[], options: RunOptions): JobManifest {
  const name = jobName(plan, prober.id, phase);
  return job(plan, prober, name, options, {
    deadline: deadline(legs.length, options),
    script: SCRIPT,
    args: legs.map(({ id, expected, destination: { protocol, address } }) =>
      [id, expected, protocol.toLowerCase(), address].join(','),
    ),
    env: {
      PROBE_CONNECT: '/agnhost connect',
      ...(legs.some(({ destination }) => destination.protocol === 'UDP') && QUERY),
      PROBE_TIMEOUT: `${TIMEOUT}s`,
      PROBE_SETTLE: String(options.settle),
      PROBE_PATIENCE: String(options.patience),
      PROBE_PAUSE: '1',
      ...(prober.resolves && { PROBE_NAME: NAME }),
    },
  });
}

/** What asks a name server, for a name that every cluster has; any answer will do. */
const QUERY = {
  PROBE_QUERY: 'dig',
  PROBE_QUESTION: 'kubernetes.default.svc.cluster.local',
  PROBE_RESOLV_CONF: '/etc/resolv.conf',
} as const;

/** Of one try, as the connectivity test of Cilium has two and that of Kubernetes three. */
const TIMEOUT = 3;

/** Every cluster has it, and every resolver of a pod knows its way there. */
const NAME = 'kubernetes.default.svc:443';

/** Every try may take its whole time, in the rounds that count and in one more while policies settle. */
function deadline(legs: number, { settle, patience }: RunOptions): number {
  return settle + patience + (ROUNDS + 2) * ((legs + 1) * (TIMEOUT + 1) + 1) + PULLING;
}

const PULLING = 180;

export interface Running {
  /** Seconds after which it is stopped. */
  readonly deadline: number;
  readonly script: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * A pod that keeps to the `restricted` level of Pod Security, and that no Service takes for one of its own: it is never
 * ready, by a gate that nobody opens. The Job owns it, so that no other controller adopts it.
 */
export function job(
  plan: Pick<ProbePlan, 'name'>,
  prober: Pick<Prober, 'id' | 'namespace' | 'labels'>,
  name: string,
  options: RunOptions,
  { deadline: activeDeadlineSeconds, script, args, env }: Running,
): JobManifest {
  const labels = { [PROBER_LABEL]: prober.id, [TEST_LABEL]: plan.name };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: prober.namespace, labels },
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds,
      ttlSecondsAfterFinished: options.keep,
      template: {
        metadata: {
          labels: { ...prober.labels, ...labels, ...NO_SIDECAR.labels },
          annotations: NO_SIDECAR.annotations,
        },
        spec: {
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 1,
          readinessGates: [{ conditionType: NEVER }],
          ...(options.pullSecrets?.length && {
            imagePullSecrets: options.pullSecrets.map((secret) => ({ name: secret })),
          }),
          securityContext: {
            runAsNonRoot: true,
            runAsUser: NOBODY,
            runAsGroup: NOBODY,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name: 'probe',
              image: options.image,
              command: ['/bin/sh', '-c', script, 'probe'],
              args,
              env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
              terminationMessagePolicy: 'FallbackToLogsOnError',
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ['ALL'] },
              },
              resources: {
                requests: { cpu: '10m', memory: '16Mi' },
                limits: { cpu: '200m', memory: '128Mi' },
              },
            },
          ],
        },
      },
    },
  };
}

/** No controller sets this condition, so that the pod is never ready. */
const NEVER = 'cdk8s-zero-trust/never-ready';
const NOBODY = 65534;

/**
 * A sidecar would answer connections in place of who is dialled, and keep the Job from ending (Istio, "Installing the
 * Sidecar"; Linkerd, "Automatic Proxy Injection").
 */
const NO_SIDECAR = {
  labels: { 'sidecar.istio.io/inject': 'false' },
  annotations: { 'linkerd.io/inject': 'disabled' },
} as const;
