export { isInMesh, MESH_LABEL, meshOfNamespace, meshOfPods } from './ambient-mesh';
export { AT_GATEWAYS, SETTINGS } from './deciders';
export { homelessPolicy } from './homeless-policy';
export { networkOfNamespace } from './network-of-namespace';
export { unreadPolicies } from './unread-policies';
export { valueAt } from './value-at';
