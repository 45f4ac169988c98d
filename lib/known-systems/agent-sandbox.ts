import type { KnownSystem } from './known-system';
import {
  asksApiServer,
  calledByApiServer,
  flow,
  health,
  LOOKED_AT,
  labelled,
  metrics,
  optional,
  part,
  serving,
  webhook,
} from './table';

export const agentSandbox: KnownSystem = {
  id: 'agent-sandbox',
  title: 'agent-sandbox',
  role: 'agents',
  known: { images: [], labelKeys: ['agents.x-k8s.io/sandbox-template-ref-hash'] },
  parts: [
    part(
      'sandbox',
      [labelled('of August 2026', {}, 'agents.x-k8s.io/sandbox-template-ref-hash')],
      [serving(8888, 'the program of the template, as the router has it by default')],
      {
        madeBy: 'the controller, from a SandboxTemplate and a SandboxClaim',
      },
    ),
    part(
      'router',
      [labelled('of August 2026', { 'app.kubernetes.io/name': 'sandbox-router' })],
      [
        serving(8080, 'requests for sandboxes'),
        optional(serving(8443, 'requests over TLS')),
        health(8081, 'probes'),
        metrics(9090, 'metrics'),
      ],
      { role: 'gateway', images: ['agent-sandbox/sandbox-router', 'agent-sandbox/sandbox-router-go'] },
    ),
    part(
      'controller',
      [labelled('chart of August 2026', { 'app.kubernetes.io/name': 'agent-sandbox' })],
      [webhook(9443, 'admission'), metrics(8080, 'metrics'), health(8081, 'probes')],
      {
        role: 'cluster',
        images: ['agent-sandbox/agent-sandbox-controller'],
      },
    ),
  ],
  flows: [
    flow('router', 'sandbox', [8888], 'the router hands requests on'),
    calledByApiServer('controller', 9443),
    asksApiServer('controller'),
  ],
  policies: [
    {
      by: 'the controller, for each SandboxTemplate',
      effect:
        'in, pods app: sandbox-router of agent-sandbox-system, which the shipped router is not; out, every port of every public address',
      off: 'spec.networkPolicyManagement: Unmanaged',
    },
  ],
  traps: [
    'A Sandbox without a template gets no policy.',
    'The default sets DNS to 8.8.8.8 and 1.1.1.1, so that names of the cluster never resolve; Unmanaged leaves DNS alone.',
    'The default leaves 100.64.0.0/10 and 168.63.129.16 open.',
  ],
  source:
    'agent-sandbox 2fd412d5, extensions/controllers/sandboxtemplate_controller.go, api/v1beta1/sandbox_types.go, sandbox-router/deploy, chart rendered',
  versions: 'of August 2026, after 0.5.6',
  lookedAt: LOOKED_AT,
};
