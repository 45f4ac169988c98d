import type { PlaneOptions } from '../../lib/analysis';
import { planeOf, readText } from '../../lib/analysis';
import { type Check, runChecks, type SeenOptions, seenOf } from '../../lib/checks';
import type { FoundProblem } from '../../lib/findings/finding';

/** What one rule finds in YAML, which is called `manifests.yaml`. */
export function foundIn(check: Check, text: string, options: SeenOptions & PlaneOptions = {}): readonly FoundProblem[] {
  const reading = readText(text, 'manifests.yaml', options);
  return runChecks(seenOf(reading, planeOf(reading, options), options), [check]);
}
