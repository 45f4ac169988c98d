import { addressText } from './addresses';
import { type Labels, NAME_LABEL } from './manifests';
import type { Asked } from './questions';
import { PROTOCOLS } from './situation';
import type { Found } from './unknowns';
import { knownNamespaces, type World } from './world';

/** A connection that a solver found, with everything that it depends on: a pod, whom it meets, and how. */
export interface Connection {
  readonly subject: ConcretePod;
  readonly peer: { readonly pod?: ConcretePod; readonly ip: string };
  /** `ICMP` stands for every protocol without ports. */
  readonly protocol: string;
  readonly port: number;
  /** How the container that is reached calls the port. */
  readonly names: readonly string[];
  /** Whether blocks match pods by their addresses, where nobody knows. */
  readonly blocksMeanPods: boolean;
}

export interface ConcretePod {
  readonly namespace: string;
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
}

/** What was found, as a connection between things that have what was asked about them, and nothing else. */
export function connectionOf(found: Found, { namespace }: Asked, world: World): Connection {
  const known = knownNamespaces(world);
  const isIpv6 = found.get('peer IPv6?') === true;
  const protocol = PROTOCOLS[Number(found.get('protocol'))];
  const ip = isIpv6
    ? addressText(found.get('peer IPv6') as bigint, 128)
    : addressText(found.get('peer IPv4') as bigint, 32);
  return {
    subject: podOf('subject', namespace),
    peer: { ip, ...(found.get('peer is a pod') === true && { pod: podOf('peer') }) },
    protocol: protocol ?? 'ICMP',
    port: Number(found.get('port')),
    names: [...found].flatMap(([name, value]) => (name.startsWith('name ') && value === true ? [name.slice(5)] : [])),
    blocksMeanPods: world.facts.mode === 'may' ? found.get('blocks mean pods') === true : world.facts.mode === 'pods',
  };

  function podOf(of: string, given?: string): ConcretePod {
    const said = labelsOf(`${of} namespace `);
    const name = given ?? (said[NAME_LABEL] as string);
    return {
      namespace: name,
      namespaceLabels: known.get(name) ?? { ...said, [NAME_LABEL]: name },
      labels: of === 'subject' ? labelsOf('subject ') : labelsOf('peer '),
    };
  }

  function labelsOf(prefix: string): Labels {
    return Object.fromEntries(
      [...found].flatMap(([name, value]) => {
        const key = name.slice(prefix.length);
        return name.startsWith(prefix) && !/\s/.test(key) && typeof value === 'string' ? [[key, value]] : [];
      }),
    );
  }
}
