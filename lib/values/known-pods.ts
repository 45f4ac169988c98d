import { instance } from '../model/checked';
import type { Direction } from '../model/layer';
import type { HttpRule } from './http-rule';
import type { IPeer } from './peer';
import type { Port } from './port';

/** What the catalog knows of the pods of a tier, as a plain value. */
export interface KnownPodsFacts {
  /** Id of the system: `vllm`. */
  readonly system: string;
  readonly title: string;
  readonly part: string;
  /** As it was given. */
  readonly version?: string;
  /** The labels that the catalog chose may be on pods of somebody else too: how they read. */
  readonly genericLabels?: string;
  readonly flows: readonly KnownFlow[];
}

/** A flow that the system needs or that was asked for, and that its tier opens. */
export interface KnownFlow {
  readonly direction: Direction;
  readonly peer: IPeer | 'itself' | 'api-server';
  /** Those of the destination where they are left out. */
  readonly ports?: readonly Port[];
  readonly because: string;
  /** The requests that pass. */
  readonly http?: readonly HttpRule[];
  readonly acknowledge?: readonly { readonly rule: string; readonly because: string }[];
}

/**
 * What the catalog knows of the pods of a tier: which system they are, and the flows that it needs. Opaque: it is made by the
 * methods of `Catalog`, and handed to a tier with the rest of what they give.
 */
export class KnownPods {
  /** @internal */
  public static _of(facts: KnownPodsFacts): KnownPods {
    return new KnownPods(facts);
  }

  /** @internal */
  public static _is(value: unknown): value is KnownPods {
    return typeof value === 'object' && value !== null && #facts in value;
  }

  readonly #facts: KnownPodsFacts;

  private constructor(facts: unknown) {
    this.#facts = facts as KnownPodsFacts;
  }

  /** @internal */
  public get _facts(): KnownPodsFacts {
    return this.#facts;
  }

  /** Id of the system: `vllm`. */
  public get system(): string {
    return this.#facts.system;
  }

  /** Which of its kinds of pods: `head`; the id of the system where there is one. */
  public get part(): string {
    return this.#facts.part;
  }
}

export const aKnownPods = instance(KnownPods._is, {
  className: 'KnownPods',
  is: 'what the catalog knows of pods',
  allowed: "what the methods of Catalog give: new InferenceTier(models, 'vllm', Catalog.vllm())",
});
