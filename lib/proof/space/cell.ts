import * as ips from '../../model/ip-set';
import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import type { Direction, Entity } from '../../model/layer';
import { PROTOCOLS, type Protocol } from '../../model/port-set';
import type { Labels } from '../../model/selector';
import type { Sent } from '../../model/sent';
import type { Box } from './box';
import type { Span } from './partition';

/** A pod as policy sees it. */
export interface Pod {
  readonly kind: 'pod';
  /** Labels of its namespace, the name label among them. */
  readonly namespace: Labels;
  readonly labels: Labels;
  readonly address: string;
}

/** Something outside the cluster. */
export interface Address {
  readonly kind: 'address';
  readonly address: string;
}

/** What the engine knows by itself, at one of its addresses. */
export interface EntityEnd {
  readonly kind: 'entity';
  readonly entity: Entity;
  readonly address: string;
}

/** One connection, seen from one of its ends. */
export interface Connection {
  readonly direction: Direction;
  readonly subject: Omit<Pod, 'address'>;
  readonly peer: Pod | Address | EntityEnd;
  /** `other` for the protocols without ports. */
  readonly protocol: Protocol | 'other';
  /** The number of the port; 0 where the protocol has none. */
  readonly port: number;
  /** How containers of the destination call that port. */
  readonly names: readonly string[];
  /** Names that lead to the address, one for each way in which patterns tell names apart. Absent for none. */
  readonly hosts?: readonly string[];
  /** Absent where nothing depends on it. */
  readonly sent?: Sent;
  /** Patterns and matches that are not understood, and taken to match here. Absent for none. */
  readonly assumed?: readonly string[];
}

/** A connection as a search finds it: nothing is said of the subject but its labels. */
export interface Cell extends Omit<Connection, 'direction' | 'subject'> {
  readonly subject: Labels;
}

/** The first connection of the cell. */
export function cellOf(
  peer: Box['peer'],
  read: (part: 'subject' | 'namespace' | 'pod' | 'names') => Labels,
  at: { readonly address: Span; readonly port: Span },
): Cell {
  const address = firstAddress(at.address);
  const { protocol, port } = firstPort(at.port);
  const names = Object.keys(read('names'))
    .filter((key) => key.startsWith(`${protocol}/`))
    .map((key) => key.slice(protocol.length + 1));
  return {
    subject: read('subject'),
    peer: peerOf(),
    protocol,
    port,
    names,
  };

  function peerOf(): Cell['peer'] {
    if (peer === 'address') return { kind: 'address', address };
    if (peer === 'pod') return { kind: 'pod', namespace: read('namespace'), labels: read('pod'), address };
    return { kind: 'entity', entity: peer, address };
  }
}

/** The connection of the cell with its subject in a namespace. */
export function connectionAt(cell: Cell, direction: Direction, namespace: Labels): Connection {
  return { ...cell, direction, subject: { kind: 'pod', namespace, labels: cell.subject } };
}

export function namespaceName(pod: { readonly namespace: Labels }): string {
  return pod.namespace[NAMESPACE_NAME_LABEL];
}

function firstAddress({ axis, first, last }: Span): string {
  const run = axis === 'v4' ? { v4: [{ first, last }], v6: [] } : { v4: [], v6: [{ first, last }] };
  const address = ips.sampleAddress(run);
  if (address === undefined) throw new Error('Internal error in the proof: a cell without an address');
  return address;
}

function firstPort({ axis, first }: Span): Pick<Connection, 'protocol' | 'port'> {
  const protocol = PROTOCOLS.find((each) => each === axis);
  return protocol === undefined ? { protocol: 'other', port: 0 } : { protocol, port: Number(first) };
}
