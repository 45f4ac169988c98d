/** System namespaces are installed with the cluster, and are in nobody's manifests. */
export const WITH_THE_CLUSTER = /^(kube-|openshift-|calico-|tigera-|gke-|gmp-)/;
