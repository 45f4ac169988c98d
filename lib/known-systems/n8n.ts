import type { KnownSystem } from './known-system';
import { flow, LOOKED_AT, labelled, named, optional, part, peers, serving, system, telemetry } from './table';

export const n8n: KnownSystem = {
  id: 'n8n',
  title: 'n8n',
  role: 'agents',
  known: { images: ['n8nio/n8n'] },
  parts: [
    part(
      'main',
      [
        named('official chart 1.11', 'n8n', 'main'),
        labelled('chart of the community 1.1', { 'app.kubernetes.io/name': 'n8n', type: 'master' }),
      ],
      [serving(5678, 'the editor, the API and webhooks'), optional(peers(5679, 'the broker of task runners'))],
    ),
    part('worker', [named('official chart 1.11', 'n8n', 'worker')], []),
  ],
  flows: [
    flow('main', system('postgresql', 'PostgreSQL'), [5432], 'workflows and credentials are kept there'),
    flow('worker', system('postgresql', 'PostgreSQL'), [5432], 'workflows and credentials are kept there'),
    flow('main', system('redis', 'Redis'), [6379], 'runs wait there', 'there are workers'),
    flow('worker', system('redis', 'Redis'), [6379], 'runs wait there', 'there are workers'),
  ],
  telemetry: [
    telemetry('telemetry.n8n.io', 'N8N_DIAGNOSTICS_ENABLED=false'),
    telemetry('ph.n8n.io', 'N8N_DIAGNOSTICS_ENABLED=false'),
  ],
  policies: [
    {
      by: 'the official chart, where it is asked to',
      effect: '5678 from any source, and 443 of every destination',
      off: 'networkPolicy.enabled: false',
    },
  ],
  traps: ['Webhooks are on the same port as the editor.', 'Test pods of the chart have the labels of the application.'],
  unknown: ['the hosts of templates and of newer releases', 'what workflows call, which is the users’ business'],
  source:
    'n8n-hosting cee656b, n8n 1.11.0 rendered; 8gears/n8n-helm-chart 344f5e0; n8n 14e10125, diagnostics.config.ts',
  versions: 'official chart 1.11',
  lookedAt: LOOKED_AT,
};
