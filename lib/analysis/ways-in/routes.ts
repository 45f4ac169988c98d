import { list, type Raw, type RawObject, raw, text, texts } from './objects';

/** Where something that brings traffic in sends it: a Service and a port of it. */
export interface Backend {
  readonly namespace: string;
  readonly name: string;
  /** Number or name of a port of the Service; for an OpenShift Route, of its pods as well. Absent for every port. */
  readonly port?: number | string;
  /** It is no Service, but this. */
  readonly other?: string;
}

/** An object that brings traffic in from outside, with the names that it answers to. */
export interface Route {
  readonly object: RawObject;
  readonly hosts: readonly string[];
  readonly backends: readonly Backend[];
}

/** Ingress, the routes of the Gateway API, and Route of OpenShift; undefined for every other object. */
export function routeOf(object: RawObject): Route | undefined {
  return readerOf(object)?.(object);
}

/** Whether it is of a kind that brings traffic in. */
export function isRoute(object: Pick<RawObject, 'group' | 'ref'>): boolean {
  return readerOf(object) !== undefined;
}

function readerOf({
  group,
  ref: { kind },
}: Pick<RawObject, 'group' | 'ref'>): ((object: RawObject) => Route) | undefined {
  if (kind === 'Ingress' && (group === 'networking.k8s.io' || group === 'extensions')) return ingress;
  if (group === 'gateway.networking.k8s.io' && GATEWAY_ROUTES.includes(kind)) return gatewayRoute;
  if (kind === 'Route' && group === 'route.openshift.io') return openShiftRoute;
  return undefined;
}

const GATEWAY_ROUTES: readonly string[] = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];

function ingress(object: RawObject): Route {
  const { spec, namespace } = object;
  const rules = list(spec.rules);
  const paths = rules.flatMap(({ http }) => list(raw(http).paths).map(({ backend }) => raw(backend)));
  const all = [...[spec.defaultBackend, spec.backend].filter((it) => it !== undefined).map(raw), ...paths];
  return {
    object,
    hosts: rules.flatMap(({ host }) => text(host) ?? []),
    backends: all.map((backend) => ingressBackend(backend, namespace)),
  };
}

/** `serviceName` and `servicePort` are those of `v1beta1`. */
function ingressBackend(backend: Raw, namespace: string): Backend {
  const service = raw(backend.service);
  const port = raw(service.port);
  const name = text(service.name) ?? text(backend.serviceName);
  if (name === undefined) return { namespace, name: '', other: otherText(raw(backend.resource)) };
  return { namespace, name, ...portOf(port.number ?? port.name ?? backend.servicePort) };
}

function gatewayRoute(object: RawObject): Route {
  const { spec, namespace } = object;
  const refs = list(spec.rules).flatMap(({ backendRefs }) => list(backendRefs));
  return {
    object,
    hosts: texts(spec.hostnames),
    backends: refs.map((ref) => {
      const kind = text(ref.kind) ?? 'Service';
      const isService = kind === 'Service' && (text(ref.group) ?? '') === '';
      return {
        namespace: text(ref.namespace) ?? namespace,
        name: text(ref.name) ?? '',
        ...portOf(ref.port),
        ...(!isService && { other: otherText(ref) }),
      };
    }),
  };
}

function openShiftRoute(object: RawObject): Route {
  const { spec, namespace } = object;
  const host = text(spec.host);
  return {
    object,
    hosts: host === undefined ? [] : [host],
    backends: [raw(spec.to), ...list(spec.alternateBackends)].map(({ name }) => ({
      namespace,
      name: text(name) ?? '',
      ...portOf(raw(spec.port).targetPort),
    })),
  };
}

function portOf(port: unknown): Pick<Backend, 'port'> {
  return typeof port === 'number' || typeof port === 'string' ? { port } : {};
}

function otherText({ kind, name }: Raw): string {
  return `${text(kind) ?? 'something'} ${text(name) ?? ''}`.trim();
}

/** Whether a ReferenceGrant of the backend's namespace lets the route refer to it (Gateway API, `ReferenceGrant`). */
export function isGranted(route: RawObject, backend: Backend, objects: readonly RawObject[]): boolean {
  if (route.namespace === backend.namespace || route.group !== 'gateway.networking.k8s.io') return true;
  return objects
    .filter(({ ref, group, namespace }) => {
      return ref.kind === 'ReferenceGrant' && group === route.group && namespace === backend.namespace;
    })
    .some(({ spec }) => {
      const from = list(spec.from).some((it) => {
        return it.group === route.group && it.kind === route.ref.kind && it.namespace === route.namespace;
      });
      const to = list(spec.to).some((it) => {
        return (
          (it.group ?? '') === '' && it.kind === 'Service' && [undefined, '', backend.name].includes(text(it.name))
        );
      });
      return from && to;
    });
}
