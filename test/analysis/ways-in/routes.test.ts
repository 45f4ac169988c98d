import { rawObjects } from '../../../lib/analysis/ways-in/objects';
import { type Backend, isGranted, type Route, routeOf } from '../../../lib/analysis/ways-in/routes';

const objectsOf = (...objects: object[]) => rawObjects(objects.map((object) => ({ object, sourceOf: () => 'here' })));

function routeIn(apiVersion: string, kind: string, spec: object): Route | undefined {
  return routeOf(objectsOf({ apiVersion, kind, metadata: { name: 'route', namespace: 'edge' }, spec })[0]);
}

const gateway = (spec: object) => routeIn('gateway.networking.k8s.io/v1', 'HTTPRoute', spec);
const refs = (...backendRefs: object[]) => gateway({ rules: [{ backendRefs }] })?.backends;

describe('what brings traffic in', () => {
  it('is known by kind and group together', () => {
    const isRoute = (apiVersion: string, kind: string) => routeIn(apiVersion, kind, {}) !== undefined;
    expect(isRoute('networking.k8s.io/v1', 'Ingress')).toBe(true);
    expect(isRoute('extensions/v1beta1', 'Ingress')).toBe(true);
    expect(isRoute('gateway.networking.k8s.io/v1', 'HTTPRoute')).toBe(true);
    expect(isRoute('gateway.networking.k8s.io/v1alpha2', 'UDPRoute')).toBe(true);
    expect(isRoute('route.openshift.io/v1', 'Route')).toBe(true);
    for (const [apiVersion, kind] of [
      ['config.openshift.io/v1', 'Ingress'],
      ['networking.k8s.io/v1', 'NetworkPolicy'],
      ['gateway.networking.k8s.io/v1', 'Gateway'],
      ['example.com/v1', 'HTTPRoute'],
      ['serving.knative.dev/v1', 'Route'],
      ['route.openshift.io/v1', 'RouteList'],
    ])
      expect([apiVersion, kind, isRoute(apiVersion, kind)]).toEqual([apiVersion, kind, false]);
  });
});

describe('an Ingress', () => {
  const ingress = (spec: object) => routeIn('networking.k8s.io/v1', 'Ingress', spec);

  it('leads to its default backend and to that of every path', () => {
    const to = (name: string, port: object) => ({ service: { name, port } });
    const route = ingress({
      defaultBackend: to('fallback', { number: 80 }),
      rules: [
        { host: 'a.example.com', http: { paths: [{ backend: to('a', { name: 'http' }) }] } },
        { host: '', http: { paths: [{ backend: to('b', {}) }] } },
      ],
    });
    expect(route?.hosts).toEqual(['a.example.com']);
    expect(route?.backends).toEqual([
      { namespace: 'edge', name: 'fallback', port: 80 },
      { namespace: 'edge', name: 'a', port: 'http' },
      { namespace: 'edge', name: 'b' },
    ]);
  });

  it('is read as v1beta1 has it', () => {
    expect(ingress({ backend: { serviceName: 'old', servicePort: 'web' } })?.backends).toEqual([
      { namespace: 'edge', name: 'old', port: 'web' },
    ]);
  });

  it('may lead to something that is no Service', () => {
    expect(ingress({ defaultBackend: { resource: { kind: 'StorageBucket', name: 'icons' } } })?.backends).toEqual([
      { namespace: 'edge', name: '', other: 'StorageBucket icons' },
    ]);
  });
});

describe('a route of the Gateway API', () => {
  it('answers to names that are text, and to no others', () => {
    expect(gateway({ hostnames: ['shop.example.com', 3] })?.hosts).toEqual(['shop.example.com']);
  });

  it('leads to Services, of its own namespace where it names none', () => {
    expect(refs({ name: 'web', port: 80 }, { group: '', kind: 'Service', name: 'api', namespace: 'shop' })).toEqual([
      { namespace: 'edge', name: 'web', port: 80 },
      { namespace: 'shop', name: 'api' },
    ]);
    expect(refs({ name: 'web', port: { number: 80 } })).toEqual([{ namespace: 'edge', name: 'web' }]);
    expect(refs({ name: 3 })).toEqual([{ namespace: 'edge', name: '' }]);
  });

  it('says what it leads to where that is no Service', () => {
    const other = { group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'llama' };
    const pool = [{ namespace: 'edge', name: 'llama', other: 'InferencePool llama' }];
    expect(refs(other)).toEqual(pool);
    expect(refs({ ...other, group: '' })).toEqual(pool);
    expect(refs({ ...other, kind: 'Service', group: 'net.gke.io' })?.[0].other).toBe('Service llama');
  });
});

