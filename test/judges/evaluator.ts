import type { Flow, World } from './world';

/** Whether a block of addresses in a rule also means the pods that have them. */
export type BlockMode = 'pods' | 'external-only';

/** Whether a flow passes; `perhaps` where its upper bound lets it through, and its lower bound does not. */
export type Answer = boolean | 'perhaps';

/** Something of ours that says what passes, to be held against the engines. */
export interface Evaluator {
  readonly name: string;
  /** Takes in a world once, and then answers flow by flow. */
  of(world: World, mode: BlockMode): (flow: Flow) => Answer;
}
