import { agentSandbox } from './agent-sandbox';
import { agentgateway } from './agentgateway';
import { aibrix } from './aibrix';
import { airflow } from './airflow';
import { anythingLlm } from './anything-llm';
import { apisix } from './apisix';
import { argoWorkflows } from './argo-workflows';
import { bentoml } from './bentoml';
import { browserless } from './browserless';
import { cephRgw } from './ceph-rgw';
import { certManager } from './cert-manager';
import { chroma } from './chroma';
import { clickhouse } from './clickhouse';
import { cloudNativePg } from './cloudnative-pg';
import { datahub } from './datahub';
import { dcgmExporter } from './dcgm-exporter';
import { dify } from './dify';
import { dynamo } from './dynamo';
import { elasticsearch } from './elasticsearch';
import { envoyAiGateway } from './envoy-ai-gateway';
import { envoyGateway } from './envoy-gateway';
import { externalSecrets } from './external-secrets';
import { feast } from './feast';
import { flowise } from './flowise';
import { gpuOperator } from './gpu-operator';
import { grafana } from './grafana';
import { harbor } from './harbor';
import { higress } from './higress';
import { inferenceExtension } from './inference-extension';
import { ingressNginx } from './ingress-nginx';
import { istio } from './istio';
import { jupyterhub } from './jupyterhub';
import { kafka } from './kafka';
import { kagent } from './kagent';
import { kaito } from './kaito';
import { keda } from './keda';
import { kedaHttpAddOn } from './keda-http-add-on';
import { kgateway } from './kgateway';
import type { KnownSystem } from './known-system';
import { kong } from './kong';
import { kserve } from './kserve';
import { kserveLlm } from './kserve-llm';
import { kubeflowTrainer } from './kubeflow-trainer';
import { kubeflowTrainingOperator } from './kubeflow-training-operator';
import { kuberay } from './kuberay';
import { kueue } from './kueue';
import { langflow } from './langflow';
import { langfuse } from './langfuse';
import { langgraph } from './langgraph';
import { langsmith } from './langsmith';
import { leaderWorkerSet } from './leader-worker-set';
import { litellm } from './litellm';
import { llamaCpp } from './llama-cpp';
import { llmD } from './llm-d';
import { lmcache } from './lmcache';
import { loki } from './loki';
import { mcpServer } from './mcp-server';
import { metricsServer } from './metrics-server';
import { milvus } from './milvus';
import { minio } from './minio';
import { mlflow } from './mlflow';
import { mlserver } from './mlserver';
import { modelmesh } from './modelmesh';
import { mongodb } from './mongodb';
import { n8n } from './n8n';
import { nats } from './nats';
import { neo4j } from './neo4j';
import { nim } from './nim';
import { ollama } from './ollama';
import { openWebui } from './open-webui';
import { openhands } from './openhands';
import { opensearch } from './opensearch';
import { opentelemetryCollector } from './opentelemetry-collector';
import { phoenix } from './phoenix';
import { playwrightMcp } from './playwright-mcp';
import { postgresql } from './postgresql';
import { productionStack } from './production-stack';
import { prometheus } from './prometheus';
import { qdrant } from './qdrant';
import { ray } from './ray';
import { redis } from './redis';
import { seaweedfs } from './seaweedfs';
import { seldon } from './seldon';
import { sglang } from './sglang';
import { tei } from './tei';
import { tempo } from './tempo';
import { temporal } from './temporal';
import { tensorrtLlm } from './tensorrt-llm';
import { tgi } from './tgi';
import { toolhive } from './toolhive';
import { torchserve } from './torchserve';
import { traefik } from './traefik';
import { triton } from './triton';
import { valkey } from './valkey';
import { vllm } from './vllm';
import { weaviate } from './weaviate';

/** Every system that is known, by id. */
export const KNOWN_SYSTEMS: readonly KnownSystem[] = [
  agentSandbox,
  agentgateway,
  aibrix,
  airflow,
  anythingLlm,
  apisix,
  argoWorkflows,
  bentoml,
  browserless,
  cephRgw,
  certManager,
  chroma,
  clickhouse,
  cloudNativePg,
  datahub,
  dcgmExporter,
  dify,
  dynamo,
  elasticsearch,
  envoyAiGateway,
  envoyGateway,
  externalSecrets,
  feast,
  flowise,
  gpuOperator,
  grafana,
  harbor,
  higress,
  inferenceExtension,
  ingressNginx,
  istio,
  jupyterhub,
  kafka,
  kagent,
  kaito,
  keda,
  kedaHttpAddOn,
  kgateway,
  kong,
  kserve,
  kserveLlm,
  kubeflowTrainer,
  kubeflowTrainingOperator,
  kuberay,
  kueue,
  langflow,
  langfuse,
  langgraph,
  langsmith,
  leaderWorkerSet,
  litellm,
  llamaCpp,
  llmD,
  lmcache,
  loki,
  mcpServer,
  metricsServer,
  milvus,
  minio,
  mlflow,
  mlserver,
  modelmesh,
  mongodb,
  n8n,
  nats,
  neo4j,
  nim,
  ollama,
  openWebui,
  openhands,
  opensearch,
  opentelemetryCollector,
  phoenix,
  playwrightMcp,
  postgresql,
  productionStack,
  prometheus,
  qdrant,
  ray,
  redis,
  seaweedfs,
  seldon,
  sglang,
  tei,
  tempo,
  temporal,
  tensorrtLlm,
  tgi,
  toolhive,
  torchserve,
  traefik,
  triton,
  valkey,
  vllm,
  weaviate,
];
