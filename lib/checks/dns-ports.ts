import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { Rule } from '../model/layer';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import { remembered } from '../model/remembered';
import * as selectors from '../model/selector';

/** Where clusters run their name servers (kubeadm and most distributions; the DNS operator of OpenShift). */
const NAMESPACES = ['kube-system', 'openshift-dns'].map((name) =>
  selectors.fromLabels({ [NAMESPACE_NAME_LABEL]: name }),
);
/** The port of DNS, and the port of OpenShift's pods behind it. */
const PORTS = [53, 5353];
const NAMES = ['dns', 'dns-tcp', 'domain'];

/** The port of DNS alone, over either protocol. */
export const DNS = ports.union(ports.number('TCP', 53), ports.number('UDP', 53));

/** Whether port 53, or what stands for it, is among the ports. */
export function hasDnsPort(set: PortSet, protocol: 'TCP' | 'UDP'): boolean {
  return (
    PORTS.some((port) => ports.hasNumber(set, protocol, port)) ||
    NAMES.some((name) => ports.hasName(set, protocol, name))
  );
}

/** Whether the rule is about DNS and little else: the ports are written, and few. */
export function isAboutDns({ direction, ports: set }: Rule): boolean {
  return direction === 'egress' && !set.other && isLittleElse(set);
}

const isLittleElse = remembered((set: PortSet): boolean => {
  const all = ports.PROTOCOLS.flatMap((protocol) => set[protocol].ranges);
  const isNarrow = all.every(([first, last]) => last - first < 100);
  return isNarrow && (hasDnsPort(set, 'UDP') || hasDnsPort(set, 'TCP'));
});

/** Whether the rule may let its pods resolve names: by its ports, and by peers that a name server may be among. */
export function mayReachDns(rule: Rule): boolean {
  if (!hasDnsPort(rule.ports, 'UDP')) return false;
  // Who writes the port means a name server, wherever that runs.
  if (isAboutDns(rule)) return true;
  return rule.peers.some((peer) => {
    if (peer.kind !== 'pods') return peer.kind !== 'hosts';
    return NAMESPACES.some((namespace) => selectors.intersects(peer.pods.namespaces, namespace));
  });
}
