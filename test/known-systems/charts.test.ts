import { KNOWN_SYSTEMS, partsOf, systemsByLabels } from '../../lib/known-systems';
import type { Labels } from '../../lib/model/selector';

/** The labels of a name, of a release `rel`, and mostly of a component. */
const named = (name: string, component?: string): Labels => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/instance': 'rel',
  ...(component !== undefined && { 'app.kubernetes.io/component': component }),
});

/** Pods of charts rendered with default values and release `rel`: chart with version, what its pods carry, and what they are. */
const PODS: readonly (readonly [chart: string, labels: Labels, id: string, part: string, ports: readonly number[]])[] =
  [
    [
      'weaviate 17.8.3',
      { app: 'weaviate', 'app.kubernetes.io/name': 'weaviate' },
      'weaviate',
      'weaviate',
      [8080, 50051],
    ],
    ['qdrant 1.19.0', { app: 'qdrant', ...named('qdrant') }, 'qdrant', 'qdrant', [6333, 6334, 6335]],
    ['milvus 5.0.19', { ...named('milvus'), component: 'proxy' }, 'milvus', 'proxy', [19530, 9091]],
    ['milvus 5.0.19', { ...named('milvus'), component: 'querynode' }, 'milvus', 'querynode', [21123, 9091]],
    ['milvus 5.0.19', { app: 'minio', release: 'rel' }, 'minio', 'minio', [9000]],
    ['ollama 1.77.0', named('ollama'), 'ollama', 'ollama', [11434]],
    ['open-webui 16.0.0', named('open-webui', 'open-webui'), 'open-webui', 'open-webui', [8080]],
    [
      'vllm-stack 0.1.12',
      { 'app.kubernetes.io/component': 'router', 'app.kubernetes.io/part-of': 'vllm-stack' },
      'production-stack',
      'router',
      [8000, 9000],
    ],
    ['kube-prometheus-stack 88.5.3', { app: 'kube-prometheus-stack-operator' }, 'prometheus', 'operator', [10250]],
    ['kube-prometheus-stack 88.5.3', named('kube-state-metrics'), 'prometheus', 'kube-state-metrics', [8080, 8081]],
    ['kube-prometheus-stack 88.5.3', named('grafana'), 'grafana', 'grafana', [3000]],
    ['prometheus 29.27.0', named('prometheus', 'server'), 'prometheus', 'prometheus', [9090, 8080]],
    ['jupyterhub 48ea50e3', { app: 'jupyterhub', component: 'hub', release: 'rel' }, 'jupyterhub', 'hub', [8081]],
    [
      'jupyterhub 48ea50e3',
      { app: 'jupyterhub', component: 'proxy', release: 'rel' },
      'jupyterhub',
      'proxy',
      [8000, 8001],
    ],
    ['kong 3.4.1', named('kong', 'app'), 'kong', 'kong', [8080, 10254, 10255, 8000, 8443, 8100]],
    [
      'traefik 41.3.0',
      { ...named('traefik'), 'app.kubernetes.io/instance': 'rel-ns' },
      'traefik',
      'traefik',
      [8000, 8443, 8080, 9100],
    ],
    ['ingress-nginx 4.15.1', named('ingress-nginx', 'controller'), 'ingress-nginx', 'controller', [80, 443, 8443]],
    ['apisix 2.14.0', named('apisix'), 'apisix', 'apisix', [9080, 9443, 9180, 9090]],
    [
      'gateway-helm d32f282942',
      { 'control-plane': 'envoy-gateway', ...named('gateway-helm') },
      'envoy-gateway',
      'controller',
      [18000, 18001, 18002, 19001, 9443],
    ],
    [
      'ai-gateway-helm c217da8a5',
      named('ai-gateway-helm'),
      'envoy-ai-gateway',
      'controller',
      [9443, 1063, 8080, 18002],
    ],
    ['cert-manager 2d0d7f7f7', named('cert-manager', 'controller'), 'cert-manager', 'controller', [9402, 9403]],
    ['external-secrets 2.9.0', named('external-secrets'), 'external-secrets', 'controller', [8080]],
    ['external-secrets 2.9.0', named('external-secrets-webhook'), 'external-secrets', 'webhook', [10250, 8080, 8081]],
    ['temporal 1.6.0', named('temporal', 'frontend'), 'temporal', 'frontend', [7233, 6933, 9090]],
    ['temporal 1.6.0', named('temporal', 'history'), 'temporal', 'history', [7234, 6934, 9090]],
    ['temporal 1.6.0', named('temporal', 'web'), 'temporal', 'web', [8080]],
    ['n8n official 1.11.0', named('n8n', 'main'), 'n8n', 'main', [5678]],
    ['n8n official 1.11.0', named('n8n', 'worker'), 'n8n', 'worker', []],
    ['dify (douban) 0.9.1', named('dify', 'api'), 'dify', 'api', [5001]],
    ['dify (douban) 0.9.1', named('dify', 'sandbox'), 'dify', 'sandbox', [8194]],
    ['dify (douban) 0.9.1', named('dify', 'plugin-daemon'), 'dify', 'plugin-daemon', [5002]],
    ['argo-workflows 1.0.18', named('argo-workflows-server'), 'argo-workflows', 'server', [2746]],
    [
      'argo-workflows 1.0.18',
      named('argo-workflows-workflow-controller'),
      'argo-workflows',
      'controller',
      [9090, 6060],
    ],
    ['loki 7.3.0', named('loki', 'write'), 'loki', 'write', [3100, 9095, 7946]],
    ['loki 7.3.0', named('loki', 'gateway'), 'loki', 'gateway', [8080]],
    ['loki 7.3.0', named('loki', 'canary'), 'loki', 'canary', [3500]],
    ['postgresql of Bitnami 17.1.0', named('postgresql', 'primary'), 'postgresql', 'postgresql', [5432]],
    ['redis of Bitnami 23.1.1', named('redis', 'master'), 'redis', 'redis', [6379]],
    ['kserve 0.20.0', { 'control-plane': 'kserve-controller-manager' }, 'kserve', 'controller', [9443, 8080, 8443]],
    ['datahub 1.1.0', named('datahub-gms'), 'datahub', 'gms', [8080, 4318, 4319]],
    ['datahub 1.1.0', named('datahub-frontend'), 'datahub', 'frontend', [9002, 4318, 4319]],
    ['datahub 1.1.0', named('acryl-datahub-actions'), 'datahub', 'actions', [9093, 8000]],
    ['flowise (cowboysysop) 6.0.0', named('flowise', 'flowise'), 'flowise', 'flowise', [3000]],
    ['openhands 0.7.19', { app: 'openhands-mcp' }, 'openhands', 'openhands-mcp', [3000]],
    ['openhands 0.7.19', named('runtime-api'), 'openhands', 'runtime-api', [5000]],
  ];

