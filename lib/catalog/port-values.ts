import type { PortPurpose, SystemPart, SystemPort } from '../known-systems';
import { Port } from '../values/port';

/** Ports of a part for a purpose. */
export function portsFor({ ports }: SystemPart, purpose: PortPurpose): readonly SystemPort[] {
  return ports.filter((port) => port.purpose === purpose);
}

/** The ports that it serves on unless it is told: those that are there by themselves, or else those that are switched on. */
export function servingPorts(part: SystemPart): readonly SystemPort[] {
  const all = portsFor(part, 'serving');
  const always = all.filter(({ isOptional }) => isOptional !== true);
  return always.length > 0 ? always : all;
}

export function portValue({ number, last = number, protocol = 'TCP' }: SystemPort): Port {
  if (protocol === 'TCP') return number === last ? Port.tcp(number) : Port.tcpRange(number, last);
  if (protocol === 'UDP') return number === last ? Port.udp(number) : Port.udpRange(number, last);
  return number === last ? Port.sctp(number) : Port.sctpRange(number, last);
}
