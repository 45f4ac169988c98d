// Who talks to whom is written where it is sure, and said in words where it may be.
import { blueprint } from '../../lib/init/blueprint';
import { chosenSystems } from '../../lib/init/chosen';
import { clusterOfProject } from '../../lib/init/cluster-of-project';
import { platformCode } from '../../lib/init/platform-code';
import { KNOWN_SYSTEMS } from '../../lib/known-systems';
import * as usedFor from '../../lib/known-systems/used-for';
import { engineFacts } from '../../lib/settings/engine-given';

const planOf = (ids: string) => blueprint(chosenSystems(ids.split(',')));
const flowsOf = (ids: string) =>
  planOf(ids).flows.map(({ from, to }) => `${from.system}/${from.part} -> ${to.system}/${to.part}`);
const maybesOf = (ids: string) => planOf(ids).maybes.map(({ from, to, because }) => `${from} -> ${to}: ${because}`);

describe('flows of a project', () => {
  it.each([
    ['harbor,langsmith,playwright-mcp,mcp-server', []],
    ['ingress-nginx,harbor,langgraph', []],
    ['litellm,vllm,playwright-mcp,mcp-server,browserless,agent-sandbox', ['litellm/litellm -> vllm/vllm']],
    [
      'litellm,vllm,langgraph,mcp-server',
      ['litellm/litellm -> vllm/vllm', 'langgraph/api-server -> litellm/litellm', 'langgraph/queue -> litellm/litellm'],
    ],
    ['vllm,flowise,weaviate,kafka,harbor', ['flowise/flowise -> vllm/vllm', 'flowise/flowise -> weaviate/weaviate']],
    ['envoy-ai-gateway,vllm', ['envoy-gateway/proxy -> vllm/vllm']],
    // The router's models are its peers, so that their flow is written with it.
    ['production-stack,ollama', []],
    ['dify,vllm', ['dify/plugin-daemon -> vllm/vllm']],
    // Dify asks models where its plugins run, and searches where its workflows do.
    [
      'dify,vllm,weaviate',
      ['dify/plugin-daemon -> vllm/vllm', 'dify/api -> weaviate/weaviate', 'dify/worker -> weaviate/weaviate'],
    ],
    // Agents of OpenHands run in sandboxes; the application asks LiteLLM alone, for keys.
    ['openhands,vllm', ['openhands/sandbox -> vllm/vllm']],
    ['openhands,litellm', ['openhands/sandbox -> litellm/litellm', 'openhands/openhands -> litellm/litellm']],
    ['kagent,vllm,qdrant', ['kagent/agent -> vllm/vllm']],
    ['lmcache,litellm,kubeflow-trainer', []],
    ['ingress-nginx,vllm', ['ingress-nginx/controller -> vllm/vllm']],
    ['litellm,flowise', ['flowise/flowise -> litellm/litellm']],
  ])('of %s are those that are sure', (ids, expected) => {
    expect(flowsOf(ids)).toEqual(expected);
  });

  it.each([
    ['harbor,langsmith,playwright-mcp,mcp-server', []],
    ['ingress-nginx,harbor,langgraph', []],
    ['ingress-nginx,vllm', []],
    ['ingress-nginx,sglang', ['ingress-nginx -> sglang: users reach the models through the gateway']],
    ['ingress-nginx,litellm,vllm', ['ingress-nginx -> litellm: users reach the models through the gateway']],
    ['vllm,minio', ['vllm -> minio: weights are loaded at start']],
    [
      'flowise,neo4j,tempo',
      ['flowise -> neo4j: agents look up what is kept there', 'flowise -> tempo: traces are recorded'],
    ],
    ['mcp-server,neo4j,tempo,minio', []],
    ['kagent,vllm,qdrant', ['kagent -> qdrant: agents look up what is kept there']],
    ['dify,vllm,weaviate', []],
  ])('that %s may have are said, not opened', (ids, expected) => {
    expect(maybesOf(ids)).toEqual(expected);
  });

  it('are comments where they may be', () => {
    const code = platformCode(planOf('vllm,minio'), clusterOfProject(engineFacts('kubernetes')));
    expect(code).toContain(
      '  // Not opened, as nothing here tells whether it is so: vllm -> minio, weights are loaded at start\n',
    );
    expect(code).not.toContain('allowFrom');
  });
});

describe('what systems are used for', () => {
  it('names systems and parts that are there', () => {
    const { ASKS_MODELS, SEARCHES_STORES, MODEL_GATEWAYS, MODEL_SERVERS, VECTOR_STORES, ENTRANCES } = usedFor;
    const { ASKS_GATEWAY, DATABASES, MAY_SERVE_MODELS } = usedFor;
    const askers = Object.fromEntries(Object.entries(ASKS_GATEWAY).map(([id, { part }]) => [id, [part]]));
    const missing = [
      ASKS_MODELS,
      SEARCHES_STORES,
      askers,
      MODEL_GATEWAYS,
      MODEL_SERVERS,
      VECTOR_STORES,
      ENTRANCES,
    ].flatMap((table) =>
      Object.entries(table).flatMap(([id, parts]) => {
        const names = KNOWN_SYSTEMS.find((system) => system.id === id)?.parts.map(({ name }) => name) ?? [];
        return parts.filter((part) => !names.includes(part)).map((part) => `${id}/${part}`);
      }),
    );
    const ids = KNOWN_SYSTEMS.map(({ id }) => id);
    expect([missing, [...DATABASES, ...MAY_SERVE_MODELS].filter((id) => !ids.includes(id))]).toEqual([[], []]);
  });
});
