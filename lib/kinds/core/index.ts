export { readCustomWorkload } from './custom-workloads';
export { mentionedNamespace, readNamespace } from './namespace';
export type { PodFacts } from './pod-template';
export { readService } from './service';
export { readByShape } from './shape';
export { type Injection, injectionOfNamespace, withSidecars } from './sidecars';
export { isKnownWorkload, readKnownWorkload } from './workload';
