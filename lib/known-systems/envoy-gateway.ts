import type { KnownSystem } from './known-system';
import {
  asksApiServer,
  calledByApiServer,
  flow,
  health,
  LOOKED_AT,
  labelled,
  metrics,
  part,
  serving,
  system,
  webhook,
} from './table';

export const envoyGateway: KnownSystem = {
  id: 'envoy-gateway',
  title: 'Envoy Gateway',
  role: 'gateway',
  known: { images: [], labelKeys: ['gateway.envoyproxy.io/owning-gateway-name'] },
  parts: [
    part(
      'proxy',
      [
        labelled(
          'of August 2026',
          {
            'app.kubernetes.io/name': 'envoy',
            'app.kubernetes.io/component': 'proxy',
            'app.kubernetes.io/managed-by': 'envoy-gateway',
          },
          'gateway.envoyproxy.io/owning-gateway-name',
          'gateway.envoyproxy.io/owning-gateway-namespace',
        ),
      ],
      [
        serving(10080, 'a listener on 80'),
        serving(10443, 'a listener on 443'),
        metrics(19001, 'metrics'),
        health(19003, 'readiness'),
        health(19002, 'the shutdown manager, which the kubelet calls before it stops a pod'),
      ],
      { madeBy: 'the controller, from a Gateway' },
    ),
    part(
      'controller',
      [
        labelled('chart of August 2026', {
          'control-plane': 'envoy-gateway',
          'app.kubernetes.io/name': 'gateway-helm',
        }),
      ],
      [
        serving(18000, 'xDS, for its proxies'),
        serving(18001, 'xDS, for rate limits'),
        serving(18002, 'modules for its proxies'),
        metrics(19001, 'metrics'),
        webhook(9443, 'admission'),
        health(8081, 'probes'),
      ],
      { role: 'cluster', images: ['envoyproxy/gateway'] },
    ),
    part('rate-limit', [], [serving(8081, 'gRPC, for proxies'), health(8080, 'readiness'), metrics(19001, 'metrics')], {
      images: ['envoyproxy/ratelimit'],
      madeBy: 'the controller, where limits are shared',
    }),
  ],
  flows: [
    flow('proxy', 'controller', [18000, 18002], 'proxies get their configuration there'),
    flow('proxy', 'rate-limit', [8081], 'proxies ask whether a client is over its limit', 'limits are shared'),
    flow('rate-limit', 'controller', [18001], 'limits are configured there', 'limits are shared'),
    flow('rate-limit', system('redis', 'Redis'), [6379], 'limits are counted there', 'limits are shared'),
    calledByApiServer('controller', 9443),
    asksApiServer('controller'),
  ],
  traps: [
    'A listener below 1024 is 10000 higher at the pod, unless an EnvoyProxy says useListenerPortAsContainerPort.',
    'The Job that makes certificates has the label app: certgen and no other.',
  ],
  unknown: ['labels of the pods that count limits', 'ports of other listeners, which are those of the Gateway'],
  source:
    'envoyproxy/gateway d32f282942, internal/gatewayapi/listener.go, internal/xds/bootstrap, internal/infrastructure/kubernetes, chart rendered',
  versions: 'of August 2026, after 1.9.0-rc.0',
  lookedAt: LOOKED_AT,
};
