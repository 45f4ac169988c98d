export type { PolicyFlowChange, PolicyNodeChange } from './difference';
export { PolicyGraphDifference } from './difference';
export type { PolicyFlow } from './policy-flow';
export { PolicyGraph } from './policy-graph';
