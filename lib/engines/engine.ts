import type { GraphData } from '../graph/graph-data';
import type { ComposeFacts, PoliciesRead } from '../kinds/policies-read';
import type { ClusterFacts } from '../model/cluster-facts';
import type { EngineName } from '../model/engine-name';
import type { Plane } from '../model/layer';
import type { PolicyManifest } from './manifest';
import type { Refusal } from './refusal';

/** A policy engine: what it can say, how that is written, and how it decides. An engine is known by name and version. */
export interface Engine {
  readonly name: EngineName;
  /** As people write it. */
  readonly title: string;
  /** The versions whose semantics were looked at, `1.17` to `1.20`: others are a warning. Absent where any will do. */
  readonly versions?: { readonly first: string; readonly last: string };
  /**
   * The kinds that it enforces beside NetworkPolicy, `cilium.io/CiliumNetworkPolicy`, in this version, and on this platform
   * where one brings an engine of its own.
   */
  readonly kinds: (version: string | undefined, platform?: string) => readonly string[];
  /** Everything in the graph that it cannot say. */
  readonly limits: (graph: GraphData, facts: ClusterFacts) => Refusal[];
  /** The objects that allow what the graph says and nothing else, by namespace and name; the graph was let through by `limits`. */
  readonly render: (graph: GraphData, facts: ClusterFacts) => PolicyManifest[];
  /** How the engine decides, of what was read; readings of kinds that it does not enforce are left out. */
  readonly compose: (policies: PoliciesRead, facts: ComposeFacts) => Plane;
  /**
   * Where requests are told apart. `ingress`: only where they arrive; the half of the pods that ask lets the ports through
   * whole, and `limits` takes requests only where the pods that answer are a tier of the graph. @default 'both'
   */
  readonly requestsAt?: 'both' | 'ingress';
}
