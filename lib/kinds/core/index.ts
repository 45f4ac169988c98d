export { mentionedNamespace, readNamespace } from './namespace';
export type { PodFacts } from './pod-template';
export { readService } from './service';
export { isKnownWorkload, readByShape, readKnownWorkload } from './workload';
