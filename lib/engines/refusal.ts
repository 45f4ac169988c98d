import type { EngineName } from '../model/engine-name';
import type { Flow } from '../model/flow';

/** Something of a graph that an engine, in its version, cannot say. */
export interface Refusal {
  /** Id of the limit, `engine-http`; where the refusal can be waived, the waiver names it. */
  readonly rule: string;
  readonly about:
    | { readonly kind: 'flow'; readonly flow: Flow }
    | { readonly kind: 'namespace'; readonly namespace: string }
    | { readonly kind: 'guardrail'; readonly name: string }
    | { readonly kind: 'host-guardrail'; readonly name: string }
    | { readonly kind: 'cluster' };
  /** A sentence without a full stop: what cannot be said, and why. */
  readonly why: string;
  /** The value that is at fault. */
  readonly value: string;
  /** What the engine can say instead. */
  readonly allowed: string;
  /** Engines that can, with the version from which on: `Cilium 1.19`. */
  readonly engines: readonly EngineName[];
  /** What to do in this engine. */
  readonly fix?: string;
}
