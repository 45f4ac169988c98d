import type { SystemRequest } from '../known-systems';
import { HttpPath } from '../values/http-path';
import { HttpRule } from '../values/http-rule';

/** A request of the catalog as a rule: `/v2/models/*` is everything below. */
export function ruleOf({ method, path }: SystemRequest): HttpRule {
  return HttpRule.of({
    ...(method !== undefined && { methods: [method] }),
    path: path.endsWith('/*') ? HttpPath.below(path.slice(0, -2)) : HttpPath.exact(path),
  });
}
