// Label selectors as sets of label sets, under one name: `import * as selectors from './selector'`.
// The algebra of one key is in key-constraint.ts, that of selectors in selector-algebra.ts; the rest is in and out.
export type { KeyConstraint } from './key-constraint';
export { fromLabelSelector, type LabelSelector, toLabelSelector } from './label-selector';
export type { Labels } from './labels';
export {
  anything,
  both,
  implies,
  intersects,
  isAnything,
  isNothing,
  matches,
  nothing,
  type Selector,
  sample,
} from './selector-algebra';
export {
  fromLabels,
  fromRequirements,
  type Operator,
  type Requirement,
  requirements,
  selectorText,
} from './selector-requirements';
export { DEFAULT_BUDGET, type Witness, witness } from './selector-witness';
