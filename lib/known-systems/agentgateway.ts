import type { KnownSystem } from './known-system';
import { asksApiServer, flow, health, LOOKED_AT, labelled, metrics, optional, part, serving } from './table';

export const agentgateway: KnownSystem = {
  id: 'agentgateway',
  title: 'agentgateway',
  role: 'gateway',
  known: { images: [] },
  parts: [
    part(
      'proxy',
      [],
      [
        metrics(15020, 'metrics'),
        health(15021, 'readiness'),
        optional(serving(4000, 'the API, of the chart that stands alone')),
      ],
      {
        images: ['cr.agentgateway.dev/agentgateway'],
        madeBy: 'the controller, from a Gateway',
      },
    ),
    part(
      'controller',
      [labelled('of August 2026', { agentgateway: 'agentgateway' })],
      [serving(9978, 'xDS'), health(9093, 'probes'), metrics(9092, 'metrics')],
      {
        role: 'cluster',
        images: ['cr.agentgateway.dev/controller'],
      },
    ),
  ],
  flows: [flow('proxy', 'controller', [9978], 'proxies get their configuration there'), asksApiServer('controller')],
  unknown: ['the ports of listeners, which are those of the Gateway'],
  source: 'agentgateway 75b4e6ce6, crates/agentgateway/src/config.rs, charts rendered',
  versions: 'of August 2026, after 1.4.1',
  lookedAt: LOOKED_AT,
};
