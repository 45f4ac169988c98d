import type { IConstruct } from 'constructs';
import type {
  AgentTierProps,
  DataTierProps,
  GatewayTierProps,
  InferenceTierProps,
  TierProps,
  ZeroTrustNamespace,
} from '../tiers';
import type { HttpRule } from '../values/http-rule';
import type { CatalogSystem } from './catalog-system';
import type * as Described from './described';
import type { CatalogEntry } from './entry';
import type * as Made from './made-tiers';
import type { CatalogMatch } from './match';
import type * as Matched from './matched';
import type { CatalogSystemOptions, CatalogTierOptions } from './options';

/**
 * Known systems, by name: which pods they are, the ports that they serve on, and the flows that they cannot do without, from
 * sources that `docs/catalog.md` names. What is for administrators stays closed until `administrationFrom` names them, and
 * so do metrics, hosts outside and telemetry until they are asked for.
 *
 * A system of one kind of pods gives the props of a tier. One of several kinds makes a tier for each, in the namespace that
 * it is given, with the flows among them. `Catalog.system` does the same for any of them, by its id: it is the way for
 * systems of one kind too in languages that cannot hand props over whole.
 *
 * @example
 * const vllm = new InferenceTier(models, 'vllm', Catalog.vllm({ version: '0.33', pods: Pods.of(deployment) }));
 * vllm.connections.allowFrom(gateway, { http: Catalog.requests('vllm'), because: 'users ask the model' });
 * const store = new DataTier(data, 'weaviate', Catalog.weaviate());
 * const ray = Catalog.rayCluster(models, 'ray', { metricsFrom: [prometheus] });
 * ray.tier('head').connections.allowFrom(gateway, { because: 'users ask Ray Serve' });
 */
export class Catalog {
  /** Ids of all systems that are known. */
  public static ids(): string[] {
    return described().systemIds();
  }

  /**
   * What is known of a system.
   *
   * @param id `vllm`.
   * @throws for an id that is none.
   */
  public static entry(id: string): CatalogEntry {
    return described().describedSystem(id);
  }

  /**
   * The requests of a system that are for users, for `http` of a flow: all others are refused by engines that tell requests
   * apart. Empty where every request is for users.
   *
   * @param id `vllm`.
   * @throws for an id that is none.
   */
  public static requests(id: string): HttpRule[] {
    return described().requestsForUsers(id);
  }

  /**
   * Which of the workloads of a construct are known systems, by image, kind and labels, and in what their tiers differ from
   * what the systems need.
   *
   * @param construct an app, a chart, a workload.
   * @throws for what is no construct, and for an app that is refused.
   */
  public static match(construct: IConstruct): CatalogMatch[] {
    return matched().matchesIn(construct);
  }

  /**
   * Any system by its id, as a tier for each of its parts.
   *
   * @param scope the namespace that its pods run in.
   * @param id name of the tier; of several, what their names start with.
   * @param system id of the system: `weaviate`.
   * @param options what is said of it.
   * @throws for an id that is none, for pods of which no labels are known, and for names that its facts do not have.
   */
  public static system(
    scope: ZeroTrustNamespace,
    id: string,
    system: string,
    options?: CatalogSystemOptions,
  ): CatalogSystem {
    return made().tiersOfAny(scope, id, system, options);
  }

