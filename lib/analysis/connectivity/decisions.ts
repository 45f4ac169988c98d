import type { Rule } from '../../model/layer';
import type { Match } from './match';
import { PairMemo } from './pair-memo';
import { NOTHING, type VerdictId, type Verdicts } from './verdicts';

/** How far the layers have decided about the traffic of one pair, by number. */
export type StateId = number;

/** A rule's action on the traffic that it surely and perhaps matches, by number. */
export type StepId = number;

/**
 * Ports by what may become of them. What a rule perhaps matches goes both ways, so that a port may be in several of
 * these: it surely passes where it is not among the denied, and may pass where it is among the others at the end.
 */
interface State {
  /** May have been matched by nothing in this layer so far. */
  readonly open: VerdictId;
  /** May have been passed on to the next layer. */
  readonly passed: VerdictId;
  readonly allowed: VerdictId;
  readonly denied: VerdictId;
}

const ACTIONS: readonly Rule['action'][] = ['allow', 'deny', 'pass'];
const DENIES: readonly Match[] = ['no', 'perhaps', 'surely'];

/** Before the first layer. */
export const UNDECIDED: StateId = 0;

/** The states of decisions, each made once, and what rules and ends of layers make of them. */
export class Decisions {
  readonly #states: State[] = [];
  readonly #ids = new Map<string, StateId>();
  readonly #afterStep = new PairMemo();
  readonly #afterLayer = new PairMemo();
  readonly #verdicts: (VerdictId | undefined)[] = [];

  constructor(private readonly verdicts: Verdicts) {
    this.#id({ open: verdicts.everything, passed: NOTHING, allowed: NOTHING, denied: NOTHING });
  }

  /** A step of rules with this action, about traffic without names of ports: what it surely matches, and may match. */
  step(action: Rule['action'], matched: VerdictId): StepId {
    return matched * ACTIONS.length + ACTIONS.indexOf(action);
  }

  after(state: StateId, step: StepId): StateId {
    const known = this.#afterStep.get(state, step);
    return known >= 0 ? known : this.#afterStep.keep(state, step, this.#taken(state, step));
  }

  /** At the end of a layer, what is left goes on; or is denied, where the layer isolates the subject and denies; perhaps either. */
  afterLayer(state: StateId, denies: Match): StateId {
    const key = DENIES.indexOf(denies);
    const known = this.#afterLayer.get(state, key);
    return known >= 0 ? known : this.#afterLayer.keep(state, key, this.#ended(state, denies));
  }

  /** After the last layer, where what is left passes. */
  verdict(state: StateId): VerdictId {
    const { verdicts } = this;
    const { open, allowed, denied } = this.#states[state];
    this.#verdicts[state] ??= verdicts.between(
      verdicts.minus(verdicts.everything, denied),
      verdicts.union(allowed, open),
    );
    return this.#verdicts[state];
  }

  #taken(id: StateId, step: StepId): StateId {
    const { verdicts } = this;
    const state = this.#states[id];
    const matched = Math.floor(step / ACTIONS.length);
    const hit = verdicts.meet(state.open, verdicts.widest(matched));
    const open = verdicts.minus(state.open, verdicts.surest(matched));
    switch (ACTIONS[step % ACTIONS.length]) {
      case 'allow':
        return this.#id({ ...state, open, allowed: verdicts.union(state.allowed, hit) });
      case 'deny':
        return this.#id({ ...state, open, denied: verdicts.union(state.denied, hit) });
      default:
        return this.#id({ ...state, open, passed: verdicts.union(state.passed, hit) });
    }
  }

  #ended(id: StateId, denies: Match): StateId {
    const { verdicts } = this;
    const { open, passed, allowed, denied } = this.#states[id];
    return this.#id({
      open: denies === 'surely' ? passed : verdicts.union(open, passed),
      passed: NOTHING,
      allowed,
      denied: denies === 'no' ? denied : verdicts.union(denied, open),
    });
  }

  #id(state: State): StateId {
    const key = `${state.open},${state.passed},${state.allowed},${state.denied}`;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#states.push(state) - 1;
    this.#ids.set(key, id);
    return id;
  }
}