describe('pods of a chart are known by their labels, with the ports that they serve', () => {
  test.each(PODS)('%s %j are %s, %s', (_chart, labels, id, partName, ports) => {
    const systems = systemsByLabels(labels, KNOWN_SYSTEMS);
    expect(systems.map((system) => system.id)).toEqual([id]);
    const parts = partsOf(systems[0], labels);
    expect(parts.map(({ name }) => name)).toEqual([partName]);
    const known = parts[0].ports.map(({ number }) => number);
    expect(ports.filter((port) => !known.includes(port))).toEqual([]);
  });
});

test.each([
  [{ app: 'web', 'app.kubernetes.io/component': 'web' }],
  [{ 'app.kubernetes.io/name': 'webhook', 'app.kubernetes.io/component': 'webhook' }],
  [{ environment: 'test', release: 'test' }],
  [{ 'control-plane': 'controller-manager' }],
  [{ app: 'gateway-plugins' }],
  [{}],
])('Labels that anybody may have say nothing: %j', (labels) => {
  expect(systemsByLabels(labels, KNOWN_SYSTEMS)).toEqual([]);
});

test('No two systems have labels of a part in common, unless the entry says that others may have them.', () => {
  const shared = KNOWN_SYSTEMS.flatMap((system) =>
    system.parts.flatMap(({ labels }) =>
      labels
        .filter(({ isGeneric }) => isGeneric !== true)
        .flatMap(({ labels: pairs, keys = [] }) => {
          const pod = { ...pairs, ...Object.fromEntries(keys.map((key) => [key, 'rel'])) };
          const others = systemsByLabels(pod, KNOWN_SYSTEMS).filter(({ id }) => id !== system.id);
          return others.map(({ id }) => `${system.id} ${JSON.stringify(pod)}: ${id}`);
        }),
    ),
  );
  expect(shared).toEqual([]);
});
