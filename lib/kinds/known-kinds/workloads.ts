/** Kinds whose controllers make pods. */
export const WORKLOADS = `
acid.zalan.do postgresql N makes-pods v | (generated) | application=spilo, cluster-name, spilo-role | writes no policy (no NetworkPolicy in its Go code)
acme.cert-manager.io Challenge N makes-pods u | spec.solver.http01.ingress.podTemplate | acme.cert-manager.io/http01-solver=true, http-domain, http-token | http01 solver pod
agent.k8s.elastic.co Agent N makes-pods u | spec.deployment or daemonSet or statefulSet.podTemplate | common.k8s.elastic.co/type=agent, agent.k8s.elastic.co/name
agents.x-k8s.io Sandbox N makes-pods v | spec.podTemplate.spec | agents.x-k8s.io/sandbox-name-hash
aigateway.konghq.com AIGatewayDataPlane N makes-pods v | spec.deployment.podTemplateSpec.spec
apm.k8s.elastic.co ApmServer N makes-pods u | spec.podTemplate | common.k8s.elastic.co/type, <kind>.k8s.elastic.co/name
apps.foundationdb.org FoundationDBBackup N makes-pods v | spec.podTemplateSpec.spec
apps.foundationdb.org FoundationDBCluster N makes-pods v | spec.processes{}.podTemplate.spec
apps.nvidia.com NIMBuild N makes-pods u | (generated) | app=k8s-nim-operator ... | download/build Jobs
apps.nvidia.com NIMCache N makes-pods u | (generated) | app=k8s-nim-operator ... | download/build Jobs
apps.nvidia.com NIMPipeline N makes-pods v | (generated); spec.labels | app=<name>, app.kubernetes.io/name, instance, part-of=nim-service, managed-by=k8s-nim-operator
apps.nvidia.com NIMService N makes-pods v | (generated); spec.labels | app=<name>, app.kubernetes.io/name, instance, part-of=nim-service, managed-by=k8s-nim-operator
apps.nvidia.com NemoCustomizer N makes-pods v | (generated); spec.labels | app=<name>, app.kubernetes.io/name, instance, part-of=nim-service, managed-by=k8s-nim-operator
apps.nvidia.com NemoDatastore N makes-pods v | (generated); spec.labels | app=<name>, app.kubernetes.io/name, instance, part-of=nim-service, managed-by=k8s-nim-operator
apps.nvidia.com NemoEntitystore N makes-pods v | (generated); spec.labels | app=<name>, app.kubernetes.io/name, instance, part-of=nim-service, managed-by=k8s-nim-operator
apps.nvidia.com NemoEvaluator N makes-pods v | (generated); spec.labels | app=<name>, app.kubernetes.io/name, instance, part-of=nim-service, managed-by=k8s-nim-operator
apps.nvidia.com NemoGuardrail N makes-pods v | (generated); spec.labels | app=<name>, app.kubernetes.io/name, instance, part-of=nim-service, managed-by=k8s-nim-operator
argoproj.io AnalysisRun N makes-pods v | spec.metrics[].provider.job.spec.template.spec
argoproj.io AnalysisTemplate N makes-pods v | spec.metrics[].provider.job.spec.template.spec
argoproj.io ClusterAnalysisTemplate C makes-pods v | spec.metrics[].provider.job.spec.template.spec
argoproj.io ClusterWorkflowTemplate C makes-pods v | spec.templates[] (container, script …); labels from spec.podMetadata and templates[].metadata | workflows.argoproj.io/workflow, workflows.argoproj.io/completed
argoproj.io CronWorkflow N makes-pods v | spec.templates[] (container, script …); labels from spec.podMetadata and templates[].metadata | workflows.argoproj.io/workflow, workflows.argoproj.io/completed
argoproj.io EventBus N makes-pods u | spec.template.metadata | eventsource-name, owner-name / sensor-name
argoproj.io EventSource N makes-pods u | spec.template.metadata | eventsource-name, owner-name / sensor-name
argoproj.io Experiment N makes-pods v | spec.templates[].template.spec
argoproj.io Rollout N makes-pods u | spec.template (or spec.workloadRef) | rollouts-pod-template-hash
argoproj.io Sensor N makes-pods u | spec.template.metadata | eventsource-name, owner-name / sensor-name
argoproj.io Workflow N makes-pods v | spec.templates[] (container, script …); labels from spec.podMetadata and templates[].metadata | workflows.argoproj.io/workflow, workflows.argoproj.io/completed
argoproj.io WorkflowTemplate N makes-pods v | spec.templates[] (container, script …); labels from spec.podMetadata and templates[].metadata | workflows.argoproj.io/workflow, workflows.argoproj.io/completed
autoops.k8s.elastic.co AutoOpsAgentPolicy N makes-pods v | spec.podTemplate.spec
batch.volcano.sh CronJob ? makes-pods u | spec.jobTemplate.spec.tasks[].template | as Job
batch.volcano.sh Job ? makes-pods u | spec.tasks[].template | volcano.sh/job-name, volcano.sh/job-namespace, volcano.sh/queue-name, volcano.sh/task-spec
beat.k8s.elastic.co Beat N makes-pods u | spec.deployment or daemonSet.podTemplate | common.k8s.elastic.co/type=beat, beat.k8s.elastic.co/name
ceph.rook.io CephCluster ? makes-pods v | (generated) | app=rook-ceph-<daemon>, rook_cluster, ceph_daemon_id, ceph_daemon_type | writes no policy
ceph.rook.io CephFilesystem ? makes-pods v | (generated) | app=rook-ceph-<daemon>, rook_cluster, ceph_daemon_id, ceph_daemon_type | writes no policy
ceph.rook.io CephFilesystemMirror ? makes-pods v | (generated) | app=rook-ceph-<daemon>, rook_cluster, ceph_daemon_id, ceph_daemon_type | writes no policy
ceph.rook.io CephNFS ? makes-pods v | (generated) | app=rook-ceph-<daemon>, rook_cluster, ceph_daemon_id, ceph_daemon_type | writes no policy
ceph.rook.io CephObjectStore ? makes-pods v | (generated) | app=rook-ceph-<daemon>, rook_cluster, ceph_daemon_id, ceph_daemon_type | writes no policy
ceph.rook.io CephRBDMirror ? makes-pods v | (generated) | app=rook-ceph-<daemon>, rook_cluster, ceph_daemon_id, ceph_daemon_type | writes no policy
clickhouse-keeper.altinity.com ClickHouseKeeperInstallation N makes-pods u | spec.templates.podTemplates[].spec | clickhouse-keeper.altinity.com/app=chop, /chk
clickhouse.altinity.com ClickHouseInstallation N makes-pods u | spec.templates.podTemplates[].spec | clickhouse.altinity.com/app=chop, /chi, /cluster, /shard, /replica
core.strimzi.io StrimziPodSet N makes-pods v | spec.pods[] | as written | spec.pods[] are whole Pods
databases.spotahome.com RedisFailover N makes-pods u | (generated) | app.kubernetes.io/name=<name>, component=redis/sentinel, part-of=redis-failover
datasciencepipelinesapplications.opendatahub.io DataSciencePipelinesApplication N makes-pods u | (generated) | app=ds-pipeline-<name> | its operator ships NetworkPolicies too
disaggregatedset.x-k8s.io DisaggregatedSet N makes-pods v | spec.roles[].spec.leaderWorkerTemplate.* | disaggregatedset.x-k8s.io/name, role, slice, revision
elasticsearch.k8s.elastic.co Elasticsearch N makes-pods v | spec.nodeSets[].podTemplate | common.k8s.elastic.co/type=elasticsearch, elasticsearch.k8s.elastic.co/cluster-name, statefulset-name, node-master, node-data ... | operator writes no policy; chart eck-operator softMultiTenancy does
enterprisesearch.k8s.elastic.co EnterpriseSearch N makes-pods u | spec.podTemplate | common.k8s.elastic.co/type, <kind>.k8s.elastic.co/name
eventgateway.konghq.com KegDataPlane N makes-pods v | spec.deployment.podTemplateSpec.spec
eventing.knative.dev Broker ? makes-pods u | (generated) | eventing.knative.dev/broker
eventing.knative.dev Trigger ? makes-pods u | (generated) | eventing.knative.dev/broker
feast.dev FeatureStore N makes-pods u | (generated) | feast.dev/name, feast.dev/service-type
flink.apache.org FlinkDeployment ? makes-pods u | spec.podTemplate, spec.jobManager.podTemplate, spec.taskManager.podTemplate | app=<name>, component=jobmanager/taskmanager, type=flink-native-kubernetes
gateway-operator.konghq.com ControlPlane N makes-pods u | spec.deployment.podTemplateSpec | gateway-operator.konghq.com/*
gateway-operator.konghq.com DataPlane N makes-pods u | spec.deployment.podTemplateSpec | gateway-operator.konghq.com/*
gateway-operator.konghq.com GatewayConfiguration N makes-pods v | spec.controlPlaneOptions.deployment.podTemplateSpec.spec ; spec.dataPlaneOptions.deployment.podTemplateSpec.spec
gateway.envoyproxy.io EnvoyProxy N makes-pods u | spec.provider.kubernetes.envoyDeployment.pod (no PodSpec) | gateway.envoyproxy.io/owning-gateway-name, -namespace | provider.kubernetes.envoyDeployment/envoyDaemonSet.pod
gateway.networking.k8s.io Gateway N makes-pods v |  | gateway.networking.k8s.io/gateway-name (Istio, EG, kgateway) | by the gateway controller, no pod template here
grafana.integreatly.org Grafana N makes-pods u | spec.deployment.spec.template | app=<name>
jobset.x-k8s.io JobSet N makes-pods v | spec.replicatedJobs[].template.spec.template | jobset.sigs.k8s.io/jobset-name, replicatedjob-name, job-index, job-global-index, job-key
k8s.mariadb.com MariaDB N makes-pods u | (generated); spec.podMetadata | app.kubernetes.io/name=mariadb, instance
k8s.mariadb.com MaxScale N makes-pods u | (generated); spec.podMetadata | app.kubernetes.io/name=mariadb, instance
kafka.strimzi.io KafkaBridge N makes-pods v | spec.template.pod (metadata only) | strimzi.io/cluster, kind, name | no policy
kafka.strimzi.io KafkaNodePool N makes-pods v | spec.template.pod (metadata only) | strimzi.io/pool-name | pods of its Kafka
kagent.dev Agent N makes-pods u | (generated) spec.declarative or byo.deployment | app=kagent, kagent=<name>
kagent.dev SandboxAgent N makes-pods u | (generated) spec.declarative or byo.deployment | app=kagent, kagent=<name>
kagent.dev ToolServer N makes-pods u | stdio: in the agent
kaito.sh InferenceSet N makes-pods u | (through Workspaces) | as Workspace
kaito.sh MultiRoleInference N makes-pods u | (through Workspaces) | as Workspace
kaito.sh RAGEngine N makes-pods v | (generated); spec.inference.template | kaito.sh/workspace, kaito.sh/workspacenamespace, kaito.sh/inference-role; kaito.sh/ragengine
kaito.sh Workspace N makes-pods v | (generated); spec.inference.template | kaito.sh/workspace, kaito.sh/workspacenamespace, kaito.sh/inference-role; kaito.sh/ragengine
kamaji.clastix.io TenantControlPlane N makes-pods u | (generated) | kamaji.clastix.io/name
keda.sh ScaledJob N makes-pods u | spec.jobTargetRef.template | as Job; scaledjob.keda.sh/name
kibana.k8s.elastic.co Kibana N makes-pods u | spec.podTemplate | common.k8s.elastic.co/type, <kind>.k8s.elastic.co/name
kubeflow.org JAXJob N makes-pods u | spec.jaxReplicaSpecs.<Role>.template | training.kubeflow.org/job-name, replica-type, replica-index, operator-name
kubeflow.org MPIJob N makes-pods u | spec.mpiReplicaSpecs.<Role>.template | training.kubeflow.org/job-name, replica-type, replica-index, operator-name
kubeflow.org MXJob N makes-pods u | spec.mxReplicaSpecs.<Role>.template | training.kubeflow.org/job-name, replica-type, replica-index, operator-name
kubeflow.org PVCViewer N makes-pods v | spec.podSpec
kubeflow.org PaddleJob N makes-pods u | spec.paddleReplicaSpecs.<Role>.template | training.kubeflow.org/job-name, replica-type, replica-index, operator-name
kubeflow.org PyTorchJob N makes-pods u | spec.pytorchReplicaSpecs.<Role>.template | training.kubeflow.org/job-name, replica-type, replica-index, operator-name
kubeflow.org TFJob N makes-pods u | spec.tfReplicaSpecs.<Role>.template | training.kubeflow.org/job-name, replica-type, replica-index, operator-name
kubeflow.org TrainJob N makes-pods v | (by its runtime; spec.podTemplateOverrides) | as JobSet
kubeflow.org XGBoostJob N makes-pods u | spec.xgbReplicaSpecs.<Role>.template | training.kubeflow.org/job-name, replica-type, replica-index, operator-name
kubernetes.dask.org DaskCluster N makes-pods v | spec.scheduler or worker.spec; job: spec.job.spec, spec.cluster.spec.* | dask.org/cluster-name, dask.org/component, dask.org/workergroup-name
kubernetes.dask.org DaskJob N makes-pods v | spec.scheduler or worker.spec; job: spec.job.spec, spec.cluster.spec.* | dask.org/cluster-name, dask.org/component, dask.org/workergroup-name
kubernetes.dask.org DaskWorkerGroup N makes-pods v | spec.scheduler or worker.spec; job: spec.job.spec, spec.cluster.spec.* | dask.org/cluster-name, dask.org/component, dask.org/workergroup-name
kubevirt.io KubeVirt N makes-pods u | (generated) | kubevirt.io=virt-*
kubevirt.io VirtualMachine N makes-pods u | spec.template (VM) ; labels copied to the virt-launcher pod | kubevirt.io=virt-launcher, vm.kubevirt.io/name
kubevirt.io VirtualMachineInstance N makes-pods u | spec.template (VM) ; labels copied to the virt-launcher pod | kubevirt.io=virt-launcher, vm.kubevirt.io/name
leaderworkerset.x-k8s.io LeaderWorkerSet N makes-pods v | spec.leaderWorkerTemplate.leaderTemplate or workerTemplate | leaderworkerset.sigs.k8s.io/name, group-index, worker-index, group-key
logstash.k8s.elastic.co Logstash N makes-pods u | spec.podTemplate | common.k8s.elastic.co/type, <kind>.k8s.elastic.co/name
machinelearning.seldon.io SeldonDeployment ? makes-pods u | spec.predictors[].componentSpecs[].spec | seldon-deployment-id, seldon-app, app.kubernetes.io/managed-by=seldon-core
maps.k8s.elastic.co ElasticMapsServer N makes-pods u | spec.podTemplate | common.k8s.elastic.co/type, <kind>.k8s.elastic.co/name
milvus.io Milvus ? makes-pods u | spec.components.*.podLabels | app.kubernetes.io/name=milvus, instance, component
minio.min.io Tenant N makes-pods v | (generated); spec.pools[].labels, spec.sideCars | v1.min.io/tenant, v1.min.io/pool
mlops.seldon.io SeldonConfig N makes-pods u | spec.podSpec (template)
mlops.seldon.io SeldonRuntime N makes-pods u | spec.podSpec / spec.overrides[].podSpec (Server) | app=seldon-server ...
mlops.seldon.io Server N makes-pods u | spec.podSpec / spec.overrides[].podSpec (Server) | app=seldon-server ...
mlops.seldon.io ServerConfig N makes-pods u | spec.podSpec (template)
mongodb.com MongoDB N makes-pods u | spec.podSpec.podTemplate / statefulSet | app=<name>-svc, controller=mongodb-enterprise-operator
mongodb.com MongoDBMultiCluster N makes-pods u | spec.podSpec.podTemplate / statefulSet | app=<name>-svc, controller=mongodb-enterprise-operator
mongodb.com MongoDBOpsManager N makes-pods u | spec.podSpec.podTemplate / statefulSet | app=<name>-svc, controller=mongodb-enterprise-operator
mongodb.com MongoDBSearch N makes-pods u | spec.podSpec.podTemplate / statefulSet | app=<name>-svc, controller=mongodb-enterprise-operator
mongodbcommunity.mongodb.com MongoDBCommunity N makes-pods u | spec.statefulSet.spec.template | app=<name>-svc
monitoring.coreos.com Alertmanager N makes-pods u | spec.podMetadata + spec | app.kubernetes.io/name=alertmanager, alertmanager=<name>, instance, managed-by
monitoring.coreos.com Prometheus N makes-pods u | spec.podMetadata + spec (no template; spec.containers patches) | app.kubernetes.io/name=prometheus(-agent), instance, managed-by=prometheus-operator, operator.prometheus.io/name
monitoring.coreos.com PrometheusAgent N makes-pods u | spec.podMetadata + spec (no template; spec.containers patches) | app.kubernetes.io/name=prometheus(-agent), instance, managed-by=prometheus-operator, operator.prometheus.io/name
monitoring.coreos.com ThanosRuler N makes-pods u | spec.podMetadata + spec | app.kubernetes.io/name=thanos-ruler, thanos-ruler=<name>
monitoring.grafana.com GrafanaAgent N makes-pods u | spec
nvidia.com ClusterPolicy C makes-pods v | (generated DaemonSets) | app=nvidia-...-daemonset | ClusterPolicy here is no network policy; Kyverno has the same kind name
nvidia.com NVIDIADriver C makes-pods v | (generated DaemonSets) | app=nvidia-...-daemonset | ClusterPolicy here is no network policy; Kyverno has the same kind name
opensearch.opster.io OpenSearchCluster ? makes-pods u | spec.nodePools[] (labels) | opster.io/opensearch-cluster, opster.io/opensearch-nodepool, opensearch.role
openwebui.com Terminal N makes-pods u | (generated)
operator.victoriametrics.com VLAgent N makes-pods u | spec | app.kubernetes.io/name=<kind>, instance, managed-by=vm-operator
operator.victoriametrics.com VLCluster N makes-pods u | spec.vlinsert ; spec.vlselect ; spec.vlstorage | app.kubernetes.io/name=<kind>, instance, managed-by=vm-operator
operator.victoriametrics.com VLSingle N makes-pods u | spec | app.kubernetes.io/name=<kind>, instance, managed-by=vm-operator
operator.victoriametrics.com VLogs N makes-pods u | spec | app.kubernetes.io/name=<kind>, instance, managed-by=vm-operator
operator.victoriametrics.com VMAgent N makes-pods u | spec | app.kubernetes.io/name=<kind>, instance, managed-by=vm-operator
operator.victoriametrics.com VMAlert N makes-pods u | spec | app.kubernetes.io/name=<kind>, instance, managed-by=vm-operator
operator.victoriametrics.com VMAlertmanager N makes-pods u | spec | app.kubernetes.io/name=<kind>, instance, managed-by=vm-operator
operator.victoriametrics.com VMAnomaly N makes-pods u | spec | app.kubernetes.io/name=<kind>, instance, managed-by=vm-operator
operator.victoriametrics.com VMAuth N makes-pods u | spec | app.kubernetes.io/name=<kind>, instance, managed-by=vm-operator
operator.victoriametrics.com VMCluster N makes-pods u | spec.vminsert ; spec.vmselect ; spec.vmstorage | app.kubernetes.io/name=<kind>, instance, managed-by=vm-operator
operator.victoriametrics.com VMDistributed N makes-pods u | spec.vmauth.spec ; spec.zoneCommon.vmagent.spec ; spec.zones[].vmagent.spec | app.kubernetes.io/name=<kind>, instance, managed-by=vm-operator
operator.victoriametrics.com VMSingle N makes-pods u | spec | app.kubernetes.io/name=<kind>, instance, managed-by=vm-operator
operator.victoriametrics.com VTCluster N makes-pods u | spec.insert ; spec.select ; spec.storage | app.kubernetes.io/name=<kind>, instance, managed-by=vm-operator
operator.victoriametrics.com VTSingle N makes-pods u | spec | app.kubernetes.io/name=<kind>, instance, managed-by=vm-operator
orchestration.aibrix.ai KVCache N makes-pods u | see schema paths | orchestration.aibrix.ai/*
orchestration.aibrix.ai PodSet N makes-pods u | see schema paths | orchestration.aibrix.ai/*
orchestration.aibrix.ai RayClusterFleet N makes-pods u | see schema paths | orchestration.aibrix.ai/*
orchestration.aibrix.ai RayClusterReplicaSet N makes-pods u | see schema paths | orchestration.aibrix.ai/*
orchestration.aibrix.ai RoleSet N makes-pods u | see schema paths | orchestration.aibrix.ai/*
orchestration.aibrix.ai StormService N makes-pods u | see schema paths | orchestration.aibrix.ai/*
packageregistry.k8s.elastic.co PackageRegistry N makes-pods u | spec.podTemplate | common.k8s.elastic.co/type, <kind>.k8s.elastic.co/name
pgv2.percona.com PerconaPGCluster ? makes-pods u | (generated) | postgres-operator.crunchydata.com/cluster, /instance, /role
postgres-operator.crunchydata.com PGAdmin ? makes-pods u | (generated) | postgres-operator.crunchydata.com/cluster, /instance, /instance-set, /role
postgres-operator.crunchydata.com PostgresCluster ? makes-pods u | (generated) | postgres-operator.crunchydata.com/cluster, /instance, /instance-set, /role
postgresql.cnpg.io Cluster N makes-pods v | (generated) | cnpg.io/cluster, cnpg.io/instanceName, cnpg.io/instanceRole, cnpg.io/podRole=instance; jobs cnpg.io/jobRole | writes no policy
postgresql.cnpg.io Pooler N makes-pods v | spec.template | cnpg.io/poolerName, cnpg.io/podRole=pooler, cnpg.io/cluster
production-stack.vllm.ai CacheServer N makes-pods v | (generated) | app=<name>, model
production-stack.vllm.ai VLLMRouter N makes-pods v | (generated) | app=<name>, model
production-stack.vllm.ai VLLMRuntime N makes-pods v | (generated) | app=<name>, model
projectcontour.io ContourDeployment N makes-pods u | (generated) | app=envoy/contour
ps.percona.com PerconaServerMySQL ? makes-pods u | (generated) | app.kubernetes.io/name=percona-server, instance, component
psmdb.percona.com PerconaServerMongoDB N makes-pods u | (generated); replsets[].labels | app.kubernetes.io/name=percona-server-mongodb, instance, component, replset
pxc.percona.com PerconaXtraDBCluster ? makes-pods u | (generated) | app.kubernetes.io/name=percona-xtradb-cluster, instance, component=pxc/haproxy/proxysql
rabbitmq.com RabbitmqCluster N makes-pods u | (generated); spec.override.statefulSet | app.kubernetes.io/name=<cluster>, component=rabbitmq, part-of=rabbitmq
redis.redis.opstreelabs.in Redis ? makes-pods u | (generated) | app=<name>, redis_setup_type, role
redis.redis.opstreelabs.in RedisCluster ? makes-pods u | (generated) | app=<name>, redis_setup_type, role
redis.redis.opstreelabs.in RedisReplication ? makes-pods u | (generated) | app=<name>, redis_setup_type, role
redis.redis.opstreelabs.in RedisSentinel ? makes-pods u | (generated) | app=<name>, redis_setup_type, role
serving.knative.dev Configuration ? makes-pods v | spec.template (Service, Configuration); spec (Revision) | app, serving.knative.dev/service, /configuration, /revision, /revisionUID | Knative serving writes no policies (no NetworkPolicy or AuthorizationPolicy in its Go code)
serving.knative.dev Revision ? makes-pods v | spec.template (Service, Configuration); spec (Revision) | app, serving.knative.dev/service, /configuration, /revision, /revisionUID | Knative serving writes no policies (no NetworkPolicy or AuthorizationPolicy in its Go code)
serving.knative.dev Service ? makes-pods v | spec.template (Service, Configuration); spec (Revision) | app, serving.knative.dev/service, /configuration, /revision, /revisionUID | Knative serving writes no policies (no NetworkPolicy or AuthorizationPolicy in its Go code)
serving.kserve.io InferenceGraph N makes-pods u | (generated) | serving.kserve.io/inferencegraph
serving.kserve.io InferenceService N makes-pods v | spec.predictor or transformer or explainer | serving.kserve.io/inferenceservice, component, app=isvc.<name>; Knative mode adds serving.knative.dev/*
serving.kserve.io LLMInferenceService N makes-pods u | spec.template, spec.worker, spec.prefill.*, spec.router.scheduler.template | app.kubernetes.io/name, component, part-of=llminferenceservice
serving.kubeflow.org InferenceService N makes-pods v | spec.explainer ; spec.predictor ; spec.transformer
sources.knative.dev ApiServerSource ? makes-pods u | ContainerSource spec.template | sources.knative.dev/*
sources.knative.dev ContainerSource ? makes-pods u | ContainerSource spec.template | sources.knative.dev/*
sources.knative.dev PingSource ? makes-pods u | ContainerSource spec.template | sources.knative.dev/*
sources.knative.dev SinkBinding ? makes-pods u | ContainerSource spec.template | sources.knative.dev/*
sparkoperator.k8s.io ScheduledSparkApplication N makes-pods u | spec.driver or executor (.template); scheduled: spec.template.driver or executor | spark-role, sparkoperator.k8s.io/app-name, spark-app-selector
sparkoperator.k8s.io SparkApplication N makes-pods u | spec.driver or executor (.template); scheduled: spec.template.driver or executor | spark-role, sparkoperator.k8s.io/app-name, spark-app-selector
tailscale.com Connector C makes-pods u | (generated); ProxyClass.spec.statefulSet.pod | tailscale.com/managed=true, parent-resource
tailscale.com DNSConfig C makes-pods u | (generated); ProxyClass.spec.statefulSet.pod | tailscale.com/managed=true, parent-resource
tailscale.com PeerRelay C makes-pods u | (generated); ProxyClass.spec.statefulSet.pod | tailscale.com/managed=true, parent-resource
tailscale.com ProxyGroup C makes-pods u | (generated); ProxyClass.spec.statefulSet.pod | tailscale.com/managed=true, parent-resource
tailscale.com Recorder C makes-pods u | (generated); ProxyClass.spec.statefulSet.pod | tailscale.com/managed=true, parent-resource
tekton.dev PipelineRun N makes-pods u | spec.podTemplate (partial); steps in tasks | tekton.dev/taskRun, tekton.dev/pipelineRun, app.kubernetes.io/managed-by=tekton-pipelines
tekton.dev TaskRun N makes-pods u | spec.podTemplate (partial); steps in tasks | tekton.dev/taskRun, tekton.dev/pipelineRun, app.kubernetes.io/managed-by=tekton-pipelines
tempo.grafana.com TempoMonolithic N makes-pods u |  | app.kubernetes.io/name=tempo-monolithic | no networkPolicy field seen
toolhive.stacklok.dev EmbeddingServer N makes-pods u | spec.podTemplateSpec (raw) | app.kubernetes.io/name, instance, toolhive=true, toolhive-name
toolhive.stacklok.dev MCPRegistry N makes-pods u | spec.podTemplateSpec (raw) | app.kubernetes.io/name, instance, toolhive=true, toolhive-name
toolhive.stacklok.dev MCPRemoteProxy N makes-pods u | spec.podTemplateSpec (raw) | app.kubernetes.io/name, instance, toolhive=true, toolhive-name
toolhive.stacklok.dev MCPServer N makes-pods u | spec.podTemplateSpec (raw) | app.kubernetes.io/name, instance, toolhive=true, toolhive-name
toolhive.stacklok.dev VirtualMCPServer N makes-pods u | spec.podTemplateSpec (raw) | app.kubernetes.io/name, instance, toolhive=true, toolhive-name
trainer.kubeflow.org TrainJob N makes-pods v | (by its runtime; spec.podTemplateOverrides) | as JobSet
valkey.io ValkeyCluster N makes-pods u | (generated)
valkey.io ValkeyNode N makes-pods u | (generated)
`;