  /**
   * agent-sandbox: `sandbox`, `router`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static agentSandbox(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'agent-sandbox', options);
  }

  /**
   * agentgateway, for a `GatewayTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static agentgateway(options?: CatalogTierOptions): GatewayTierProps {
    return made().propsOf('agentgateway', options);
  }

  /**
   * AIBrix: `gateway-plugins`, `metadata-service`, `model`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static aibrix(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'aibrix', options);
  }

  /**
   * Airflow: `api-server`, `worker`, `triggerer`, `scheduler`, `statsd`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static airflow(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'airflow', options);
  }

  /**
   * AnythingLLM, for an `AgentTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static anythingLlm(options?: CatalogTierOptions): AgentTierProps {
    return made().propsOf('anything-llm', options);
  }

  /**
   * APISIX, for a `GatewayTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static apisix(options?: CatalogTierOptions): GatewayTierProps {
    return made().propsOf('apisix', options);
  }

  /**
   * Argo Workflows: `server`, `step`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static argoWorkflows(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'argo-workflows', options);
  }

  /**
   * BentoML, for an `InferenceTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static bentoml(options?: CatalogTierOptions): InferenceTierProps {
    return made().propsOf('bentoml', options);
  }

  /**
   * Browserless, for an `AgentTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static browserless(options?: CatalogTierOptions): AgentTierProps {
    return made().propsOf('browserless', options);
  }

  /**
   * Ceph Object Gateway, for a `DataTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static cephRgw(options?: CatalogTierOptions): DataTierProps {
    return made().propsOf('ceph-rgw', options);
  }

  /**
   * cert-manager: `controller`, `cainjector`, `webhook`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static certManager(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'cert-manager', options);
  }

  /**
   * Chroma, for a `DataTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static chroma(options?: CatalogTierOptions): DataTierProps {
    return made().propsOf('chroma', options);
  }

  /**
   * ClickHouse: `server`, `keeper`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static clickhouse(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'clickhouse', options);
  }

  /**
   * CloudNativePG: `instance`, `pooler`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static cloudnativePg(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'cloudnative-pg', options);
  }

  /**
   * DataHub: `gms`, `frontend`, `actions`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static datahub(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'datahub', options);
  }

  /**
   * DCGM exporter, for a `Tier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static dcgmExporter(options?: CatalogTierOptions): TierProps {
    return made().propsOf('dcgm-exporter', options);
  }

  /**
   * Dify: `api`, `worker`, `worker-beat`, `frontend`, `sandbox`, `plugin-daemon`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static dify(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'dify', options);
  }

  /**
   * NVIDIA Dynamo: `frontend`, `worker`, `prefill`, `decode`, `picker`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static dynamo(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'dynamo', options);
  }

  /**
   * Elasticsearch, for a `DataTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static elasticsearch(options?: CatalogTierOptions): DataTierProps {
    return made().propsOf('elasticsearch', options);
  }

  /**
   * Envoy AI Gateway, for a `Tier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static envoyAiGateway(options?: CatalogTierOptions): TierProps {
    return made().propsOf('envoy-ai-gateway', options);
  }

  /**
   * Envoy Gateway: `proxy`, `rate-limit`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static envoyGateway(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'envoy-gateway', options);
  }

  /**
   * External Secrets: `controller`, `webhook`, `cert-controller`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static externalSecrets(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'external-secrets', options);
  }

  /**
   * Feast: `online`, `offline`, `registry`, `ui`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static feast(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'feast', options);
  }

  /**
   * Flowise, for an `AgentTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static flowise(options?: CatalogTierOptions): AgentTierProps {
    return made().propsOf('flowise', options);
  }

  /**
   * NVIDIA GPU Operator: `operator`, `device-plugin`, `node-status`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static gpuOperator(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'gpu-operator', options);
  }

  /**
   * Grafana, for a `Tier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static grafana(options?: CatalogTierOptions): TierProps {
    return made().propsOf('grafana', options);
  }

  /**
   * Harbor: `nginx`, `portal`, `core`, `jobservice`, `registry`, `trivy`, `database`, `redis`, `exporter`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static harbor(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'harbor', options);
  }

  /**
   * Higress, for a `GatewayTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static higress(options?: CatalogTierOptions): GatewayTierProps {
    return made().propsOf('higress', options);
  }

  /**
   * Gateway API Inference Extension, for a `GatewayTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static inferenceExtension(options?: CatalogTierOptions): GatewayTierProps {
    return made().propsOf('inference-extension', options);
  }

  /**
   * Ingress NGINX, for a `GatewayTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static ingressNginx(options?: CatalogTierOptions): GatewayTierProps {
    return made().propsOf('ingress-nginx', options);
  }

  /**
   * Istio, for a `GatewayTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static istio(options?: CatalogTierOptions): GatewayTierProps {
    return made().propsOf('istio', options);
  }

  /**
   * JupyterHub: `hub`, `proxy`, `singleuser-server`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static jupyterhub(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'jupyterhub', options);
  }

  /**
   * Kafka: `broker`, `bridge`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static kafka(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'kafka', options);
  }

  /**
   * kagent: `controller`, `ui`, `agent`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static kagent(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'kagent', options);
  }

  /**
   * KAITO: `model`, `ragengine`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static kaito(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'kaito', options);
  }

  /**
   * KEDA: `operator`, `metrics-apiserver`, `admission-webhooks`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static keda(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'keda', options);
  }

  /**
   * KEDA HTTP add-on, for a `GatewayTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static kedaHttpAddOn(options?: CatalogTierOptions): GatewayTierProps {
    return made().propsOf('keda-http-add-on', options);
  }

  /**
   * kgateway, for a `GatewayTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static kgateway(options?: CatalogTierOptions): GatewayTierProps {
    return made().propsOf('kgateway', options);
  }

  /**
   * Kong, for a `GatewayTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static kong(options?: CatalogTierOptions): GatewayTierProps {
    return made().propsOf('kong', options);
  }

  /**
   * KServe: `predictor`, `transformer`, `explainer`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static kserve(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'kserve', options);
  }

  /**
   * KServe LLMInferenceService: `workload`, `prefill`, `leader`, `worker`, `scheduler`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static kserveLlm(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'kserve-llm', options);
  }

  /**
   * Kubeflow Trainer, for an `InferenceTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static kubeflowTrainer(options?: CatalogTierOptions): InferenceTierProps {
    return made().propsOf('kubeflow-trainer', options);
  }

  /**
   * Kubeflow Training Operator (PyTorchJob), for an `InferenceTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static kubeflowTrainingOperator(options?: CatalogTierOptions): InferenceTierProps {
    return made().propsOf('kubeflow-training-operator', options);
  }

  /**
   * KubeRay operator, for a `Tier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static kuberay(options?: CatalogTierOptions): TierProps {
    return made().propsOf('kuberay', options);
  }

  /**
   * Kueue, for a `Tier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static kueue(options?: CatalogTierOptions): TierProps {
    return made().propsOf('kueue', options);
  }

  /**
   * Langflow: `backend`, `frontend`, `runtime`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static langflow(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'langflow', options);
  }

  /**
   * Langfuse: `web`, `worker`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static langfuse(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'langfuse', options);
  }

  /**
   * LangGraph: `api-server`, `queue`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static langgraph(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'langgraph', options);
  }

  /**
   * LangSmith: `frontend`, `backend`, `platform-backend`, `playground`, `ace-backend`, `ingest-queue`, `queue`,
   * `clickhouse`, `postgres`, `redis`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static langsmith(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'langsmith', options);
  }

  /**
   * LeaderWorkerSet, for a `Tier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static leaderWorkerSet(options?: CatalogTierOptions): TierProps {
    return made().propsOf('leader-worker-set', options);
  }

  /**
   * LiteLLM, for a `GatewayTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static litellm(options?: CatalogTierOptions): GatewayTierProps {
    return made().propsOf('litellm', options);
  }

  /**
   * llama.cpp, for an `InferenceTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static llamaCpp(options?: CatalogTierOptions): InferenceTierProps {
    return made().propsOf('llama-cpp', options);
  }

  /**
   * llm-d: `decode`, `prefill`, `router`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static llmD(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'llm-d', options);
  }

  /**
   * LMCache, for an `InferenceTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static lmcache(options?: CatalogTierOptions): InferenceTierProps {
    return made().propsOf('lmcache', options);
  }

  /**
   * Loki: `read`, `write`, `backend`, `single-binary`, `gateway`, `canary`, `cache`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static loki(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'loki', options);
  }

  /**
   * MCP server, for an `AgentTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static mcpServer(options?: CatalogTierOptions): AgentTierProps {
    return made().propsOf('mcp-server', options);
  }

  /**
   * metrics-server, for a `Tier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static metricsServer(options?: CatalogTierOptions): TierProps {
    return made().propsOf('metrics-server', options);
  }

  /**
   * Milvus: `proxy`, `mixcoord`, `querynode`, `datanode`, `streamingnode`, `standalone`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static milvus(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'milvus', options);
  }

  /**
   * MinIO, for a `DataTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static minio(options?: CatalogTierOptions): DataTierProps {
    return made().propsOf('minio', options);
  }

  /**
   * MLflow, for a `DataTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static mlflow(options?: CatalogTierOptions): DataTierProps {
    return made().propsOf('mlflow', options);
  }

  /**
   * MLServer, for an `InferenceTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static mlserver(options?: CatalogTierOptions): InferenceTierProps {
    return made().propsOf('mlserver', options);
  }

  /**
   * ModelMesh, for an `InferenceTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static modelmesh(options?: CatalogTierOptions): InferenceTierProps {
    return made().propsOf('modelmesh', options);
  }

  /**
   * MongoDB, for a `DataTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static mongodb(options?: CatalogTierOptions): DataTierProps {
    return made().propsOf('mongodb', options);
  }

  /**
   * n8n: `main`, `worker`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static n8n(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'n8n', options);
  }

  /**
   * NATS, for a `DataTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static nats(options?: CatalogTierOptions): DataTierProps {
    return made().propsOf('nats', options);
  }

  /**
   * Neo4j, for a `DataTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static neo4j(options?: CatalogTierOptions): DataTierProps {
    return made().propsOf('neo4j', options);
  }

  /**
   * NVIDIA NIM, for an `InferenceTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static nim(options?: CatalogTierOptions): InferenceTierProps {
    return made().propsOf('nim', options);
  }

  /**
   * Ollama, for an `InferenceTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static ollama(options?: CatalogTierOptions): InferenceTierProps {
    return made().propsOf('ollama', options);
  }

  /**
   * Open WebUI: `open-webui`, `pipelines`, `redis`, `terminal`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static openWebui(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'open-webui', options);
  }

  /**
   * OpenHands: `openhands`, `openhands-integrations`, `openhands-mcp`, `runtime-api`, `sandbox`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static openhands(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'openhands', options);
  }

  /**
   * OpenSearch: `node`, `dashboards`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static opensearch(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'opensearch', options);
  }

  /**
   * OpenTelemetry Collector, for a `Tier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static opentelemetryCollector(options?: CatalogTierOptions): TierProps {
    return made().propsOf('opentelemetry-collector', options);
  }

  /**
   * Phoenix, for a `Tier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static phoenix(options?: CatalogTierOptions): TierProps {
    return made().propsOf('phoenix', options);
  }

  /**
   * Playwright MCP, for an `AgentTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static playwrightMcp(options?: CatalogTierOptions): AgentTierProps {
    return made().propsOf('playwright-mcp', options);
  }

  /**
   * PostgreSQL, for a `DataTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static postgresql(options?: CatalogTierOptions): DataTierProps {
    return made().propsOf('postgresql', options);
  }

  /**
   * vLLM production-stack router, for a `GatewayTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static productionStack(options?: CatalogTierOptions): GatewayTierProps {
    return made().propsOf('production-stack', options);
  }

  /**
   * Prometheus: `prometheus`, `alertmanager`, `kube-state-metrics`, `pushgateway`, `node-exporter`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static prometheus(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'prometheus', options);
  }

  /**
   * Qdrant, for a `DataTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static qdrant(options?: CatalogTierOptions): DataTierProps {
    return made().propsOf('qdrant', options);
  }

  /**
   * Ray: `head`, `worker`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static rayCluster(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'ray', options);
  }

  /**
   * Redis, for a `DataTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static redis(options?: CatalogTierOptions): DataTierProps {
    return made().propsOf('redis', options);
  }

  /**
   * SeaweedFS: `master`, `volume`, `filer`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static seaweedfs(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'seaweedfs', options);
  }

  /**
   * Seldon Core: `envoy`, `pipeline-gateway`, `server`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static seldon(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'seldon', options);
  }

  /**
   * SGLang: `server`, `router`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static sglang(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'sglang', options);
  }

  /**
   * Text Embeddings Inference, for an `InferenceTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static tei(options?: CatalogTierOptions): InferenceTierProps {
    return made().propsOf('tei', options);
  }

  /**
   * Tempo, for a `Tier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static tempo(options?: CatalogTierOptions): TierProps {
    return made().propsOf('tempo', options);
  }

  /**
   * Temporal: `frontend`, `history`, `matching`, `worker`, `web`, `admintools`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static temporal(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'temporal', options);
  }

  /**
   * TensorRT-LLM, for an `InferenceTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static tensorrtLlm(options?: CatalogTierOptions): InferenceTierProps {
    return made().propsOf('tensorrt-llm', options);
  }

  /**
   * Text Generation Inference, for an `InferenceTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static tgi(options?: CatalogTierOptions): InferenceTierProps {
    return made().propsOf('tgi', options);
  }

  /**
   * ToolHive: `mcp-server`, `mcp-remote-proxy`, `virtual-mcp-server`.
   *
   * @param scope the namespace that its pods run in.
   * @param id what the names of its tiers start with.
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static toolhive(scope: ZeroTrustNamespace, id: string, options?: CatalogSystemOptions): CatalogSystem {
    return made().tiersOf(scope, id, 'toolhive', options);
  }

  /**
   * TorchServe, for an `InferenceTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static torchserve(options?: CatalogTierOptions): InferenceTierProps {
    return made().propsOf('torchserve', options);
  }

  /**
   * Traefik, for a `GatewayTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static traefik(options?: CatalogTierOptions): GatewayTierProps {
    return made().propsOf('traefik', options);
  }

  /**
   * Triton Inference Server, for an `InferenceTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static triton(options?: CatalogTierOptions): InferenceTierProps {
    return made().propsOf('triton', options);
  }

  /**
   * Valkey, for a `DataTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static valkey(options?: CatalogTierOptions): DataTierProps {
    return made().propsOf('valkey', options);
  }

  /**
   * vLLM, for an `InferenceTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static vllm(options?: CatalogTierOptions): InferenceTierProps {
    return made().propsOf('vllm', options);
  }

  /**
   * Weaviate, for a `DataTier`.
   *
   * @param options what is said of it.
   * @throws for pods of which no labels are known, and for names that its facts do not have.
   */
  public static weaviate(options?: CatalogTierOptions): DataTierProps {
    return made().propsOf('weaviate', options);
  }

  private constructor() {}
}

// The facts of all systems are loaded when the first of them is asked for, so that whoever imports the package does not wait.

function made(): typeof Made {
  return require('./made-tiers');
}

function described(): typeof Described {
  return require('./described');
}

function matched(): typeof Matched {
  return require('./matched');
}
