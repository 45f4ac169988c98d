import type { Endpoint } from './endpoint';
import type { Direction } from './layer';
import type { PodSet } from './pod-set';
import type { PortSet } from './port-set';
import type { Selector } from './selector';

/** What the platform rules out for the whole cluster, whatever the owner of a namespace allows. */
export interface Guardrail {
  /** Name of its objects, unique in a graph. */
  readonly name: string;
  readonly because: string;
  readonly denies: readonly GuardrailDeny[];
  /**
   * Pods that are isolated both ways where no policy of theirs allows anything: default deny, which a policy of a
   * namespace may open.
   */
  readonly isolates: readonly PodSet[];
}

/** Connections of `subject` that are denied before anything else is asked. */
export interface GuardrailDeny {
  readonly direction: Direction;
  readonly subject: PodSet;
  readonly peer: Endpoint;
  readonly ports: PortSet;
}

/** What nodes themselves may be asked on, and may open; everything else is denied there. */
export interface HostGuardrail {
  readonly name: string;
  readonly because: string;
  /** Over the labels of nodes. */
  readonly nodes: Selector;
  readonly allows: readonly HostAllow[];
}

export interface HostAllow {
  readonly direction: Direction;
  readonly peer: Endpoint;
  readonly ports: PortSet;
  readonly because: string;
}
