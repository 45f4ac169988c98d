import { KNOWN_SYSTEMS, systemOf } from '../../lib/known-systems';

const idOf = (...images: string[]) => systemOf({ kind: 'apps/Deployment', labels: {}, images }, KNOWN_SYSTEMS)?.id;

describe('an image says the system', () => {
  test.each([
    ['vllm/vllm-openai:v0.33.0', 'vllm'],
    ['lmcache/vllm-openai:latest', 'vllm'],
    ['lmsysorg/sglang:v0.5.23', 'sglang'],
    ['ghcr.io/huggingface/text-generation-inference:3.3', 'tgi'],
    ['ghcr.io/huggingface/text-embeddings-inference:cpu-1.9', 'tei'],
    ['nvcr.io/nvidia/tritonserver:26.07-py3', 'triton'],
    ['ollama/ollama:0.20', 'ollama'],
    ['ghcr.io/ggml-org/llama.cpp:server-cuda', 'llama-cpp'],
    ['rayproject/ray:2.60.0-gpu', 'ray'],
    ['quay.io/kuberay/operator:v1.6', 'kuberay'],
    ['kserve/kserve-controller:v0.20.0', 'kserve'],
    ['registry.k8s.io/lws/lws:v0.9', 'leader-worker-set'],
    ['ghcr.io/llm-d/llm-d-router-endpoint-picker:latest', 'llm-d'],
    ['aibrix/gateway-plugins:v0.5', 'aibrix'],
    ['registry.k8s.io/kueue/kueue:v0.19.2', 'kueue'],
    ['ghcr.io/kubeflow/trainer/trainer-controller-manager:v2.3.0', 'kubeflow-trainer'],
    ['ghcr.io/kubeflow/training-v1/training-operator:v1-3f15cb8', 'kubeflow-training-operator'],
    ['nvcr.io/nvidia/tensorrt-llm/release:1.2.0', 'tensorrt-llm'],
    ['nvcr.io/nvidia/tritonserver:25.12-trtllm-python-py3', 'triton'],
    ['cr.kgateway.dev/kgateway-dev/kgateway:v2.1', 'kgateway'],
    ['docker.io/goharbor/harbor-core:v2.15', 'harbor'],
    ['docker.io/langchain/langsmith-backend:0.17', 'langsmith'],
    ['langflowai/langflow:1.13', 'langflow'],
    ['mcr.microsoft.com/playwright/mcp:v0.0.79', 'playwright-mcp'],
    ['lmcache/lmstack-router:latest', 'production-stack'],
    ['seldonio/mlserver:1.7.1', 'mlserver'],
    ['pytorch/torchserve:latest-gpu', 'torchserve'],
    ['seldonio/seldon-envoy:2.10', 'seldon'],
    ['kserve/modelmesh:v0.12', 'modelmesh'],
    ['mcr.microsoft.com/aks/kaito/workspace:0.12.0', 'kaito'],
    ['ghcr.io/nvidia/k8s-nim-operator:v4', 'nim'],
    ['docker.io/envoyproxy/gateway:v1.9', 'envoy-gateway'],
    ['docker.io/envoyproxy/ai-gateway-controller:v0.9', 'envoy-ai-gateway'],
    ['ghcr.io/berriai/litellm-database:main', 'litellm'],
    ['kong:3.9', 'kong'],
    ['registry.k8s.io/ingress-nginx/controller:v1.15.1@sha256:00', 'ingress-nginx'],
    ['docker.io/istio/pilot:1.30', 'istio'],
    ['cr.agentgateway.dev/controller:v1', 'agentgateway'],
    ['docker.io/library/traefik:v3.7', 'traefik'],
    ['apache/apisix:3.16.0-ubuntu', 'apisix'],
    ['higress-registry.example.com/higress/gateway:2.2', 'higress'],
    ['ghcr.io/kedacore/http-add-on-interceptor:0.15', 'keda-http-add-on'],
    ['registry.k8s.io/agent-sandbox/agent-sandbox-controller:v0.5', 'agent-sandbox'],
    ['ghcr.io/kagent-dev/kagent/controller:0.10', 'kagent'],
    ['ghcr.io/stacklok/toolhive/operator:v0.44.0', 'toolhive'],
    ['langgenius/dify-sandbox:0.2', 'dify'],
    ['docker.io/langchain/langgraph-api:3.11', 'langgraph'],
    ['docker.n8n.io/n8nio/n8n:2', 'n8n'],
    ['ghcr.io/open-webui/open-webui:0.12.4', 'open-webui'],
    ['quay.io/jupyterhub/k8s-hub:4', 'jupyterhub'],
    ['temporalio/ui:2.40', 'temporal'],
    ['apache/airflow:3.3.2', 'airflow'],
    ['ghcr.io/browserless/chromium:latest', 'browserless'],
    ['flowiseai/flowise:3', 'flowise'],
    ['quay.io/argoproj/workflow-controller:v4', 'argo-workflows'],
    ['mintplexlabs/anythingllm:latest', 'anything-llm'],
    ['cr.weaviate.io/semitechnologies/weaviate:1.38.2', 'weaviate'],
    ['qdrant/qdrant:v1.19.0', 'qdrant'],
    ['milvusdb/milvus:v2.6', 'milvus'],
    ['ghcr.io/chroma-core/chroma:1.5.9', 'chroma'],
    ['ghcr.io/cloudnative-pg/postgresql:18', 'cloudnative-pg'],
    ['pgvector/pgvector:pg17', 'postgresql'],
    ['docker.io/bitnamilegacy/redis:8.2', 'redis'],
    ['redis:8-alpine', 'redis'],
    ['docker.io/valkey/valkey:9', 'valkey'],
    ['docker.elastic.co/elasticsearch/elasticsearch:9.2', 'elasticsearch'],
    ['opensearchproject/opensearch:3.6.0', 'opensearch'],
    ['mongo:8', 'mongodb'],
    ['neo4j:5.26-community', 'neo4j'],
    ['minio/minio:RELEASE.2025-09-07', 'minio'],
    ['chrislusf/seaweedfs:4.44', 'seaweedfs'],
    ['quay.io/strimzi/kafka:0.50-kafka-4.2', 'kafka'],
    ['nats:2.14-alpine', 'nats'],
    ['clickhouse/clickhouse-server:26.3', 'clickhouse'],
    ['burakince/mlflow:3.17', 'mlflow'],
    ['feastdev/feature-server:0.66.0', 'feast'],
    ['acryldata/datahub-gms:v1.1', 'datahub'],
    ['quay.io/prometheus/prometheus:v3.9', 'prometheus'],
    ['docker.io/grafana/grafana:13', 'grafana'],
    ['grafana/loki:3.7', 'loki'],
    ['grafana/tempo:3.0', 'tempo'],
    [
      'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-k8s:0.158.0',
      'opentelemetry-collector',
    ],
    ['docker.langfuse.com/langfuse/langfuse:4', 'langfuse'],
    ['arizephoenix/phoenix:14', 'phoenix'],
    ['nvcr.io/nvidia/k8s/dcgm-exporter:4.8.2', 'dcgm-exporter'],
    ['quay.io/jetstack/cert-manager-webhook:v1.21', 'cert-manager'],
    ['ghcr.io/external-secrets/external-secrets:v2.9.0', 'external-secrets'],
    ['ghcr.io/kedacore/keda-metrics-apiserver:2.20.2', 'keda'],
    ['nvcr.io/nvidia/gpu-operator:v26', 'gpu-operator'],
    ['registry.k8s.io/metrics-server/metrics-server:v0.9', 'metrics-server'],
  ])('%s is that of %s', (image, id) => {
    expect(idOf(image)).toBe(id);
  });

  test.each([
    'istio/proxyv2:1.30',
    'docker.io/envoyproxy/envoy:distroless-v1.37',
    'nginx:1.29',
    'busybox',
    'registry.k8s.io/kubectl:v1.35',
    'registry.k8s.io/pause:3.10',
    'oliver006/redis_exporter:v1.80',
    'bitnami/redis-exporter:1',
    'bitnami/redis-sentinel:8',
    'natsio/prometheus-nats-exporter:0.17',
    'qdrant/qdrant-operator',
    'grafana/grafana-image-renderer',
    'acme/my-vllm-openai',
    'acme/open-webui-proxy',
    'kserve/storage-initializer:v0.20',
    'langgenius/dify',
    'node:24',
    'python:3.13-slim',
  ])('%s is that of nobody', (image) => {
    expect(idOf(image)).toBeUndefined();
  });
});

describe('an image that runs beside others', () => {
  const COLLECTOR = 'otel/opentelemetry-collector-contrib:0.158.0';

  test('says the system where it comes first', () => {
    expect(idOf(COLLECTOR)).toBe('opentelemetry-collector');
    expect(idOf('redis:8', 'oliver006/redis_exporter')).toBe('redis');
  });

  test('says nothing behind a program of the user, nor of a system that is there as well', () => {
    expect(idOf('acme/agent:1', COLLECTOR)).toBeUndefined();
    expect(idOf('acme/agent:1', 'redis:8')).toBeUndefined();
    expect(idOf('vllm/vllm-openai:v0.33.0', COLLECTOR)).toBe('vllm');
  });
});
