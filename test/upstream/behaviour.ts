/**
 * The behaviours that Kubernetes itself tests of a network policy engine, as data. Facts (which policies, which ports are
 * probed, which reachability is expected) are from kubernetes `test/e2e/network/netpol/network_policy.go` and
 * `network_policy_api.go` at 9db638c0807a, the last shape of those tests in which all nine pods are probed.
 */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';
export type Labels = Readonly<Record<string, string>>;

/** A manifest as JSON. */
export type Manifest = Readonly<Record<string, unknown>>;

export interface Behaviour {
  /** The `Context` of the upstream test. */
  readonly context: string;
  /** The title of the upstream test. */
  readonly name: string;
  readonly steps: readonly Step[];
}

/** Changes, one after the other, and what holds after all of them. */
export interface Step {
  readonly changes: readonly Change[];
  readonly probes: readonly Probe[];
}

export type Change =
  /** Creates the policy, or replaces the one of its namespace and name. */
  | { readonly kind: 'apply'; readonly policy: Manifest }
  | { readonly kind: 'delete-all-policies' }
  | { readonly kind: 'label-namespace'; readonly namespace: string; readonly labels: Labels }
  | { readonly kind: 'label-pod'; readonly pod: string; readonly labels: Labels };

/** Every ordered pair of pods, on one port. */
export interface Probe {
  readonly protocol: Protocol;
  readonly port: number;
  /** From "everything is connected", applied in order: the last that matches a pair decides. */
  readonly expected: readonly Expectation[];
}

/** An end is `*`, a namespace (`x`), or a pod (`x/a`). */
export interface Expectation {
  readonly from: string;
  readonly to: string;
  readonly connected: boolean;
}

/** What the API server refuses, and what it accepts beside it. */
export interface Refusal {
  readonly context: string;
  readonly name: string;
  readonly because: string;
  readonly refused: readonly Manifest[];
  readonly accepted: readonly Manifest[];
}
