import type { FoundProblem } from '../findings/finding';
import { fingerprintOf } from '../findings/fingerprint';
import { objectText } from '../kinds/manifest';
import type { Check, CheckFinding } from './check';
import { placeIn } from './place-in';
import type { Seen } from './seen';

/** What the rules find, in the order of the rules. */
export function runChecks(seen: Seen, checks: readonly Check[]): readonly FoundProblem[] {
  return checks.flatMap((check) => [...check.find(seen)].map((found) => completed(check, found)));
}

function completed(check: Check, { object, path = [], ...said }: CheckFinding): FoundProblem {
  const { id: rule, level, why, fix } = check;
  if (object === undefined) return { rule, level, why, fix, ...said };
  const identity = { rule, on: objectText(object.ref), object: object.json, path, about: said.about };
  return { rule, level, why, fix, ...said, ...placeIn(object, path), fingerprint: fingerprintOf(identity) };
}
