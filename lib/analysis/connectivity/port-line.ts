import type { Edges } from '../../model/intervals';
import { none, type PortSet, type PortsOfProtocol, PROTOCOLS } from '../../model/port-set';

// All protocols on one line, each in its own stretch, and what is none of them behind the last: sets without names are
// met and joined there in one walk. No port is 0, so that stretches never touch, nor is there one before what is behind.
const STRETCH = 65536;
const OTHER = PROTOCOLS.length * STRETCH + 1;

/** A set of ports without names, by its edges. */
export type PortLine = Edges<number>;

export function lineOf(set: PortSet): PortLine {
  const edges = PROTOCOLS.flatMap((protocol, i) =>
    set[protocol].ranges.flatMap(([first, last]) => [i * STRETCH + first, i * STRETCH + last + 1]),
  );
  return set.other ? [...edges, OTHER, OTHER + 1] : edges;
}

export function portsOn(line: PortLine): PortSet {
  const ranges: Record<(typeof PROTOCOLS)[number], [number, number][]> = { TCP: [], UDP: [], SCTP: [] };
  for (let i = 0; i < line.length && line[i] < OTHER; i += 2) {
    const stretch = Math.floor(line[i] / STRETCH);
    ranges[PROTOCOLS[stretch]].push([line[i] - stretch * STRETCH, line[i + 1] - 1 - stretch * STRETCH]);
  }
  const ofProtocol = (protocol: (typeof PROTOCOLS)[number]): PortsOfProtocol =>
    ranges[protocol].length === 0 ? none[protocol] : { ranges: ranges[protocol], names: [] };
  return { TCP: ofProtocol('TCP'), UDP: ofProtocol('UDP'), SCTP: ofProtocol('SCTP'), other: line.at(-1) === OTHER + 1 };
}
