import type { Flow } from '../../model/flow';
import * as ports from '../../model/port-set';
import type { ServicePort } from '../../model/world';
import { aboutFlow } from './flow-text';
import type { Seen, SeenTier } from './seen';
import type { SeenService } from './services';
import type { Suspicion, Warning } from './warning';

/** Policies see the port of the pod. Containers need not declare theirs, so where some do, another one is suspicious. */
export const portNotServed: Warning = {
  id: 'port-not-served',
  level: 'warning',
  why: 'The policy opens a port that nobody answers on, and keeps the one that is served closed',
  fix: 'Name the port of the pod, or leave `ports` out to use those of the tier.',
  find: (seen) => seen.seenTiers.flatMap((tier) => unserved(tier, seen)),
};

function unserved(tier: SeenTier, seen: Seen): Suspicion[] {
  const declared = tier.pods.flatMap(({ pods }) => pods.ports);
  // Containers that declare no port say nothing; others may serve on more than is seen.
  if (tier.pods.some(({ pods }) => pods.ports.length === 0 || pods.mayHaveMorePorts)) return [];
  if (declared.length === 0) return [];
  return tier.into.flatMap((flow) =>
    missing(flow, declared).map((port): Suspicion => {
      const mapped = port.number === undefined ? undefined : mappedBy(tier.services, port);
      const numbers = ports.unionOf(declared.map(({ protocol, number }) => ports.number(protocol, number)));
      const workloads = [...new Set(tier.pods.map(({ object }) => `${object.kind} ${object.name}`))].join(', ');
      const about = {
        construct: tier.record.construct,
        ...aboutFlow(flow, seen),
        value: port.text,
        acknowledged: [flow.acknowledged, tier.record.acknowledged],
      };
      if (mapped !== undefined)
        return { ...about, level: 'error', ...behindService(port, mapped, workloads, declared) };
      return {
        ...about,
        what: `no container of ${workloads} declares ${port.text}`,
        allowed: ports.portsText(numbers),
        fix: "Name one of these, give the container its port, or acknowledge it: acknowledge: [{ rule: 'port-not-served', because: '…' }]",
      };
    }),
  );
}

type Declared = SeenTier['pods'][number]['pods']['ports'];

interface MissingPort {
  readonly text: string;
  readonly protocol: ports.Protocol;
  readonly number?: number;
}

/** The parts of the flow that no container serves: numbers and ranges in which there is none, and names. */
function missing({ traffic }: Flow, declared: Declared): MissingPort[] {
  return ports.PROTOCOLS.flatMap((protocol): MissingPort[] => {
    const own = declared.filter((port) => port.protocol === protocol);
    const { ranges, names } = traffic.ports[protocol];
    return [
      ...ranges
        .filter(([first, last]) => !own.some(({ number }) => number >= first && number <= last))
        // All ports of a protocol are no claim that any of it is served.
        .filter(([first, last]) => first !== 1 || last !== 65535)
        .map(([first, last]) =>
          first === last
            ? { protocol, number: first, text: `${protocol}/${first}` }
            : { protocol, text: `${protocol}/${first}-${last}` },
        ),
      ...names
        .filter((name) => !own.some((port) => port.name === name))
        .map((name) => ({
          protocol,
          text: `${protocol}/${name}`,
        })),
    ];
  });
}

interface Mapping {
  readonly service: SeenService;
  readonly port: ServicePort;
}

function mappedBy(services: readonly SeenService[], { protocol, number }: MissingPort): Mapping | undefined {
  return services
    .flatMap((service) => service.ports.map((port) => ({ service, port })))
    .find(({ port }) => port.protocol === protocol && port.port === number && port.targetPort !== number);
}

function behindService(
  { protocol, number }: MissingPort,
  { service, port }: Mapping,
  workloads: string,
  declared: Declared,
) {
  const { targetPort } = port;
  const named = declared.find((one) => one.protocol === protocol && one.name === targetPort);
  const target = named?.number ?? targetPort;
  const written = typeof target === 'number' ? `Port.${protocol.toLowerCase()}(${target})` : `Port.named('${target}')`;
  return {
    what: `no container of ${workloads} listens on ${number}: Service ${service.name} maps ${number} to ${target}, and policies see the port of the pod`,
    allowed: `${protocol}/${target}`,
    fix: `Write ports: [${written}], or leave ports out to use those of the tier.`,
  };
}
