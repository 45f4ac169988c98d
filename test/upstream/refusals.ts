import type { Manifest, Refusal } from './behaviour';
import { egress } from './policies';

// One upstream test, in its two halves.
const context = 'Netpol API';
const name = 'should support creating NetworkPolicy API with endport field';

/** What the API server refuses of `endPort`: for those who read manifests, since there is no traffic to judge. */
export const refusals: readonly Refusal[] = [
  {
    context,
    name,
    because: 'endPort needs a port that is a number',
    refused: [withPort({ endPort: 20000 }), withPort({ port: 'serve-80', endPort: 20000 })],
    accepted: [withPort({ port: 20000, endPort: 20000 })],
  },
  {
    context,
    name,
    because: 'endPort is at least port',
    refused: [withPort({ port: 30000, endPort: 20000 })],
    accepted: [withPort({ port: 20000, endPort: 20000 }), withPort({ port: 10000, endPort: 20000 })],
  },
];

function withPort(port: Manifest): Manifest {
  return egress('x', 'endport-validate', { matchLabels: { 'pod-name': 'test-pod' } }, { ports: [port] });
}
