import { adminRequestsOpen } from '../../lib/checks/admin-requests-open';
import { foundIn } from './found';
import { cilium, deployment, policy } from './policies';

const vllm = (tag: string, more = '') => deployment({ image: `docker.io/vllm/vllm-openai${tag}`, more });
const AGENTS = policy({
  ingress: '[{ from: [{ podSelector: { matchLabels: { app: agent } } }], ports: [{ port: 8000 }] }]',
});

test('A release that answers /pause to everybody is known by its tag.', () => {
  expect(foundIn(adminRequestsOpen, vllm(':v0.32.1') + AGENTS)).toMatchObject([
    {
      level: 'note',
      about: 'Deployment models/vllm',
      what: 'whoever reaches the API of vLLM may send it /pause and /update_weights as well: the first stops it from answering',
    },
  ]);
  expect(foundIn(adminRequestsOpen, vllm(':v0.33.0') + AGENTS)).toEqual([]);
  expect(foundIn(adminRequestsOpen, vllm(':v1.0.0') + AGENTS)).toEqual([]);
});

test('A tag without a version says nothing.', () => {
  for (const tag of ['', ':latest', ':nightly', '@sha256:0000'])
    expect(foundIn(adminRequestsOpen, vllm(tag) + AGENTS)).toEqual([]);
});

test('The mode for development answers in every release.', () => {
  const more = ", env: [{ name: VLLM_SERVER_DEV_MODE, value: '1' }]";
  expect(foundIn(adminRequestsOpen, vllm(':v0.33.0', more) + AGENTS)).toHaveLength(1);
  expect(foundIn(adminRequestsOpen, vllm(':v0.33.0', more.replace("'1'", "'0'")) + AGENTS)).toEqual([]);
});

test('Clients without names make it a warning.', () => {
  expect(
    foundIn(adminRequestsOpen, vllm(':v0.32.1') + policy({ ingress: '[{ ports: [{ port: 8000 }] }]' })),
  ).toMatchObject([{ level: 'warning' }]);
});

test('A rule about requests lets the others out.', () => {
  const http = cilium({
    ingress:
      '[{ fromEndpoints: [{ matchLabels: { app: agent } }], toPorts: [{ ports: [{ port: "8000", protocol: TCP }], rules: { http: [{ path: /v1/models }] } }] }]',
  });
  expect(foundIn(adminRequestsOpen, vllm(':v0.32.1') + http)).toEqual([]);
});

test('Ollama has no requests for administrators alone, and Triton where it is started so.', () => {
  const ollama =
    deployment({ image: 'ollama/ollama:0.13.0' }) +
    policy({ ingress: '[{ from: [{ podSelector: {} }], ports: [{ port: 11434 }] }]' });
  expect(foundIn(adminRequestsOpen, ollama)).toHaveLength(1);
  const triton = (more: string) => deployment({ image: 'nvcr.io/nvidia/tritonserver:25.10', more }) + AGENTS;
  expect(foundIn(adminRequestsOpen, triton(''))).toEqual([]);
  expect(foundIn(adminRequestsOpen, triton(", args: ['--model-control-mode=explicit']"))).toHaveLength(1);
});

test('A server that asks for a key does not answer whoever asks.', () => {
  const sglang = (args: string) => deployment({ image: 'lmsysorg/sglang:v0.5.23', more: `, args: [${args}]` });
  const open = policy({ ingress: '[{ ports: [{ port: 30000 }] }]' });
  expect(foundIn(adminRequestsOpen, sglang("'--port=30000'") + open)).toHaveLength(1);
  for (const args of ["'--api-key', secret", "'--admin-api-key=secret'"])
    expect(foundIn(adminRequestsOpen, sglang(args) + open)).toEqual([]);
});
