import { list, raw, text } from '../analysis/ways-in/objects';
import { type Backend, isRoute, routeOf } from '../analysis/ways-in/routes';
import { into } from '../model/into';
import { isOneEditApart } from '../model/one-edit';
import { remembered } from '../model/remembered';
import type { Check, CheckFinding } from './check';
import { listText } from './pods-seen';
import { objectsOfKind, oneOfEachKind, type Seen, type SeenObject } from './seen';

/** Of Ingress, the routes of the Gateway API and Route of OpenShift. */
export const backendMissing: Check = {
  id: 'backend-missing',
  level: 'warning',
  title: 'a way in that leads to no Service, or to a port that it lacks',
  why: 'Whoever comes in that way gets an error of the proxy, however right the policies are',
  fix: 'Name a Service of the namespace and a port that it has: the port of the Service, not that of its pods.',
  avoid: gateway(8000),
  prefer: gateway(80),
  source: 'Kubernetes API reference, IngressServiceBackend; Gateway API, BackendObjectReference; OpenShift, Route',
  *find(seen) {
    if (!oneOfEachKind(seen).some(isRoute)) return;
    for (const object of seen.objects) {
      if (!isRoute(object)) continue;
      const route = routeOf({
        ref: object.ref,
        group: object.group,
        namespace: object.ref.namespace ?? '',
        spec: raw(object.json.spec),
        source: () => object.sourceOf(),
      });
      const told = new Set<string>();
      for (const backend of route?.backends ?? []) {
        // The port of a Service that is none: the AWS load balancer controller looks into an annotation.
        const isService = backend.other === undefined && backend.name !== '' && backend.port !== 'use-annotation';
        const found = isService ? missing(seen, backend, object.ref.kind === 'Route') : undefined;
        if (found === undefined || told.has(found.what)) continue;
        told.add(found.what);
        yield { object, path: ['spec'], ...found };
      }
    }
  },
};

function gateway(port: number): string {
  return `apiVersion: v1
kind: Service
metadata: { name: gateway, namespace: gateway }
spec: { selector: { app: gateway }, ports: [{ port: 80, targetPort: 8000 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gateway, namespace: gateway }
spec:
  defaultBackend: { service: { name: gateway, port: { number: ${port} } } }
`;
}

function missing(
  seen: Seen,
  { namespace, name, port }: Backend,
  takesTargets: boolean,
): Omit<CheckFinding, 'object'> | undefined {
  const there = serviceObjects(seen).get(namespace) ?? [];
  const service = there.find(({ ref }) => ref.name === name);
  if (service !== undefined) return port === undefined ? undefined : portMissing(service, port, takesTargets);
  // With no Service here at all, they are in another repository.
  if (there.length === 0) return undefined;
  const near = there.find(({ ref }) => isOneEditApart(ref.name, name));
  const what = `no manifest has Service ${namespace}/${name}`;
  return near === undefined
    ? { level: 'note', what: `${what}, to which it leads; it may be in another repository`, value: name }
    : { what: `${what}, and one slip makes it ${near.ref.name}`, value: name, fix: `Write ${near.ref.name}.` };
}

/** As they are written, by namespace: with their names of ports, and those that lead out of the cluster. */
const serviceObjects = remembered((seen: Seen): ReadonlyMap<string, readonly SeenObject[]> => {
  const found = new Map<string, SeenObject[]>();
  for (const service of objectsOfKind(seen, '', 'Service')) into(found, service.ref.namespace ?? '', service);
  return found;
});

/** A Route of OpenShift may name the port of the pods. */
function portMissing(
  { ref, json }: SeenObject,
  port: number | string,
  takesTargets: boolean,
): Omit<CheckFinding, 'object'> | undefined {
  const spec = raw(json.spec);
  const ports = list(spec.ports);
  const isThere = ports.some((each) => each.port === port || each.name === port);
  if (spec.type === 'ExternalName' || ports.length === 0 || isThere) return undefined;
  const own = ports.map((each) => `${each.port}${text(each.name) === undefined ? '' : ` (${each.name})`}`);
  const behind = ports.find(({ targetPort }) => targetPort === port);
  if (takesTargets && behind !== undefined) return undefined;
  return {
    what: `Service ${ref.namespace}/${ref.name} has no port ${port}${behind === undefined ? '' : ', which is a port of its pods'}; it has ${listText(own)}`,
    value: String(port),
    ...(behind !== undefined && { fix: `Write ${behind.port}, which leads to ${port}.` }),
  };
}
