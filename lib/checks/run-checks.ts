import type { FoundProblem } from '../findings/finding';
import { pathText } from '../kinds/field';
import { objectText } from '../kinds/manifest';
import type { Check, CheckFinding } from './check';
import type { Seen } from './seen';

/** What the rules find, in the order of the rules. */
export function runChecks(seen: Seen, checks: readonly Check[]): readonly FoundProblem[] {
  return checks.flatMap((check) => [...check.find(seen)].map((found) => completed(check, found)));
}

function completed(check: Check, { object, path = [], ...said }: CheckFinding): FoundProblem {
  const { id: rule, level, why, fix } = check;
  return { rule, level, why, fix, ...said, ...(object && placed(object, path)) };
}

function placed(object: NonNullable<CheckFinding['object']>, path: NonNullable<CheckFinding['path']>) {
  const name = objectText(object.ref);
  const field = pathText(path);
  const line = object.lineOf(path);
  return {
    where: [object.sourceOf(path), name, ...(field === '' ? [] : [field])].join(': '),
    place: { file: object.file, ...(line !== undefined && { line }), object: name, ...(field !== '' && { field }) },
  };
}
