import type { KnownSystem } from './known-system';
import { flow, labelled, metrics, named, optional, part, pods, serving, telemetry } from './table';

const ide = (scope: string) =>
  labelled('chart langflow-ide 0.1', { app: 'langflow-service', 'langflow-scope': scope }, 'release');

export const langflow: KnownSystem = {
  id: 'langflow',
  title: 'Langflow',
  role: 'agents',
  known: { images: ['langflowai/langflow'] },
  parts: [
    part('backend', [ide('backend')], [serving(7860, 'the API'), optional(metrics(9090, 'metrics'))], {
      images: ['langflowai/langflow-backend'],
    }),
    part('frontend', [ide('frontend')], [serving(8080, 'the user interface')], {
      images: ['langflowai/langflow-frontend'],
    }),
    part(
      'runtime',
      [named('chart langflow-runtime 0.1', 'langflow-runtime')],
      [serving(7860, 'flows that are served'), optional(metrics(9090, 'metrics'))],
    ),
  ],
  flows: [
    flow('frontend', 'backend', [7860], 'pages ask the API'),
    ...['backend', 'runtime'].map((name) =>
      flow(name, pods('the database'), 'every port', 'flows and users are kept there', 'it is not SQLite'),
    ),
  ],
  telemetry: [telemetry('api.segment.io', 'DO_NOT_TRACK=true')],
  traps: [
    'Whoever edits a flow runs programs in the backend: its egress is theirs.',
    'The charts are of January 2025, and the server is of 2026.',
  ],
  unknown: ['ports that components of a flow call, which are those of whatever they are for'],
  source:
    'langflow-ai/langflow-helm-charts 5265500, langflow-ide and langflow-runtime 0.1.1 rendered; langflow-base and lfx 1.13.0, services/settings/groups, services/telemetry',
  versions: '1.13, charts 0.1',
  lookedAt: '2026-11-28',
};
