import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';

/** Traffic of a node without which the node, or the cluster, is lost. */
export interface FailsafePorts {
  readonly ports: PortSet;
  readonly because: string;
}

/**
 * What a node must be reached on. Source: Calico, Felix configuration, `failsafeInboundHostPorts` (SSH, DHCP, BGP, etcd, the
 * API server), with the kubelet and the tunnels of the engines (kubernetes, "Ports and Protocols"; Cilium, "Firewall
 * Rules": VXLAN 8472, health 4240; Calico: VXLAN 4789, Typha 5473; Antrea: Geneve 6081).
 */
export const FAILSAFE_INBOUND: readonly FailsafePorts[] = [
  { ports: tcp(22), because: 'people reach a node that is in trouble' },
  { ports: ports.number('UDP', 68), because: 'the node has its address from DHCP' },
  { ports: tcp(179), because: 'nodes exchange routes' },
  { ports: tcp(2379, 2380, 6443), because: 'the control plane is reached' },
  { ports: tcp(10250), because: 'the kubelet is asked' },
  { ports: tcp(4240, 5473), because: 'agents of the engine talk to each other' },
  { ports: udp(4789, 6081, 8472), because: 'traffic of pods is tunnelled between nodes' },
];

/** What a node must be able to open. Source: as above, `failsafeOutboundHostPorts`. */
export const FAILSAFE_OUTBOUND: readonly FailsafePorts[] = [
  { ports: ports.union(tcp(53), udp(53)), because: 'the node resolves names' },
  { ports: ports.number('UDP', 67), because: 'the node has its address from DHCP' },
  { ports: tcp(179), because: 'nodes exchange routes' },
  { ports: tcp(443, 2379, 2380, 6443), because: 'the control plane is reached' },
  { ports: tcp(4240, 5473, 10250), because: 'agents of the engine talk to each other' },
  { ports: udp(4789, 6081, 8472), because: 'traffic of pods is tunnelled between nodes' },
];

function tcp(...numbers: readonly number[]): PortSet {
  return ports.unionOf(numbers.map((n) => ports.number('TCP', n)));
}

function udp(...numbers: readonly number[]): PortSet {
  return ports.unionOf(numbers.map((n) => ports.number('UDP', n)));
}
