import type { KnownSystem } from './known-system';

export const tgi: KnownSystem = {
  id: 'tgi',
  title: 'Text Generation Inference',
  role: 'inference',
  known: { images: ['huggingface/text-generation-inference', 'text-generation-inference'] },
  parts: [
    {
      name: 'tgi',
      labels: [],
      ports: [
        { number: 80, purpose: 'serving', what: 'the API in the image' },
        { number: 3000, purpose: 'serving', what: 'the API as the launcher has it', isOptional: true },
        { number: 9000, purpose: 'metrics', what: 'Prometheus' },
        { number: 29500, purpose: 'peers', what: 'the torch master of its shards' },
      ],
    },
  ],
  calls: [{ host: 'huggingface.co', because: 'weights are pulled from the Hub unless they are mounted' }],
  telemetry: [{ host: 'huggingface.co', off: 'USAGE_STATS=off' }],
  traps: ['Its telemetry goes to the host of the Hub, so that no rule about names closes it alone.'],
  source: 'huggingface/text-generation-inference db931fcf, launcher/src/main.rs, router/src/usage_stats.rs, Dockerfile',
  versions: 'of January 2026, after 3.3.7',
  lookedAt: '2026-11-27',
};
