import * as ports from '../model/port-set';
import * as selectors from '../model/selector';
import type { Service, ServicePort, Workload, World } from '../model/world';

/**
 * Where a port that was asked for is that of a Service, whose pods listen elsewhere: a sentence for each. Policies see the
 * port of the pod (Kubernetes documentation, "Network Policies": behaviour of to and from selectors; KEP-2079).
 */
export function servicePortHints(
  asked: ports.PortSet,
  targets: readonly string[],
  { workloads, services }: World,
): readonly string[] {
  const ids = new Set(targets);
  const hints = workloads
    .filter(({ id }) => ids.has(id))
    .flatMap((workload) =>
      services
        .filter((service) => leadsTo(service, workload))
        .flatMap((service) => service.ports.flatMap((port) => hint(service, port, workload, asked) ?? [])),
    );
  return [...new Set(hints)];
}

function leadsTo({ namespace, selector }: Service, workload: Workload): boolean {
  const asksSomething = Object.keys(selector).length > 0;
  return (
    asksSomething &&
    namespace === workload.namespace &&
    selectors.matches(selectors.fromLabels(selector), workload.labels)
  );
}

function hint(
  { namespace, name }: Service,
  { protocol, port, targetPort }: ServicePort,
  workload: Workload,
  asked: ports.PortSet,
): string | undefined {
  const target = typeof targetPort === 'number' ? targetPort : portNamed(targetPort, workload);
  if (target === undefined || target === port) return undefined;
  if (!ports.hasNumber(asked, protocol, port) || ports.hasNumber(asked, protocol, target)) return undefined;
  return `${port} is the port of Service ${namespace}/${name}; its pods listen on ${protocol}/${target}, which is the port that policies see`;
}

function portNamed(name: string, { ports: declared }: Workload): number | undefined {
  return declared.find((port) => port.name === name)?.number;
}
