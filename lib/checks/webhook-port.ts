import { type FieldPath, isObject } from '../kinds/field';
import * as ports from '../model/port-set';
import type { Workload } from '../model/world';
import type { Check, CheckFinding } from './check';
import { workloadsOf } from './in-force';
import { workloadsText } from './pods-seen';
import { hasGroup, type Seen, type SeenObject } from './seen';
import { allowRules } from './seen-rules';

/** One for each Service that is called; a webhook whose Service or pods no manifest shows is left alone. */
export const webhookPort: Check = {
  id: 'webhook-port',
  level: 'warning',
  title: 'a webhook that the API server does not reach',
  why: 'The API server calls the port of the pod, from the network of a host or from outside the cluster; where that is closed, every request that the webhook is asked about fails or goes unchecked',
  fix: 'Open the port of the pod, not that of the Service, to the addresses of the API server, or without from.',
  avoid: webhook('[{ port: 443 }]'),
  prefer: webhook('[{ port: 9443 }]'),
  source:
    'kubernetes "Dynamic Admission Control"; kedacore/charts 1444d00 (flavor kubernetes); k8s-nim-operator f63f74d7; cert-manager issue 8285',
  *find(seen) {
    if (!hasGroup(seen, [AGGREGATED, ADMITTING])) return;
    const services = new Map<string, Called>();
    for (const called of seen.objects.flatMap(calledBy)) {
      const key = `${called.namespace}/${called.name}/${called.port}`;
      if (!services.has(key)) services.set(key, called);
    }
    for (const called of services.values()) yield* found(called, seen);
  },
};

function webhook(open: string): string {
  return `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: operator }
webhooks:
  - name: check.example.com
    clientConfig: { service: { name: operator-webhook, namespace: operators } }
---
apiVersion: v1
kind: Service
metadata: { name: operator-webhook, namespace: operators }
spec:
  selector: { app: operator }
  ports: [{ port: 443, targetPort: 9443 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: operator, namespace: operators }
spec:
  template:
    metadata: { labels: { app: operator } }
    spec:
      containers: [{ name: manager, image: operator, ports: [{ containerPort: 9443 }] }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: operator, namespace: operators }
spec:
  podSelector: { matchLabels: { app: operator } }
  policyTypes: [Ingress]
  ingress:
    - ports: ${open}
`;
}

/** The groups of what the API server calls: servers behind it, and webhooks. */
const AGGREGATED = 'apiregistration.k8s.io';
const ADMITTING = 'admissionregistration.k8s.io';

/** A Service that the API server calls. */
interface Called {
  readonly object: SeenObject;
  readonly path: FieldPath;
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

function calledBy(object: SeenObject): Called[] {
  const { group, ref, json } = object;
  if (group === AGGREGATED && ref.kind === 'APIService' && isObject(json.spec)) {
    return called(object, json.spec.service, ['spec', 'service']);
  }
  if (group !== ADMITTING || !Array.isArray(json.webhooks)) return [];
  return json.webhooks.flatMap((each: unknown, i) =>
    isObject(each) && isObject(each.clientConfig)
      ? called(object, each.clientConfig.service, ['webhooks', i, 'clientConfig', 'service'])
      : [],
  );
}

function called(object: SeenObject, service: unknown, path: FieldPath): Called[] {
  if (!isObject(service) || typeof service.name !== 'string' || typeof service.namespace !== 'string') return [];
  const port = typeof service.port === 'number' ? service.port : 443;
  return [{ object, path, namespace: service.namespace, name: service.name, port }];
}

function* found(called: Called, seen: Seen): Generator<CheckFinding> {
  const cut = behind(called, seen).filter(
    ({ workload, port }) => !seen.connectivity().allowed('api-server', workload.id, 'TCP', port).may,
  );
  if (cut.length === 0) return;
  const [{ workload, port }] = cut;
  const mistaken = onServicePort(workload, called.port, port, seen);
  const service = `Service ${called.namespace}/${called.name}`;
  yield {
    object: mistaken?.object ?? called.object,
    path: mistaken?.path ?? called.path,
    about: workloadsText(cut.map(({ workload }) => workload)),
    what:
      mistaken === undefined
        ? `the API server calls TCP/${port} of these pods through the ${service}, and no policy lets it in`
        : `TCP/${called.port} is the port of the ${service}, through which the API server calls TCP/${port} of these pods, and no policy lets it in there`,
    value: `TCP/${mistaken === undefined ? port : called.port}`,
    allowed: `TCP/${port} from the API server`,
  };
}

interface Behind {
  readonly workload: Workload;
  readonly port: number;
}

/** The pods behind the Service, with the port that they listen on. */
function behind({ namespace, name, port }: Called, { reading: { world } }: Seen): Behind[] {
  const service = world.services.find((each) => each.namespace === namespace && each.name === name);
  const target = service?.ports.find((each) => each.port === port && each.protocol === 'TCP')?.targetPort;
  const selected = Object.entries(service?.selector ?? {});
  if (target === undefined || selected.length === 0) return [];
  return world.workloads
    .filter(
      (each) =>
        each.namespace === namespace &&
        !each.hostNetwork &&
        selected.every(([key, value]) => each.labels[key] === value),
    )
    .flatMap((workload) => {
      const named = workload.ports.find((each) => each.name === target && each.protocol === 'TCP')?.number;
      const number = typeof target === 'number' ? target : named;
      return number === undefined ? [] : [{ workload, port: number }];
    });
}

/** The rule that opens the port of the Service, where that is another one. */
function onServicePort(workload: Workload, servicePort: number, port: number, seen: Seen) {
  if (servicePort === port) return undefined;
  return allowRules(seen, 'ingress').find(
    (rule) =>
      workloadsOf(seen, rule).includes(workload) &&
      rule.parts.some(
        (part) => ports.hasNumber(part.ports, 'TCP', servicePort) && !ports.hasNumber(part.ports, 'TCP', port),
      ),
  );
}
