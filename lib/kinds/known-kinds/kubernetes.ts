/** Kinds of Kubernetes itself (its API reference and controllers). */
export const KUBERNETES = `
core Binding N inert v
core ComponentStatus C inert v
core ConfigMap N inert v |  |  | settings of engines live in some of kube-system
core Endpoints N inert v |  |  | addresses behind a Service
core Event N inert v
core LimitRange N inert v
core Namespace C read v |  |  | labels decide selectors; name label is injected
core Node C inert v |  |  | labels and addresses, which policies of nodes go by
core PersistentVolume C inert v
core PersistentVolumeClaim N inert v
core Pod N read+makes-pods v | .
core PodTemplate N inert v
core ReplicationController N read+makes-pods v | spec.template | (template labels)
core ResourceQuota N inert v
core Secret N inert v
core Service N read v |  |  | port translation; not a policy
core ServiceAccount N inert v |  |  | an identity, by which a policy that is not read may select
admissionregistration.k8s.io MutatingAdmissionPolicy C writes-policies u |  |  | changes objects at admission: labels of pods, policies
admissionregistration.k8s.io MutatingAdmissionPolicyBinding C inert u
admissionregistration.k8s.io MutatingWebhookConfiguration C inert v |  |  | a webhook may change objects at admission, in ways that only its server knows
admissionregistration.k8s.io ValidatingAdmissionPolicy C inert v
admissionregistration.k8s.io ValidatingAdmissionPolicyBinding C inert v
admissionregistration.k8s.io ValidatingWebhookConfiguration C inert v
apiextensions.k8s.io CustomResourceDefinition C inert v
apiregistration.k8s.io APIService C inert v
apps ControllerRevision N inert v
apps DaemonSet N read+makes-pods v | spec.template | controller-revision-hash, pod-template-generation
apps Deployment N read+makes-pods v | spec.template | pod-template-hash
apps ReplicaSet N read+makes-pods v | spec.template | pod-template-hash
apps StatefulSet N read+makes-pods v | spec.template | statefulset.kubernetes.io/pod-name, apps.kubernetes.io/pod-index, controller-revision-hash
autoscaling HorizontalPodAutoscaler N inert v
batch CronJob N read+makes-pods v | spec.jobTemplate.spec.template | as Job
batch Job N read+makes-pods v | spec.template | batch.kubernetes.io/job-name, job-name, batch.kubernetes.io/controller-uid, controller-uid, batch.kubernetes.io/job-completion-index (Indexed)
certificates.k8s.io CertificateSigningRequest C inert v
coordination.k8s.io Lease N inert v
discovery.k8s.io EndpointSlice N inert v |  |  | addresses behind a Service
extensions NetworkPolicy N decides-traffic v |  |  | of a version that no supported server has
flowcontrol.apiserver.k8s.io FlowSchema C inert v
flowcontrol.apiserver.k8s.io PriorityLevelConfiguration C inert v
networking.k8s.io IPAddress C inert v
networking.k8s.io Ingress N inert v
networking.k8s.io IngressClass C inert v
networking.k8s.io NetworkPolicy N read v
networking.k8s.io ServiceCIDR C inert v
node.k8s.io RuntimeClass C inert v
policy PodDisruptionBudget N inert v
rbac.authorization.k8s.io ClusterRole C inert v
rbac.authorization.k8s.io ClusterRoleBinding C inert v
rbac.authorization.k8s.io Role N inert v
rbac.authorization.k8s.io RoleBinding N inert v
resource.k8s.io DeviceClass C inert v
resource.k8s.io ResourceClaim N inert v
resource.k8s.io ResourceClaimTemplate N inert v
resource.k8s.io ResourceSlice C inert v
scheduling.k8s.io PriorityClass C inert v
storage.k8s.io CSIDriver C inert v
storage.k8s.io CSINode C inert v
storage.k8s.io CSIStorageCapacity N inert v
storage.k8s.io StorageClass C inert v
storage.k8s.io VolumeAttachment C inert v
`;
