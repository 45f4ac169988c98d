export { readCustomWorkload } from './custom-workloads';
export { type MadePods, madePods } from './made-pods';
export { mentionedNamespace, readNamespace } from './namespace';
export type { Injection, PodFacts } from './pod-facts';
export { type IsScaled, scaledAmong } from './scaled';
export { readService } from './service';
export { readByShape } from './shape';
export { injectionOfNamespace, withSidecars } from './sidecars';
export { isKnownWorkload, readKnownWorkload } from './workload';
