import type { KnownSystem } from './known-system';
import { call, flow, labelled, metrics, optional, part, peers, serving } from './table';

const of = (component: string) => [
  labelled('chart 70564d5', { app: 'harbor', component }, 'release', 'app.kubernetes.io/instance'),
];

export const harbor: KnownSystem = {
  id: 'harbor',
  title: 'Harbor',
  role: 'data',
  known: { images: [] },
  parts: [
    part('nginx', of('nginx'), [serving(8080, 'HTTP'), serving(8443, 'HTTPS')], { images: ['goharbor/nginx-photon'] }),
    part('portal', of('portal'), [serving(8080, 'pages, for whatever is in front')], {
      images: ['goharbor/harbor-portal'],
    }),
    part(
      'core',
      of('core'),
      [serving(8080, 'the API and the registry, for whatever is in front'), optional(metrics(8001, 'metrics'))],
      { images: ['goharbor/harbor-core'] },
    ),
    part('jobservice', of('jobservice'), [peers(8080, 'jobs, for the core'), optional(metrics(8001, 'metrics'))], {
      images: ['goharbor/harbor-jobservice'],
    }),
    part(
      'registry',
      of('registry'),
      [
        peers(5000, 'layers, for the core and jobs'),
        peers(8080, 'the controller of the registry, which deletes'),
        optional(metrics(8001, 'metrics')),
      ],
      { images: ['goharbor/registry-photon', 'goharbor/harbor-registryctl'] },
    ),
    part('trivy', of('trivy'), [peers(8080, 'scans, for the core and jobs')], {
      images: ['goharbor/trivy-adapter-photon'],
    }),
    part('database', of('database'), [peers(5432, 'SQL')], { images: ['goharbor/harbor-db'] }),
    part('redis', of('redis'), [peers(6379, 'commands')], {
      images: ['goharbor/valkey-photon', 'goharbor/redis-photon'],
    }),
    part('exporter', of('exporter'), [metrics(8001, 'metrics')], { images: ['goharbor/harbor-exporter'] }),
  ],
  flows: [
    flow('nginx', 'core', [8080], 'requests are handed on'),
    flow('nginx', 'portal', [8080], 'pages are handed on'),
    flow('core', 'portal', [8080], 'it looks whether pages are there'),
    flow('core', 'jobservice', [8080], 'jobs are started there'),
    flow('core', 'registry', [5000, 8080], 'layers are pushed and pulled there'),
    flow('core', 'trivy', [8080], 'images are scanned there'),
    flow('jobservice', 'core', [8080], 'jobs report, and read the configuration'),
    flow('jobservice', 'registry', [5000, 8080], 'jobs replicate and delete layers'),
    flow('jobservice', 'trivy', [8080], 'jobs scan images'),
    flow('trivy', 'core', [8080], 'it pulls what it scans'),
    ...['core', 'jobservice', 'exporter'].map((name) =>
      flow(name, 'database', [5432], 'projects and jobs are kept there'),
    ),
    ...['core', 'jobservice', 'registry', 'trivy', 'exporter'].map((name) =>
      flow(name, 'redis', [6379], 'sessions, jobs and what is cached wait there'),
    ),
    flow('exporter', 'core', [8080], 'it asks for what it counts'),
  ],
  calls: [
    call('mirror.gcr.io', 'the database of vulnerabilities is pulled', { when: 'skipUpdate is off' }),
    call('ghcr.io', 'the database of vulnerabilities is pulled where the mirror does not answer', {
      when: 'skipUpdate is off',
    }),
  ],
  traps: [
    'nginx is there where expose.type is not ingress: otherwise the controller of the Ingress reaches core and portal itself.',
    'With internalTLS every port is another one: 8443 for 8080, and 5443 for 5000.',
    'Kubelets pull over the node, so that a policy sees addresses of nodes as clients.',
  ],
  unknown: ['hosts of registries that projects replicate with or are proxies of, which are given by the user'],
  source:
    'goharbor/harbor-helm 70564d5 rendered, with metrics and without an Ingress; goharbor/harbor 0063430f, src/jobservice/job/impl/context.go',
  versions: 'chart of July 2026, after 1.19.1',
  lookedAt: '2026-11-28',
};
