import { metricsPortOpen } from '../../lib/checks/metrics-port-open';
import { foundIn } from './found';
import { deployment, policy } from './policies';

const open = (port: string | number) => policy({ ingress: `[{ ports: [{ port: ${port} }] }]` });

test('The name that a rule gives, or that the container gives its number, says that it is for scraping.', () => {
  for (const name of ['metrics', 'http-metrics', 'tcp-prometheus', 'kafka-metrics']) {
    expect(foundIn(metricsPortOpen, open(name)).map(({ value }) => value)).toEqual([`TCP/${name}`]);
  }
  const pods = deployment({ more: ', ports: [{ containerPort: 9404, name: tcp-prometheus }]' });
  expect(foundIn(metricsPortOpen, pods + open(9404))).toMatchObject([
    { level: 'note', about: 'Deployment models/vllm', what: 'everybody may scrape TCP/9404' },
  ]);
});

test('So do the facts of a known system.', () => {
  const triton = deployment({ image: 'nvcr.io/nvidia/tritonserver:25.10-py3' });
  expect(foundIn(metricsPortOpen, triton + open(8002))).toHaveLength(1);
  expect(foundIn(metricsPortOpen, triton + open(8000))).toEqual([]);
});

test('A number without a name may be anything, and the monitoring may scrape.', () => {
  expect(foundIn(metricsPortOpen, open(9404))).toEqual([]);
  const monitoring = '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } } }';
  expect(
    foundIn(metricsPortOpen, policy({ ingress: `[{ from: [${monitoring}], ports: [{ port: metrics }] }]` })),
  ).toEqual([]);
});
