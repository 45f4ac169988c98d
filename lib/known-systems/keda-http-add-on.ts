import type { KnownSystem } from './known-system';
import { administration, asksApiServer, flow, LOOKED_AT, metrics, named, part, serving, system } from './table';

export const kedaHttpAddOn: KnownSystem = {
  id: 'keda-http-add-on',
  title: 'KEDA HTTP add-on',
  role: 'gateway',
  known: { images: [] },
  parts: [
    part(
      'interceptor',
      [named('chart 0.15', 'http-add-on', 'interceptor')],
      [serving(8080, 'requests, which it hands on'), administration(9090, 'administration')],
      { images: ['kedacore/http-add-on-interceptor'] },
    ),
    part('scaler', [named('chart 0.15', 'http-add-on', 'scaler')], [serving(9090, 'gRPC, for KEDA')], {
      role: 'cluster',
      images: ['kedacore/http-add-on-scaler'],
    }),
    part('operator', [named('chart 0.15', 'http-add-on', 'operator')], [metrics(8443, 'metrics')], {
      role: 'cluster',
      images: ['kedacore/http-add-on-operator'],
    }),
  ],
  flows: [
    flow(system('keda', 'KEDA'), 'scaler', [9090], 'KEDA asks how many requests wait'),
    asksApiServer('operator'),
  ],
  traps: ['It sits between clients and the application, which must let it in.'],
  unknown: ['whether the scaler asks interceptors on their port for administration'],
  source: 'kedacore/charts 1444d00, http-add-on 0.15.0 rendered',
  versions: 'chart 0.15',
  lookedAt: LOOKED_AT,
};
