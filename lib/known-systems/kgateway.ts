import type { KnownSystem } from './known-system';
import { asksApiServer, flow, health, labelled, metrics, part, serving } from './table';

export const kgateway: KnownSystem = {
  id: 'kgateway',
  title: 'kgateway',
  role: 'gateway',
  known: { images: [] },
  parts: [
    part(
      'proxy',
      [labelled('of 2026', { kgateway: 'kube-gateway' }, 'gateway.networking.k8s.io/gateway-name')],
      [
        serving(80, 'a listener on 80'),
        serving(443, 'a listener on 443'),
        metrics(9091, 'metrics'),
        health(8082, 'readiness'),
      ],
      { madeBy: 'the controller, from a Gateway' },
    ),
    part(
      'controller',
      [
        labelled(
          'chart of 2026',
          { kgateway: 'kgateway', 'app.kubernetes.io/name': 'kgateway' },
          'app.kubernetes.io/instance',
        ),
      ],
      [serving(9977, 'xDS, for its proxies'), health(9093, 'probes'), metrics(9092, 'metrics')],
      { role: 'cluster', images: ['kgateway-dev/kgateway'] },
    ),
  ],
  flows: [flow('proxy', 'controller', [9977], 'proxies get their configuration there'), asksApiServer('controller')],
  traps: [
    'Before July 2025 a listener below 1024 was 8000 higher at the pod (80 was 8080); since then it is on its own port.',
    'The administration of Envoy is on 19000 of localhost alone.',
  ],
  unknown: [
    'ports of other listeners, which are those of the Gateway',
    'ports of sidecars for Istio, beside 8234 for certificates',
  ],
  source:
    'kgateway-dev/kgateway 009b92ff, install/helm/kgateway; 383f5795 and 0e672ea8, pkg/kgateway/helm/envoy/templates; pull requests 11508 and 12394; which releases have these commits could not be found',
  versions: 'of 2026',
  lookedAt: '2026-11-28',
};
