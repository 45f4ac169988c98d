// What Argo CD needs to know: the order of a sync, what a prune may delete, and where the rendered manifests lie.
export { ArgoApplication, type ArgoApplicationProps, type ArgoDestination } from './argo-application';
export { ArgoSync } from './argo-sync';
export type { ArgoOptions } from './waves';
