import type { KnownSystem } from './known-system';
import { asksApiServer, flow, LOOKED_AT, labelled, metrics, optional, part, serving, system } from './table';

const of = (component: string) =>
  labelled('of August 2026', { 'app.kubernetes.io/part-of': 'kagent', 'app.kubernetes.io/component': component });

export const kagent: KnownSystem = {
  id: 'kagent',
  title: 'kagent',
  role: 'agents',
  known: { images: [], kinds: ['kagent.dev/Agent'] },
  parts: [
    part(
      'controller',
      [of('controller')],
      [serving(8083, 'the API'), serving(8084, 'gRPC'), optional(metrics(8443, 'metrics'))],
      { images: ['kagent-dev/kagent/controller'] },
    ),
    part('ui', [of('ui')], [serving(8080, 'the user interface')], { images: ['kagent-dev/kagent/ui'] }),
    part(
      'agent',
      [labelled('of August 2026', { app: 'kagent' }, 'kagent')],
      [serving(8080, 'requests for the agent')],
      {
        images: ['kagent-dev/kagent/golang-adk'],
        madeBy: 'the controller, from an Agent',
      },
    ),
  ],
  flows: [
    flow('ui', 'controller', [8083], 'users see and start agents'),
    flow('controller', 'agent', [8080], 'requests are handed to agents'),
    flow('agent', 'controller', [8083], 'agents keep their sessions there'),
    flow('controller', system('postgresql', 'PostgreSQL'), [5432], 'sessions are kept there'),
    asksApiServer('controller'),
  ],
  traps: ['The tools for Kubernetes that it brings hold rights over the cluster.'],
  source: 'kagent 5229184e2, helm/kagent/values.yaml, go/core/internal/controller/translator/agent/manifest_builder.go',
  versions: 'of August 2026, after 0.10.0-rc1',
  lookedAt: LOOKED_AT,
};
