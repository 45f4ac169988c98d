import type { KnownSystem } from './known-system';
import { asksApiServer, flow, health, LOOKED_AT, labelled, metrics, named, part, pods, serving } from './table';

export const argoWorkflows: KnownSystem = {
  id: 'argo-workflows',
  title: 'Argo Workflows',
  role: 'agents',
  known: { images: [], labelKeys: ['workflows.argoproj.io/workflow'] },
  parts: [
    part('server', [named('chart 1.0', 'argo-workflows-server')], [serving(2746, 'the user interface and the API')], {
      images: ['argoproj/argocli'],
    }),
    part(
      'controller',
      [named('chart 1.0', 'argo-workflows-workflow-controller')],
      [metrics(9090, 'metrics'), health(6060, 'probes')],
      { role: 'cluster', images: ['argoproj/workflow-controller'] },
    ),
    part('step', [labelled('of August 2026', {}, 'workflows.argoproj.io/workflow')], [], {
      madeBy: 'the controller, from a Workflow',
    }),
  ],
  flows: [
    asksApiServer('controller'),
    asksApiServer('server'),
    asksApiServer('step', 'every step reports its result'),
    flow(
      'step',
      pods('the store of artifacts'),
      'every port',
      'steps read and write artifacts',
      'workflows have artifacts',
    ),
  ],
  traps: ['Steps run in the namespaces of users and need a tier of their own.'],
  source:
    'argo-helm af0a9310, argo-workflows 1.0.18 rendered; argo-workflows f016ad89eb, workflow/common/common.go, docs/workflow-rbac.md',
  versions: 'chart 1.0',
  lookedAt: LOOKED_AT,
};
