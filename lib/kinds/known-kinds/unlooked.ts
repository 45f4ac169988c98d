/**
 * Kinds of which only the schema is known: it has no pod spec. Nobody looked at their controllers, which may make pods all
 * the same, so they are said as unknown ones are. One line an API group.
 */
export const UNLOOKED = `
access.strimzi.io: KafkaAccess N
acid.zalan.do: OperatorConfiguration N, PostgresTeam N
acme.cert-manager.io: Order N
ai.mongodb.com: VoyageAI N
apiextensions.openshift.io: CompatibilityRequirement C
apiserver.openshift.io: APIRequestCount C
apisix.apache.org: ApisixClusterConfig C, ApisixConsumer N, ApisixGlobalRule N, ApisixPluginConfig N, ApisixRoute N, ApisixTls N, ApisixUpstream N, BackendTrafficPolicy N, Consumer N, GatewayProxy N, HTTPRoutePolicy N, PluginConfig N
apps.foundationdb.org: FoundationDBRestore N
apps.langchain.ai: LGP N
argocd-image-updater.argoproj.io: ImageUpdater N
argoproj.io: AppProject N, ArgoCDExport N, NamespaceManagement N, NotificationsConfiguration N, WorkflowArtifactGCTask N, WorkflowEventBinding N, WorkflowTaskResult N, WorkflowTaskSet N
authentication.concierge.pinniped.dev: JWTAuthenticator C, WebhookAuthenticator C
authorization.openshift.io: RoleBindingRestriction N
autoscaling.aibrix.ai: PodAutoscaler N
autoscaling.k8s.elastic.co: ElasticsearchAutoscaler N
autoscaling.k8s.io: VerticalPodAutoscaler N, VerticalPodAutoscalerCheckpoint N
barmancloud.cnpg.io: ObjectStore N
bitnami.com: SealedSecret N
capsule.clastix.io: CapsuleConfiguration C, CustomQuota N, GlobalCustomQuota C, GlobalResourceQuota C, QuantityLedger N, ResourcePool C, ResourcePoolClaim N, RuleStatus N, TenantOwner C
catalog.cattle.io: ClusterRepo C, UIPlugin N
cdi.kubevirt.io: CDI C
clickhouse.altinity.com: ClickHouseInstallationTemplate N, ClickHouseOperatorConfiguration N
cloud.network.openshift.io: CloudPrivateIPConfig C
config.concierge.pinniped.dev: CredentialIssuer C
config.gatekeeper.sh: Config N
config.grafana.com: ProjectConfig N
config.openshift.io: APIServer C, Authentication C, Backup C, Build C, CRIOCredentialProviderConfig C, ClusterImagePolicy C, ClusterMonitoring C, ClusterOperator C, ClusterVersion C, Console C, DNS C, FeatureGate C, Image C, ImageContentPolicy C, ImageDigestMirrorSet C, ImagePolicy N, ImageTagMirrorSet C, Infrastructure C, Ingress C, InsightsDataGather C, Network C, Node C, OAuth C, OperatorHub C, PKI C, Proxy C, Scheduler C
config.supervisor.pinniped.dev: FederationDomain N, OIDCClient N
configuration.konghq.com: AIGatewayDataPlaneCertificate N, EventGatewayBackendCluster N, EventGatewayDataPlaneCertificate N, EventGatewayListener N, EventGatewayListenerPolicy N, EventGatewayVirtualCluster N, EventGatewayVirtualClusterConsumePolicy N, EventGatewayVirtualClusterPolicy N, EventGatewayVirtualClusterProducePolicy N, IngressClassParameters N, KongCACertificate N, KongCertificate N, KongConsumer N, KongConsumerGroup N, KongCredentialACL N, KongCredentialAPIKey N, KongCredentialBasicAuth N, KongCredentialHMAC N, KongCredentialJWT N, KongCustomEntity N, KongDataPlaneClientCertificate N, KongIngress N, KongKey N, KongKeySet N, KongLicense C, KongPluginBinding N, KongReferenceGrant N, KongRoute N, KongSNI N, KongService N, KongTarget N, KongUpstream N, KongUpstreamPolicy N, KongVault C, TCPIngress N, UDPIngress N
connection.gatekeeper.sh: Connection N
console.openshift.io: ConsoleCLIDownload C, ConsoleExternalLogLink C, ConsoleLink C, ConsoleNotification C, ConsolePlugin C, ConsoleQuickStart C, ConsoleSample C, ConsoleYAMLSample C
cozystack.io: SchedulingClass C
crd.antrea.io: AntreaAgentInfo C, AntreaControllerInfo C, AntreaNodeConfig C, BGPPolicy C, ExternalIPPool C, FlowExporterDestination C, IPPool C, NodeLatencyMonitor C, PacketCapture C, SupportBundleCollection C, Traceflow C
crd.projectcalico.org: AlertException C, BFDConfiguration C, BGPConfiguration C, BGPFilter C, BGPPeer C, BlockAffinity C, CalicoNodeStatus C, ClusterInformation C, GlobalAlert C, GlobalAlertTemplate C, GlobalReport C, GlobalReportType C, GlobalThreatFeed C, IPAMBlock C, IPAMConfig C, IPAMHandle C, IPPool C, IPReservation C, KubeControllersConfiguration C, LicenseKey C, ManagedCluster C, Network C, PolicyRecommendationScope C, RemoteClusterConfiguration C, SecurityEventWebhook C, UISettings C, UISettingsGroup C
crd.theia.antrea.io: NetworkPolicyRecommendation N, ThroughputAnomalyDetector N
database.arangodb.com: ArangoClusterSynchronization N, ArangoDeployment N, ArangoMember N, ArangoTask N
dex.coreos.com: AuthCode N
disaggregatedset.x-k8s.io: DisaggregatedSetRoleScaler N
etcd.openshift.io: PacemakerCluster C
eventing.keda.sh: CloudEventSource N, ClusterCloudEventSource C
extensions.higress.io: WasmPlugin N
externaldata.gatekeeper.sh: Provider C
externaldns.k8s.io: DNSEndpoint N
fleet.cattle.io: Cluster N, ClusterGroup N
frrk8s.metallb.io: BGPSessionState N, FRRConfiguration N, FRRK8sConfiguration N, FRRNodeState C
gateway-operator.konghq.com: AIGateway N, DataPlaneMetricsExtension N, KongPluginInstallation N, KonnectExtension N, WatchNamespaceGrant N
gateway.envoyproxy.io: Backend N, BackendTrafficPolicy N, ClientTrafficPolicy N, HTTPRouteFilter N
gateway.kgateway.dev: DirectResponse N, GatewayParameters N, HTTPListenerPolicy N, ListenerPolicy N, RoutePolicy N, Upstream N
generators.external-secrets.io: ACRAccessToken N, BeyondtrustWorkloadCredentialsDynamicSecret N, CloudsmithAccessToken N, ClusterGenerator C, ECRAuthorizationToken N, Fake N, GCRAccessToken N, GeneratorState N, GithubAccessToken N, GitlabDeployToken N, Grafana N, MFA N, Password N, QuayAccessToken N, SSHKey N, STSSessionToken N, UUID N, VaultDynamicSecret N, Webhook N
grafana.integreatly.org: GrafanaAlertRuleGroup N, GrafanaContactPoint N, GrafanaDashboard N, GrafanaDatasource N, GrafanaFolder N, GrafanaLibraryPanel N, GrafanaMuteTiming N, GrafanaNotificationPolicy N, GrafanaNotificationPolicyRoute N, GrafanaNotificationTemplate N
groupsnapshot.storage.k8s.io: VolumeGroupSnapshot N, VolumeGroupSnapshotClass C, VolumeGroupSnapshotContent C
helm.openshift.io: HelmChartRepository C, ProjectHelmChartRepository N
hostpathprovisioner.kubevirt.io: HostPathProvisioner C
http.keda.sh: HTTPScaledObject N, InterceptorRoute N
hub.traefik.io: AIService N, API N, APIAuth N, APIBundle N, APICatalogItem N, APIPlan N, APIPortal N, APIPortalAuth N, APIRateLimit N, APIVersion N, ContentItem N, ManagedApplication N, ManagedSubscription N, Uplink N
idp.supervisor.pinniped.dev: ActiveDirectoryIdentityProvider N, GitHubIdentityProvider N, LDAPIdentityProvider N, OIDCIdentityProvider N
image.openshift.io: ImageStream N
image.toolkit.fluxcd.io: ImagePolicy N, ImageRepository N, ImageUpdateAutomation N
imageregistry.operator.openshift.io: Config C, ImagePruner C
inference.networking.k8s.io: InferencePool N
inference.networking.x-k8s.io: InferenceModelRewrite N, InferenceObjective N, InferencePoolImport N
insights.openshift.io: DataGather C
jetstream.nats.io: Account N, Consumer N, KeyValue N, ObjectStore N, Stream N, StreamTemplate N
k8s.mariadb.com: Backup N, Connection N, Database N, ExternalMariaDB N, Grant N, PhysicalBackup N, Restore N, SqlJob N, User N
k8s.otterize.com: KafkaServerConfig N, MySQLServerConfig N, PostgreSQLServerConfig N
kafka.strimzi.io: KafkaConnector N, KafkaMirrorMaker N, KafkaRebalance N, KafkaTopic N, KafkaUser N
kaito.sh: ModelMirror C
kamaji.clastix.io: DataStore C, KubeconfigGenerator C
konnect.konghq.com: AIGatewayAgent N, AIGatewayConsumer N, AIGatewayConsumerCredential N, AIGatewayConsumerGroup N, AIGatewayIdentityProvider N, AIGatewayMCPServer N, AIGatewayModel N, AIGatewayModelProvider N, AIGatewayPolicy N, KonnectAIGateway N, KonnectAPIAuthConfiguration N, KonnectCloudGatewayDataPlaneGroupConfiguration N, KonnectCloudGatewayNetwork N, KonnectCloudGatewayTransitGateway N, KonnectEventGateway N, KonnectExtension N, KonnectGatewayControlPlane N, MCPServer N, Portal N, PortalCustomDomain N, PortalCustomization N, PortalEmailConfig N, PortalIPAllowList N, PortalIdentityProviderRequest N, PortalPage N, PortalTeam N
kubeflow.org: Experiment N, PodDefault N, ScheduledWorkflow N, Suggestion N, Trial N, Viewer N
kubevirt.io: KWebUI C, KubevirtCommonTemplatesBundle N, KubevirtMetricsAggregation N, KubevirtNodeLabellerBundle N, KubevirtTemplateValidator N, NodeMaintenance C, V2VVmware N
kyverno.io: GlobalContextEntry C, PolicyException N, UpdateRequest N
llm-d.ai: InferenceModelRewrite N, InferenceObjective N
loki.grafana.com: AlertingRule N, RecordingRule N, RulerConfig N
machine.openshift.io: ControlPlaneMachineSet N, Machine N, MachineHealthCheck N, MachineSet N
machineconfiguration.openshift.io: ContainerRuntimeConfig C, ControllerConfig C, InternalReleaseImage C, KubeletConfig C, MachineConfig C, MachineConfigNode C, MachineConfigPool C, MachineOSBuild C, MachineOSConfig C, OSImageStream C, PinnedImageSet C
management.cattle.io: ClusterProxyConfig N, ClusterRoleTemplateBinding N, DynamicSchema C, GlobalRole C, GlobalRoleBinding C, NodeDriver C, OIDCClient C, ProjectRoleTemplateBinding N, ProxyEndpoint C, RoleTemplate C, User C
metacontroller.k8s.io: ControllerRevision N
metallb.io: BFDProfile N, BGPAdvertisement N, BGPPeer N, Community N, ConfigurationState N, IPAddressPool N, L2Advertisement N, ServiceBGPStatus N, ServiceL2Status N
migration.projectcalico.org: DatastoreMigration C
mlops.seldon.io: Experiment N, Model N, Pipeline N
model.aibrix.ai: ModelAdapter N, ModelClaim N
mongodb.com: ClusterMongoDBRole C, MongoDBUser N
monitoring.coreos.com: AlertmanagerConfig N, PodMonitor N, Probe N, PrometheusRule N, ScrapeConfig N, ServiceMonitor N
monitoring.grafana.com: Integration N, LogsInstance N, MetricsInstance N, PodLogs N
monitoring.openshift.io: AlertRelabelConfig N, AlertingRule N
multicluster.crd.antrea.io: ClusterClaim N, ClusterInfoImport N, ClusterSet N, Gateway N, MemberClusterAnnounce N, MultiClusterConfig N
multicluster.x-k8s.io: ServiceExport N, ServiceImport N
nats.io: NatsCluster N, NatsServiceRole N
network.operator.openshift.io: EgressRouter N
networkaddonsoperator.network.kubevirt.io: NetworkAddonsConfig C
networking.higress.io: Http2Rpc N, McpBridge N
nim.opendatahub.io: Account N
notification.toolkit.fluxcd.io: Alert N, Provider N, Receiver N
nvidia.com: GPUCluster C
operator.openshift.io: Authentication C, CloudCredential C, ClusterCSIDriver C, Config C, Console C, DNS C, Etcd C, IngressController N, InsightsOperator C, KubeAPIServer C, KubeControllerManager C, KubeScheduler C, KubeStorageVersionMigrator C, OLM C, OpenShiftAPIServer C, OpenShiftControllerManager C, ServiceCA C, Storage C
operator.tigera.io: ApplicationLayer C, ImageSet C, Istio C, NonClusterHost C, PacketCaptureAPI C, PolicyRecommendation C, TLSPassThroughRoute N, TLSTerminatedRoute N, Tenant N, TigeraStatus C
operator.victoriametrics.com: VMAlertmanagerConfig N, VMNodeScrape N, VMPodScrape N, VMProbe N, VMRule N, VMScrapeConfig N, VMServiceScrape N, VMStaticScrape N, VMUser N
operators.coreos.com: OLMConfig C, Operator C, OperatorCondition N, OperatorGroup N
pipelines.kubeflow.org: Pipeline N, PipelineVersion N
piraeus.io: LinstorCluster C, LinstorNodeConnection C, LinstorSatellite C, LinstorSatelliteConfiguration C
policies.kyverno.io: ImageValidatingPolicy C, NamespacedImageValidatingPolicy N, NamespacedValidatingPolicy N, PolicyException N, ValidatingPolicy C
postgresql.cnpg.io: Backup N, ClusterImageCatalog C, Database N, DatabaseRole N, FailoverQuorum N, ImageCatalog N, Publication N, ScheduledBackup N, Subscription N
production-stack.vllm.ai: LoraAdapter N
projectcalico.org: AlertException C, BFDConfiguration C, BGPConfiguration C, BGPFilter C, BGPPeer C, BlockAffinity C, CalicoNodeStatus C, ClusterInformation C, GlobalAlert C, GlobalAlertTemplate C, GlobalReport C, GlobalReportType C, GlobalThreatFeed C, IPAMBlock C, IPAMConfiguration C, IPAMHandle C, IPPool C, IPReservation C, KubeControllersConfiguration C, LicenseKey C, ManagedCluster C, Network C, PolicyRecommendationScope C, RemoteClusterConfiguration C, SecurityEventWebhook C, UISettings C, UISettingsGroup C
projectcontour.io: ContourConfiguration N, ExtensionService N, HTTPProxy N, TLSCertificateDelegation N
psmdb.percona.com: PerconaServerMongoDBBackup N, PerconaServerMongoDBRestore N
rabbitmq.com: Binding N, Exchange N, Federation N, OperatorPolicy N, Permission N, Policy N, Queue N, SchemaReplication N, Shovel N, SuperStream N, TopicPermission N, User N, Vhost N
reports.kyverno.io: ClusterEphemeralReport C, EphemeralReport N
resource.nvidia.com: ComputeDomain N, ComputeDomainClique N
retina.sh: Capture N, MetricsConfiguration C, RetinaEndpoint N, TracesConfiguration C
rke.cattle.io: CustomMachine N, ETCDSnapshot N, RKEBootstrap N, RKEBootstrapTemplate N, RKECluster N, RKEControlPlane N
rollout-operator.grafana.com: ReplicaTemplate N, ZoneAwarePodDisruptionBudget N
route.openshift.io: Route N
serving.kserve.io: Predictor N
serving.kubeflow.org: TrainedModel N
snapshot.storage.k8s.io: VolumeSnapshot N, VolumeSnapshotClass C, VolumeSnapshotContent C
source.toolkit.fluxcd.io: Bucket N, GitRepository N, HelmChart N, HelmRepository N, OCIRepository N
stackconfigpolicy.k8s.elastic.co: StackConfigPolicy N
status.gatekeeper.sh: ConfigPodStatus N, ConnectionPodStatus N, ConstraintPodStatus N, ConstraintTemplatePodStatus N, ExpansionTemplatePodStatus N, MutatorPodStatus N, ProviderPodStatus N
sts.min.io: PolicyBinding N
syncset.gatekeeper.sh: SyncSet C
tailscale.com: ProxyGroupPolicy N, Tailnet C
templates.gatekeeper.sh: ConstraintTemplate C
tensorboard.kubeflow.org: Tensorboard N
toolhive.stacklok.dev: MCPAuthzConfig N, MCPExternalAuthConfig N, MCPGroup N, MCPOIDCConfig N, MCPServerEntry N, MCPTelemetryConfig N, MCPToolConfig N, MCPWebhookConfig N, VirtualMCPCompositeToolDefinition N
topology.node.k8s.io: NodeResourceTopology C
traefik.io: IngressRoute N, IngressRouteTCP N, IngressRouteUDP N, ServersTransport N, ServersTransportTCP N, TLSOption N, TLSStore N, TraefikService N
trainer.kubeflow.org: OptimizationJob N
velero.io: Backup N, BackupRepository N, BackupStorageLocation N, DataDownload N, DataUpload N, DeleteBackupRequest N, DownloadRequest N, PodVolumeBackup N, PodVolumeRestore N, Schedule N, ServerStatusRequest N, VolumeSnapshotLocation N
wgpolicyk8s.io: ClusterPolicyReport C, PolicyReport N
whereabouts.cni.cncf.io: IPPool N, OverlappingRangeIPReservation N
`;
