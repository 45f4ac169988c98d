import type { Tier } from '../tiers/tier';

/** What applies the Jobs of a test, and waits for them. */
export enum IsolationTestRunner {
  /** Argo CD, as PostSync hooks: a sync fails where something is otherwise than declared. */
  ARGO_CD = 'argo-cd',
  /** `helm test`, of a chart that holds what is rendered. */
  HELM = 'helm',
}

/** What a tier must not reach unless a flow leads there. */
export enum OutsideDestination {
  /** An address of the internet. */
  INTERNET = 'internet',
  /** The metadata service of the cloud. Leave it out where there is none. */
  METADATA_SERVICE = 'metadata-service',
  /** The API server of the cluster. */
  API_SERVER = 'api-server',
  /**
   * The name servers that pods are told, asked over UDP. A tier that resolves names must get an answer there, and any other
   * must not, since names carry data as well.
   */
  NAME_SERVERS = 'name-servers',
}

/** What a test of isolation tries, and how. */
export interface IsolationTestProps {
  /**
   * The tiers that are tested.
   *
   * @default - all of the app
   */
  readonly tiers?: Tier[];

  /**
   * What the names of all its objects begin with, at most 20 characters. No workload may share the beginning: the VPC CNI
   * would take its pods and those of the test for the same (aws-network-policy-agent `pkg/utils`, `GetPodIdentifier`).
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * What applies the Jobs.
   *
   * @default IsolationTestRunner.ARGO_CD
   */
  readonly runner?: IsolationTestRunner;

  /**
   * Name of the namespace, rendered with the test, that pods from elsewhere try from. It has no policies, and stays between
   * tests.
   *
   * @default - the name of the test, with -elsewhere
   */
  readonly elsewhere?: string;

  /**
   * Where tiers are dialled, by `namespace/name`: `{ 'ai-inference/vllm': 'vllm.ai-inference.svc:8000' }`.
   *
   * @default - the Services of the app that lead to their pods
   */
  readonly addresses?: { readonly [tier: string]: string };

  /**
   * What tiers are tried to reach outside, where no flow leads there.
   *
   * @default - all of OutsideDestination
   */
  readonly outside?: OutsideDestination[];

  /**
   * The address of the internet, with its port, that is tried.
   *
   * @default 1.1.1.1:443, a public resolver, as Cilium's connectivity test
   */
  readonly internetAddress?: string;

  /**
   * The image, an agnhost of Kubernetes: it has `/agnhost connect`, `dig` and a shell.
   *
   * @default e2e-test-images/agnhost:2.66.1 of the registry, as Kubernetes 1.37 tests itself with it (`test/utils/image/manifest.go`)
   */
  readonly image?: string;

  /**
   * The registry that has the image, for clusters with one of their own.
   *
   * @default registry.k8s.io
   */
  readonly registry?: string;

  /**
   * Secrets by which the image is pulled, in every namespace that is tried from.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * Seconds that a pod waits before it tries for the first time: engines take a while to know a pod.
   *
   * @default 10
   */
  readonly settleSeconds?: number;

  /**
   * Seconds after which a finished Job is deleted, with its log.
   *
   * @default 3600
   */
  readonly keepSeconds?: number;

  /**
   * Why what cannot be tested may stay so: at least two words. Without it, whatever is not tested is an error.
   *
   * @default - everything must be tested
   */
  readonly untested?: string;
}
