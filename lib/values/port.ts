import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import { ZeroTrustError } from '../model/problem';

/** The protocols that a NetworkPolicy port can name (Kubernetes `api/networking/v1`); ICMP cannot be expressed. */
export enum Protocol {
  /** Transmission Control Protocol. */
  TCP = 'TCP',
  /** User Datagram Protocol. */
  UDP = 'UDP',
  /** Stream Control Transmission Protocol: neither TCP nor UDP, and closed unless named. */
  SCTP = 'SCTP',
}

/**
 * Ports that pods listen on: the port of the pod, not of the Service before it, since policies see traffic after
 * Services are translated.
 *
 * @example
 * Port.tcp(8000);
 * Port.tcpRange(30000, 32767);
 * Port.named('metrics');
 */
export class Port {
  /**
   * One TCP port.
   *
   * @param number 1 to 65535.
   * @throws for a number that is no port.
   */
  public static tcp(number: number): Port {
    return new Port(ports.number('TCP', number));
  }

  /**
   * One UDP port.
   *
   * @param number 1 to 65535.
   * @throws for a number that is no port.
   */
  public static udp(number: number): Port {
    return new Port(ports.number('UDP', number));
  }

  /**
   * One SCTP port.
   *
   * @param number 1 to 65535.
   * @throws for a number that is no port.
   */
  public static sctp(number: number): Port {
    return new Port(ports.number('SCTP', number));
  }

  /**
   * TCP ports from `first` to `last`, both included.
   *
   * @param first 1 to 65535.
   * @param last `first` to 65535.
   * @throws for numbers that are no ports, or in the wrong order.
   */
  public static tcpRange(first: number, last: number): Port {
    return new Port(ports.range('TCP', first, last));
  }

  /**
   * UDP ports from `first` to `last`, both included.
   *
   * @param first 1 to 65535.
   * @param last `first` to 65535.
   * @throws for numbers that are no ports, or in the wrong order.
   */
  public static udpRange(first: number, last: number): Port {
    return new Port(ports.range('UDP', first, last));
  }

  /**
   * SCTP ports from `first` to `last`, both included.
   *
   * @param first 1 to 65535.
   * @param last `first` to 65535.
   * @throws for numbers that are no ports, or in the wrong order.
   */
  public static sctpRange(first: number, last: number): Port {
    return new Port(ports.range('SCTP', first, last));
  }

  /**
   * The port that a container of the destination calls by this name, whatever its number there.
   *
   * A name resolves pod by pod and must match the protocol, and it means nothing for an address.
   *
   * @param name up to 15 lower-case letters, digits and hyphens, with a letter among them (RFC 6335, as Kubernetes checks it).
   * @param protocol of the container port; TCP when not given.
   * @throws for a name that no container port can have.
   */
  public static named(name: string, protocol?: Protocol): Port {
    return new Port(ports.named(protocol ?? Protocol.TCP, name));
  }

  /** Every TCP port. */
  public static allTcp(): Port {
    return new Port(ports.allOf('TCP'));
  }

  /** Every UDP port. */
  public static allUdp(): Port {
    return new Port(ports.allOf('UDP'));
  }

  /** Every SCTP port. */
  public static allSctp(): Port {
    return new Port(ports.allOf('SCTP'));
  }

  /** Every port of every protocol, also of those that a policy cannot name: more than all of TCP, UDP and SCTP. */
  public static allTraffic(): Port {
    return new Port(ports.everything);
  }

  /** @internal */
  public readonly _ports: PortSet;

  private constructor(set: unknown) {
    this._ports = set as PortSet;
  }

  /** Canonical text, such as `TCP/8000`. */
  public toString(): string {
    return ports.portsText(this._ports);
  }
}

/** The union of the ports; undefined where none are given. An empty list is refused, since it reads as "every port" to some. */
export function portsOf(list: readonly Port[] | undefined): PortSet | undefined {
  if (list === undefined) return undefined;
  if (list.length === 0) {
    throw new ZeroTrustError({
      rule: 'ports-empty',
      what: '`ports` is an empty list, which would mean either no port or every port',
      value: '[]',
      allowed: 'one port or more, or leave `ports` out for the ports of the destination',
      fix: 'Name the ports (Port.tcp(8000)), or write Port.allTraffic() for every one.',
    });
  }
  return ports.unionOf(list.map((port) => port._ports));
}
