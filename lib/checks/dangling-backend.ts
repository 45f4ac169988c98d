import { type FieldPath, isObject } from '../kinds/field';
import { into } from '../model/into';
import { isOneEditApart } from '../model/one-edit';
import { remembered } from '../model/remembered';
import type { Check, CheckFinding } from './check';
import { at } from './network-policies';
import { hiddenMaker, listText, makerText } from './pods-seen';
import { objectNamed, objectsOfKind, type Seen, type SeenObject } from './seen';

export const danglingBackend: Check = {
  id: 'dangling-backend',
  level: 'warning',
  title: 'a way in that leads to no Service, or to a port that the Service does not have',
  why: 'Who comes by it gets an error, however right the policies are',
  fix: 'Write the Service and its port as they are declared: the port of the Service, and not that of the pod.',
  avoid: manifests(8000),
  prefer: manifests(80),
  source: 'Kubernetes API reference, IngressServiceBackend; Gateway API reference, BackendObjectReference',
  *find(seen) {
    for (const object of objectsOfKind(seen, 'networking.k8s.io', 'Ingress'))
      yield* found(seen, object, backendsOfIngress(object));
    for (const kind of ROUTES)
      for (const object of objectsOfKind(seen, 'gateway.networking.k8s.io', kind))
        yield* found(seen, object, backendsOfRoute(object));
  },
};

const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'];

function manifests(port: number): string {
  return `apiVersion: v1
kind: Service
metadata: { name: vllm, namespace: models }
spec: { selector: { app: vllm }, ports: [{ port: 80, targetPort: 8000 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: vllm, namespace: models }
spec:
  parentRefs: [{ name: gateway, namespace: edge }]
  rules: [{ backendRefs: [{ name: vllm, port: ${port} }] }]
`;
}

/** A Service and its port as somebody names them, and where. */
interface Backend {
  readonly namespace: string;
  readonly name: string;
  readonly port: unknown;
  readonly path: FieldPath;
  readonly portPath: FieldPath;
}

function backendsOfIngress({ json, ref: { namespace = '' } }: SeenObject): Backend[] {
  const paths = [
    ['spec', 'defaultBackend', 'service'],
    ...listAt(json, ['spec', 'rules']).flatMap((_, rule) =>
      listAt(json, ['spec', 'rules', rule, 'http', 'paths']).map((_, path) => {
        return ['spec', 'rules', rule, 'http', 'paths', path, 'backend', 'service'];
      }),
    ),
  ];
  return paths.flatMap((path) => {
    const name = at(json, [...path, 'name']);
    const number = at(json, [...path, 'port', 'number']);
    const port = number ?? at(json, [...path, 'port', 'name']);
    const portPath = [...path, 'port', number === undefined ? 'name' : 'number'];
    // Controllers of AWS take what the annotations say.
    return typeof name !== 'string' || port === 'use-annotation' ? [] : [{ namespace, name, port, path, portPath }];
  });
}

function backendsOfRoute({ json, ref: { namespace = '' } }: SeenObject): Backend[] {
  return listAt(json, ['spec', 'rules']).flatMap((_, rule) =>
    listAt(json, ['spec', 'rules', rule, 'backendRefs']).flatMap((backend, index) => {
      if (!isObject(backend) || (backend.group ?? '') !== '' || (backend.kind ?? 'Service') !== 'Service') return [];
      const { name, port, namespace: other = namespace } = backend;
      const path = ['spec', 'rules', rule, 'backendRefs', index];
      return typeof name !== 'string' || typeof other !== 'string'
        ? []
        : [{ namespace: other, name, port, path, portPath: [...path, 'port'] }];
    }),
  );
}

/** One finding for each Service and port, however many paths lead to it. */
function* found(seen: Seen, object: SeenObject, backends: readonly Backend[]): Generator<CheckFinding> {
  const told = new Set<string>();
  for (const backend of backends) {
    const service = objectNamed(seen, '', { kind: 'Service', namespace: backend.namespace, name: backend.name });
    const finding = service === undefined ? unknown(seen, backend) : unserved(service, backend);
    if (finding === undefined || told.has(finding.what)) continue;
    told.add(finding.what);
    yield { object, ...finding };
  }
}

/** Nothing where no Service of the namespace is here: they are in another repository then. */
function unknown(seen: Seen, { namespace, name, path }: Backend): Omit<CheckFinding, 'object'> | undefined {
  const there = servicesByNamespace(seen).get(namespace);
  if (there === undefined) return undefined;
  const near = there.find(({ ref }) => isOneEditApart(ref.name, name));
  const what = `no manifest has Service ${namespace}/${name}`;
  const said = { path: [...path, 'name'], value: name };
  if (near) return { ...said, what: `${what}, and one slip makes it ${near.ref.name}`, fix: `Write ${near.ref.name}.` };
  const maker = hiddenMaker(seen, namespace);
  const unless = maker === undefined ? 'it may be in another repository' : `${makerText(maker)} may make it`;
  return { ...said, level: 'note', what: `${what}; ${unless}` };
}

const servicesByNamespace = remembered((seen: Seen): ReadonlyMap<string, readonly SeenObject[]> => {
  const known = new Map<string, SeenObject[]>();
  for (const object of objectsOfKind(seen, '', 'Service')) into(known, object.ref.namespace ?? '', object);
  return known;
});

function unserved(service: SeenObject, { port, portPath }: Backend): Omit<CheckFinding, 'object'> | undefined {
  const ports = listAt(service.json, ['spec', 'ports']).filter(isObject);
  // A port that is left out is refused by the API server, or not needed.
  if (ports.length === 0 || (typeof port !== 'number' && typeof port !== 'string')) return undefined;
  if (ports.some((one) => (typeof port === 'number' ? one.port === port : one.name === port))) return undefined;
  const meant = ports.find(({ targetPort }) => targetPort === port) ?? (ports.length === 1 ? ports[0] : undefined);
  const { namespace, name } = service.ref;
  const behind = ports.some(({ targetPort }) => targetPort === port) ? ', which is the port of its pods' : '';
  return {
    path: portPath,
    value: String(port),
    what: `Service ${namespace}/${name} has no port ${port}${behind}; it has ${listText(ports.map(portText))}`,
    ...(meant && { fix: `Write ${typeof port === 'number' ? meant.port : (meant.name ?? `number: ${meant.port}`)}.` }),
  };
}

function portText({ port, name }: Readonly<Record<string, unknown>>): string {
  return typeof name === 'string' ? `${port} (${name})` : String(port);
}

function listAt(json: unknown, path: FieldPath): readonly unknown[] {
  const list = at(json, path);
  return Array.isArray(list) ? list : [];
}
