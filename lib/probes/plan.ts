import type { PodSet } from '../model/pod-set';
import type { PortSet, Protocol } from '../model/port-set';
import type { Labels } from '../model/selector';

// What a test of isolation tries: probers (pods), destinations, and legs between them. Plain values that every runner of
// probes reads: what is rendered for Argo CD and Helm, the command, and the lab of the tests.

/** A pod that tries, of one identity: its namespace and its labels. */
export interface Prober {
  /** Short, unique in the plan, and the end of the names of its Jobs. */
  readonly id: string;
  readonly namespace: string;
  /** What a policy could know it by. */
  readonly labels: Labels;
  readonly as: ProberRole;
  /** Whether policies let it resolve names, so that a name that does not resolve says that its network is not up. */
  readonly resolves: boolean;
}

/**
 * `member`: one of the pods of a tier; `stranger`: of no tier, in a namespace of tiers; `elsewhere`: of no tier, in a
 * namespace without policies; `impostor`: with the labels of a client, there.
 */
export type ProberRole = 'member' | 'stranger' | 'elsewhere' | 'impostor';

/** Where a connection is tried to. */
export interface Destination {
  /** `ai-inference/vllm`, `internet`, `metadata service`, `API server`. */
  readonly name: string;
  readonly protocol: Protocol;
  /** `host:port` or `[address]:port`; API_SERVER and NAME_SERVER for the addresses that every pod is told. */
  readonly address: string;
}

/** In place of an address: `KUBERNETES_SERVICE_HOST` and `_PORT`, which every pod is told, also without a name server. */
export const API_SERVER = 'api-server';

/** In place of an address: the first name server of the pod's `/etc/resolv.conf`, which is asked for a name. */
export const NAME_SERVER = 'name-server';

/** One connection that is tried, and what must become of it. */
export interface Leg {
  readonly id: string;
  readonly prober: string;
  readonly destination: Destination;
  readonly expected: 'allow' | 'deny';
  /** Who it is, in words: `a stranger in ai-inference`. */
  readonly who: string;
  /** For an allow leg, why it is declared; absent where it only shows that there is something to reach. */
  readonly because?: string;
  /** For a deny leg, the allow legs that must get through to the same destination for a denial to count. */
  readonly beside: readonly string[];
}

/** What is not tried, or could not be judged. */
export interface Untested {
  readonly what: string;
  readonly why: string;
}

/** What policies let a stranger in a namespace of tiers do while it is there, so that the other end is what keeps it out. */
export interface Passage {
  readonly prober: string;
  readonly namespace: string;
  readonly to: readonly { readonly tier: string; readonly pods: PodSet; readonly ports: PortSet }[];
}

/** All of one test. */
export interface ProbePlan {
  /** The names of everything begin with it. */
  readonly name: string;
  /** A namespace without policies, for those from elsewhere. */
  readonly elsewhere: string;
  readonly probers: readonly Prober[];
  readonly legs: readonly Leg[];
  readonly passages: readonly Passage[];
  readonly untested: readonly Untested[];
}

/** Allow legs are tried before the deny legs and after them: what happened in between is judged by both. */
export type Phase = 'before' | 'between' | 'after';

export const PHASES: readonly Phase[] = ['before', 'between', 'after'];

/** The legs that a prober tries in a phase. */
export function legsOf({ legs }: Pick<ProbePlan, 'legs'>, prober: string, phase: Phase): readonly Leg[] {
  const expected = phase === 'between' ? 'deny' : 'allow';
  return legs.filter((leg) => leg.prober === prober && leg.expected === expected);
}
