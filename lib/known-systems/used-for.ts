/**
 * What systems of one role are used for, where the role does not say it: of the agents who asks models, of the
 * gateways which are for models, and what is asked for knowledge. Each with the parts that do it. Only what holds for
 * every installation is here.
 */
type Parts = Readonly<Record<string, readonly string[]>>;

/**
 * Agents that call a model to do anything at all. Tools, sandboxes, notebooks and schedulers of jobs are none. That they do
 * is what each is made for (the sources of their entries); which part does it has its own source where there are several.
 */
export const ASKS_MODELS: Parts = {
  'anything-llm': ['anything-llm'],
  // Providers of models are plugins, which the daemon runs as its own processes unless they run outside of the cluster
  // (dify-plugin-daemon 08d8d4cf, README; docs.dify.ai, "Model plugin").
  dify: ['plugin-daemon'],
  flowise: ['flowise'],
  kagent: ['agent'],
  langflow: ['backend', 'runtime'],
  langgraph: ['api-server', 'queue'],
  'open-webui': ['open-webui'],
  // Agents run in their sandboxes, which get the address of the models from the application (OpenHands-Cloud 0d6f35f2,
  // charts/openhands/templates/_env.yaml; docs.openhands.dev, "Remote Agent Servers").
  openhands: ['sandbox'],
};

/**
 * Agents with a part that asks a gateway of one kind for something else than models: the application of OpenHands makes keys
 * for its users at LiteLLM (OpenHands-Cloud 0d6f35f2, charts/openhands/templates/_env.yaml).
 */
export const ASKS_GATEWAY: Readonly<Record<string, { readonly part: string; readonly gateway: string }>> = {
  openhands: { part: 'openhands', gateway: 'litellm' },
};

/**
 * Agents that search a vector store where they have one, by a setting or by what is built in them. Dify does so in its API
 * and its workers, not where it asks models (dify 0055b983, docker compose: VECTOR_STORE). Of others it hangs on what they
 * are given.
 */
export const SEARCHES_STORES: Parts = {
  'anything-llm': ['anything-llm'],
  dify: ['api', 'worker'],
  flowise: ['flowise'],
  langflow: ['backend', 'runtime'],
  langgraph: ['api-server', 'queue'],
  'open-webui': ['open-webui'],
};

/** Gateways whose work is to hand requests on to models; a gateway for anything may have other work. */
export const MODEL_GATEWAYS: Parts = {
  agentgateway: ['proxy'],
  litellm: ['litellm'],
  'production-stack': ['router'],
};

/** Gateways for anything: where models run and no gateway is for models, their users come by these. */
export const ENTRANCES: Parts = {
  apisix: ['apisix'],
  'envoy-gateway': ['proxy'],
  higress: ['gateway'],
  'ingress-nginx': ['controller'],
  kgateway: ['proxy'],
  kong: ['kong'],
  traefik: ['traefik'],
};

/** Gateways that do the work of another system: the AI gateway configures proxies of Envoy Gateway. */
export const PROXIES_OF: Readonly<Record<string, { readonly system: string; readonly part: string }>> = {
  'envoy-ai-gateway': { system: 'envoy-gateway', part: 'proxy' },
};

/** A gateway for models of one system alone. */
export const MODELS_OF: Readonly<Record<string, string>> = { 'production-stack': 'vllm' };

/** Servers of language models and embeddings that requests come to at one part in every installation. */
export const MODEL_SERVERS: Parts = {
  dynamo: ['frontend'],
  kaito: ['model'],
  nim: ['service'],
  ollama: ['ollama'],
  tei: ['tei'],
  'tensorrt-llm': ['tensorrt-llm'],
  tgi: ['tgi'],
  vllm: ['vllm'],
};

/** Stores that are there to be searched by what is near. */
export const VECTOR_STORES: Parts = {
  chroma: ['chroma'],
  milvus: ['proxy', 'standalone'],
  qdrant: ['qdrant'],
  weaviate: ['weaviate'],
};

/** Databases that agents may read, or that may be there for somebody else. */
export const DATABASES: readonly string[] = [
  'clickhouse',
  'cloudnative-pg',
  'elasticsearch',
  'mongodb',
  'neo4j',
  'opensearch',
  'postgresql',
  'redis',
  'valkey',
];

/** Model servers that may serve other models than those that agents ask, or at parts that differ by installation. */
export const MAY_SERVE_MODELS: readonly string[] = [
  'bentoml',
  'kserve',
  'kserve-llm',
  'llama-cpp',
  'llm-d',
  'mlserver',
  'modelmesh',
  'ray',
  'seldon',
  'sglang',
  'torchserve',
  'triton',
];

/** Systems that keep objects: weights among them. */
export const OBJECT_STORES = ['minio', 'seaweedfs', 'ceph-rgw'];

/** Systems that traces are sent to. */
export const TRACERS = ['langfuse', 'phoenix', 'opentelemetry-collector', 'tempo'];
