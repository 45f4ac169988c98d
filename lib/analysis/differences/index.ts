// What changed between two states of manifests: verdict by verdict, class by class, those alike put together.

export type { Cause, Change, ChangeEnd } from './change';
export { type Differences, differences, type State } from './differences';
export type { Part, PolicyChange, RequestsChange } from './policy-changes';
export type { Presence } from './presence';
export { CHANGE_KINDS, type ChangeKind, isWider } from './verdict-change';
