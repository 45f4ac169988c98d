import type { FoundProblem } from '../findings/finding';
import { fingerprintOf } from '../findings/fingerprint';
import { objectText } from '../kinds/manifest';
import type { Check, CheckFinding } from './check';
import { placeIn } from './place-in';
import type { Seen } from './seen';

/** What the rules find, in the order of the rules. `before` is told of each before it is asked. */
export function runChecks(
  seen: Seen,
  checks: readonly Check[],
  before: (check: Check, position: number) => void = () => undefined,
): readonly FoundProblem[] {
  return checks.flatMap((check, position) => {
    before(check, position);
    return [...check.find(seen)].map((found) => completed(check, found));
  });
}

function completed(check: Check, { object, path = [], ...said }: CheckFinding): FoundProblem {
  const { id: rule, level, why, fix } = check;
  if (object === undefined) return { rule, level, why, fix, ...said };
  const identity = { rule, on: objectText(object.ref), object: object.json, path, about: said.about };
  // Lines and fingerprints are dear, and most readers of findings ask for some of them alone.
  let at: ReturnType<typeof placeIn> | undefined;
  let fingerprint: string | undefined;
  const placed = () => {
    at ??= placeIn(object, path);
    return at;
  };
  return {
    rule,
    level,
    why,
    fix,
    ...said,
    get where() {
      return placed().where;
    },
    get place() {
      return placed().place;
    },
    get fingerprint() {
      fingerprint ??= fingerprintOf(identity);
      return fingerprint;
    },
  };
}
