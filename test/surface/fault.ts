import { ZeroTrustError } from '../../lib/model/problem';

/** What constructs and cdk8s say of a scope without a chart and of an id, in their own words. */
const THEIRS: readonly RegExp[] = [
  /^There is already a Construct with name '.*' in \w+( \[.*\])?$/s,
  /^Only root constructs may have an empty ID$/,
  /^cannot find a parent chart \(directly or indirectly\)$/,
];

/** Anything but success, a refusal in our words, or one in theirs. */
export function fault(make: () => unknown): unknown {
  try {
    make();
    return undefined;
  } catch (error) {
    if (error instanceof ZeroTrustError) return error.problems.length > 0 ? undefined : 'a refusal without a problem';
    if (error instanceof Error && error.name === 'Error' && THEIRS.some((words) => words.test(error.message)))
      return undefined;
    return error;
  }
}