it('a Route of OpenShift leads to its Services by the port of their pods', () => {
  const spec = { host: 'shop.example.com', to: { name: 'web' }, alternateBackends: [{ name: 'canary' }] };
  expect(routeIn('route.openshift.io/v1', 'Route', { ...spec, port: { targetPort: 8080 } })).toMatchObject({
    hosts: ['shop.example.com'],
    backends: [
      { namespace: 'edge', name: 'web', port: 8080 },
      { namespace: 'edge', name: 'canary', port: 8080 },
    ],
  });
  expect(routeIn('route.openshift.io/v1', 'Route', { to: { name: 'web' } })?.hosts).toEqual([]);
});

describe('a reference into another namespace', () => {
  const group = 'gateway.networking.k8s.io';
  const from = { group, kind: 'HTTPRoute', namespace: 'edge' };
  const service = { group: '', kind: 'Service' };
  const backend: Backend = { namespace: 'shop', name: 'web' };

  function isLetIn(grant: object, of: Partial<Record<'apiVersion' | 'kind' | 'namespace', string>> = {}): boolean {
    const { apiVersion = `${group}/v1beta1`, kind = 'ReferenceGrant', namespace = 'shop' } = of;
    const route = gateway({})?.object;
    if (route === undefined) throw new Error('it is a route');
    return isGranted(
      route,
      backend,
      objectsOf({ apiVersion, kind, metadata: { name: 'grant', namespace }, spec: grant }),
    );
  }

  it('is granted by one entry of each list', () => {
    expect(isLetIn({ from: [from], to: [service] })).toBe(true);
    expect(
      isLetIn({ from: [{ ...from, kind: 'TLSRoute' }, from], to: [{ ...service, kind: 'Secret' }, service] }),
    ).toBe(true);
    expect(isLetIn({ from: [from], to: [{ kind: 'Service' }] })).toBe(true);
    expect(isLetIn({ from: [from], to: [{ ...service, name: 'web' }] })).toBe(true);
  });

  it('is granted to that kind of route from that namespace only', () => {
    expect(isLetIn({ from: [{ ...from, kind: 'TLSRoute' }], to: [service] })).toBe(false);
    expect(isLetIn({ from: [{ ...from, group: 'example.com' }], to: [service] })).toBe(false);
    expect(isLetIn({ from: [{ ...from, namespace: 'other' }], to: [service] })).toBe(false);
    expect(isLetIn({ from: [], to: [service] })).toBe(false);
  });

  it('is granted to that Service only', () => {
    expect(isLetIn({ from: [from], to: [{ ...service, name: 'other' }] })).toBe(false);
    expect(isLetIn({ from: [from], to: [{ ...service, kind: 'Secret' }] })).toBe(false);
    expect(isLetIn({ from: [from], to: [{ ...service, group: 'example.com' }] })).toBe(false);
    expect(isLetIn({ from: [from] })).toBe(false);
  });

  it('is granted in the namespace of the Service only, by that kind', () => {
    const grant = { from: [from], to: [service] };
    expect(isLetIn(grant, { namespace: 'edge' })).toBe(false);
    expect(isLetIn(grant, { kind: 'Gateway' })).toBe(false);
    expect(isLetIn(grant, { apiVersion: 'example.com/v1' })).toBe(false);
  });

  it('needs no grant in its own namespace, and where an Ingress makes it', () => {
    const route = gateway({})?.object;
    const ingress = routeIn('networking.k8s.io/v1', 'Ingress', {})?.object;
    if (route === undefined || ingress === undefined) throw new Error('both are routes');
    expect(isGranted(route, { namespace: 'edge', name: 'web' }, [])).toBe(true);
    expect(isGranted(ingress, backend, [])).toBe(true);
    expect(isGranted(route, backend, [])).toBe(false);
  });
});

it('what has no kind or no name is no object here', () => {
  expect(objectsOf({ apiVersion: 'v1' }, { kind: 'Service' })).toEqual([]);
  expect(rawObjects([{ object: 3, sourceOf: () => 'here' }])).toEqual([]);
});
