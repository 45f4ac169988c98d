import type { Graph } from './graph';
import { type Labels, type Manifest, NAME_LABEL } from './manifests';

/** Everything that a verdict is made of, as plain data. */
export interface World {
  readonly manifests: readonly Manifest[];
  readonly graph: Graph;
  readonly facts: Facts;
}

/** What is taken as known of the cluster. */
export interface Facts {
  /**
   * `pods`: blocks also match pods by address; `external-only`: they never do; `may`: one of the two, and nobody knows;
   * `each may`: the same, as if every block decided for itself.
   */
  readonly mode: 'pods' | 'external-only' | 'may' | 'each may';
  /** Where pods have their addresses, and nowhere else. */
  readonly podBlocks: readonly string[];
  /** What of these blocks others have. */
  readonly withoutPods: readonly string[];
  /** The blocks are those of pods, and not only where they could be. */
  readonly podBlocksAreKnown: boolean;
  /** What agents promise never to reach, with the rule that a tier or flow acknowledges to be let off. */
  readonly promises: readonly { readonly rule: string; readonly blocks: readonly string[] }[];
}

/** Namespaces with exactly known labels: those that the app renders. */
export function knownNamespaces({ manifests, graph }: World): ReadonlyMap<string, Labels> {
  const own = graph.namespaces.filter(({ management }) => management === 'own').map(({ name }) => name);
  return new Map(
    manifests
      .filter(
        ({ kind, apiVersion, metadata }) => apiVersion === 'v1' && kind === 'Namespace' && own.includes(metadata.name),
      )
      .map(({ metadata: { name, labels } }) => [name, { ...labels, [NAME_LABEL]: name }]),
  );
}
