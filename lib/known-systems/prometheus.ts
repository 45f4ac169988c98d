import type { KnownSystem } from './known-system';
import {
  asksApiServer,
  calledByApiServer,
  flow,
  LOOKED_AT,
  labelled,
  metrics,
  NODES,
  named,
  part,
  peers,
  serving,
  webhook,
} from './table';

export const prometheus: KnownSystem = {
  id: 'prometheus',
  title: 'Prometheus',
  role: 'observability',
  known: {
    images: [],
    kinds: ['monitoring.coreos.com/Prometheus', 'monitoring.coreos.com/Alertmanager'],
    labelKeys: ['operator.prometheus.io/name'],
  },
  parts: [
    part(
      'prometheus',
      [
        labelled(
          'kube-prometheus-stack 88.5',
          { 'app.kubernetes.io/name': 'prometheus' },
          'operator.prometheus.io/name',
        ),
        named('chart 29.27', 'prometheus', 'server'),
      ],
      [serving(9090, 'queries'), metrics(8080, 'the reloader')],
      { images: ['prometheus/prometheus'] },
    ),
    part(
      'alertmanager',
      [named('kube-prometheus-stack 88.5', 'alertmanager')],
      [serving(9093, 'alerts'), peers(9094, 'the mesh of Alertmanagers')],
      { images: ['prometheus/alertmanager'] },
    ),
    part(
      'operator',
      [labelled('kube-prometheus-stack 88.5', { app: 'kube-prometheus-stack-operator' })],
      [webhook(10250, 'admission')],
      { role: 'cluster', images: ['prometheus-operator/prometheus-operator'] },
    ),
    part(
      'kube-state-metrics',
      [named('kube-prometheus-stack 88.5', 'kube-state-metrics')],
      [metrics(8080, 'metrics of objects'), metrics(8081, 'metrics of itself')],
      { images: ['kube-state-metrics/kube-state-metrics'] },
    ),
    part('pushgateway', [], [serving(9091, 'figures that are pushed')], { images: ['prometheus/pushgateway'] }),
    part('node-exporter', [], [metrics(9100, 'metrics of the node, on its own address')], {
      images: ['prometheus/node-exporter'],
    }),
  ],
  flows: [
    flow('prometheus', 'kube-state-metrics', [8080, 8081], 'metrics of objects are scraped'),
    flow('prometheus', 'alertmanager', [9093], 'alerts are sent'),
    flow('alertmanager', 'alertmanager', [9094], 'several agree whom to tell', 'there are several'),
    flow('prometheus', NODES, [10250, 9100], 'kubelets and node exporters are scraped by the addresses of nodes'),
    calledByApiServer('operator', 10250),
    asksApiServer('prometheus', 'it looks for what to scrape'),
    asksApiServer('kube-state-metrics', 'it reads every object'),
    asksApiServer('operator'),
  ],
  policies: [
    {
      by: 'the charts, where they are asked to',
      effect: 'nothing in and out of Prometheus (kube-prometheus-stack), or its ports from anywhere (prometheus)',
      off: 'leave networkPolicy.enabled false',
    },
  ],
  traps: [
    'Whatever it scrapes must let it in, and it must be let out to each.',
    'Node exporters are on the host network, where policies about pods mean nothing.',
  ],
  source: 'prometheus-community/helm-charts cf408a290, kube-prometheus-stack 88.5.3 and prometheus 29.27.0 rendered',
  versions: 'kube-prometheus-stack 88.5, chart 29.27',
  lookedAt: LOOKED_AT,
};
