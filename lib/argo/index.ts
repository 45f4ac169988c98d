// What Argo CD needs to know: the order of a sync, what a prune may delete, and where the rendered manifests lie.
export { ArgoApplication } from './argo-application';
export type { ArgoApplicationProps, ArgoDestination } from './argo-application-props';
export { ArgoSync } from './argo-sync';
export type { ArgoOptions } from './waves';
