/** The kinds of the group, as group and kind. ClusterNetworkPolicy took the place of the other two in release 0.2. */
export const CLUSTER_NETWORK_POLICY = 'policy.networking.k8s.io/ClusterNetworkPolicy';
export const ADMIN_NETWORK_POLICY = 'policy.networking.k8s.io/AdminNetworkPolicy';
export const BASELINE_ADMIN_NETWORK_POLICY = 'policy.networking.k8s.io/BaselineAdminNetworkPolicy';

/** Layers, as `rank` names them; those of ClusterNetworkPolicy are its tiers. */
export const ADMIN_LAYER = 'AdminNetworkPolicy';
export const BASELINE_LAYER = 'BaselineAdminNetworkPolicy';
