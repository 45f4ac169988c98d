/** Kinds that bring objects from elsewhere, or compose them: what they bring is not in the manifest. */
export const BRINGERS = `
addons.cluster.x-k8s.io ClusterResourceSet N brings-objects u |  |  | applies any object in workload clusters
apiextensions.crossplane.io Composition C brings-objects u |  |  | composes any object
argoproj.io Application N brings-objects v |  |  | applies a source: anything
argoproj.io ApplicationSet N brings-objects v |  |  | applies a source: anything
capsule.clastix.io GlobalTenantResource C brings-objects v |  |  | replicates any object, so any policy
capsule.clastix.io TenantResource N brings-objects v |  |  | replicates any object, so any policy
config.openshift.io Project C brings-objects d |  |  | projectRequestTemplate puts objects into every project that is requested
fleet.cattle.io Bundle N brings-objects v |  |  | applies anything
fleet.cattle.io GitRepo N brings-objects u |  |  | applies a repository
helm.cattle.io HelmChart N brings-objects u |  |  | applies a chart
helm.crossplane.io Release C brings-objects u |  |  | renders a chart
helm.toolkit.fluxcd.io HelmRelease N brings-objects v |  |  | renders a chart: anything
kro.run ResourceGraphDefinition C brings-objects u |  |  | composes any object
kubernetes.crossplane.io Object C brings-objects u |  |  | wraps one object in spec.forProvider.manifest
kustomize.toolkit.fluxcd.io Kustomization N brings-objects v |  |  | applies a folder: anything
metacontroller.k8s.io CompositeController C brings-objects u |  |  | hooks make any object
metacontroller.k8s.io DecoratorController C brings-objects u |  |  | hooks make any object
operators.coreos.com ClusterServiceVersion N brings-objects+makes-pods v | spec.install.spec.deployments[].spec.template.spec |  | bundles may carry NetworkPolicies
operators.coreos.com InstallPlan N brings-objects v |  |  | bundles may carry NetworkPolicies
operators.coreos.com Subscription N brings-objects v |  |  | bundles may carry NetworkPolicies
policy.open-cluster-management.io ConfigurationPolicy N brings-objects u |  |  | object-templates: anything
policy.open-cluster-management.io Policy N brings-objects u |  |  | object-templates: anything
storage.loft.sh VirtualClusterTemplate ? brings-objects u |  |  | vCluster chart values: policies.networkPolicy.enabled (default false)
template.openshift.io Template N brings-objects v |  |  | objects[] instantiated: anything
tenancy.kiosk.sh Account ? brings-objects u |  |  | templates per account
velero.io Restore N brings-objects u |  |  | brings back whatever was backed up, policies too
work.open-cluster-management.io ManifestWork N brings-objects u |  |  | spec.workload.manifests[]: anything
`;
