import type { Situation } from '../analysis';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';

/** Two single ends, what is asked about them, and what passes. */
export interface PairAsked {
  readonly from: string;
  readonly to: string;
  readonly situation: Situation;
  readonly wanted: PortSet;
  readonly must: PortSet;
  readonly may: PortSet;
  /** An end is perhaps not what it is taken for here. */
  readonly isPerhaps?: true;
  /** To an address of Services: what is behind it is not known, so that no rule explains it. */
  readonly isService?: true;
}

/** What is wanted and does not surely pass. */
export function notSure({ wanted, must }: PairAsked): PortSet {
  return ports.difference(wanted, must);
}

/** What is wanted and may pass. */
export function possible({ wanted, may }: PairAsked): PortSet {
  return ports.intersection(may, wanted).possible;
}

/** What is behind the Service decides, since something there may be reached. */
export function isBehindService({ isService, ...pair }: PairAsked): boolean {
  return isService === true && !ports.isEmpty(possible(pair));
}

export function behindText({ to }: PairAsked): string {
  return `${to} is an address of Services of this cluster. Policies see what is behind it, which is not known: ask about that pod.`;
}
