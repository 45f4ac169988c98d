import { PROBER_LABEL } from '../model/labels';
import { isObject } from './field';

/**
 * Whether `helm test` runs it, and nothing else does: Helm documentation, "Chart Tests". `test-success` is what Helm 2 called
 * it and is still taken for it; `test-failure` was of Helm 2 alone, and stands in charts that are older.
 */
export function isHelmTest(object: unknown): boolean {
  const metadata = isObject(object) ? object.metadata : undefined;
  const annotations = isObject(metadata) ? metadata.annotations : undefined;
  const hook = isObject(annotations) ? annotations['helm.sh/hook'] : undefined;
  if (typeof hook !== 'string' || isProbe(metadata)) return false;
  return hook.split(',').some((event) => TESTS.includes(event.trim()));
}

const TESTS: readonly string[] = ['test', 'test-success', 'test-failure'];

/** Ours wear labels of a tier for a purpose, and are proved with it. */
function isProbe(metadata: unknown): boolean {
  const labels = isObject(metadata) ? metadata.labels : undefined;
  return isObject(labels) && Object.hasOwn(labels, PROBER_LABEL);
}
