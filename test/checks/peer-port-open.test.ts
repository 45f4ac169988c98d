import { peerPortOpen } from '../../lib/checks/peer-port-open';
import { foundIn } from './found';
import { deployment, policy } from './policies';

const qdrant = deployment({ name: 'qdrant', image: 'docker.io/qdrant/qdrant:v1.19.0' });
const agent = deployment({ name: 'agent' });
const ingress = (rule: string) => policy({ name: 'qdrant', pods: 'app: qdrant', ingress: `[${rule}]` });
const AGENT = 'from: [{ podSelector: { matchLabels: { app: agent } } }]';

test('Clients that are shown to be something else reach the nodes where no port is named.', () => {
  expect(foundIn(peerPortOpen, qdrant + agent + ingress(`{ ${AGENT} }`))).toMatchObject([
    {
      level: 'warning',
      about: 'Deployment models/qdrant',
      what: 'Deployment models/agent may reach TCP/6335 of Qdrant, the consensus of its nodes',
      allowed: 'pods of Qdrant itself',
    },
  ]);
});

test('Pods that no manifest shows may be nodes themselves.', () => {
  expect(foundIn(peerPortOpen, qdrant + ingress(`{ ${AGENT} }`))).toEqual([]);
});

test('Nodes among themselves, and clients on the ports for clients, are as they should be.', () => {
  expect(
    foundIn(peerPortOpen, qdrant + ingress('{ from: [{ podSelector: { matchLabels: { app: qdrant } } }] }')),
  ).toEqual([]);
  expect(
    foundIn(peerPortOpen, qdrant + agent + ingress(`{ ${AGENT}, ports: [{ port: 6333 }, { port: 6334 }] }`)),
  ).toEqual([]);
});

test('Ports of several nodes count only where a container declares them.', () => {
  const vllm = (more: string) => deployment({ image: 'vllm/vllm-openai:v0.33.0', more }) + policy({ ingress: '[{}]' });
  expect(foundIn(peerPortOpen, vllm(''))).toEqual([]);
  expect(foundIn(peerPortOpen, vllm(', ports: [{ containerPort: 29500 }]'))).toHaveLength(1);
});
