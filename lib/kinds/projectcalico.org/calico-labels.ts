/**
 * A label that Calico gives every pod and nothing else, which is how it keeps host endpoints and network sets out of the
 * Kubernetes policies that it translates (libcalico-go/lib/backend/k8s/conversion).
 */
export const ORCHESTRATOR = 'projectcalico.org/orchestrator';
/** A label that Calico gives every pod and every network set of a namespace: its name. */
export const NAMESPACE = 'projectcalico.org/namespace';
/** A label that Calico gives every namespace, whatever the namespace itself says. */
export const NAME = 'projectcalico.org/name';
/** A label that Calico gives pods: the name of their service account, where it is not too long. */
export const SERVICE_ACCOUNT = 'projectcalico.org/serviceaccount';
/** Before the labels that endpoints have of their namespace. */
export const OF_NAMESPACE = 'pcns.';
/** Before the labels that pods have of their service account. */
export const OF_ACCOUNT = 'pcsa.';
