import type { Check } from './check';

export type { Check, CheckFinding } from './check';
export { runChecks } from './run-checks';
export { objectsOfKind, type Seen, type SeenObject, type SeenOptions, seenOf } from './seen';

/** Every rule, by id. */
export const CHECKS: readonly Check[] = [];
