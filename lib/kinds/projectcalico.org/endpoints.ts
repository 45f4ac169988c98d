import type { Field } from '../field';
import { policyReader, type SpecReading } from '../read-policy';
import { readNet } from './nets';
import { notRead, refuseRepeats } from './shape';

const GROUP = { group: 'projectcalico.org', apiVersions: ['projectcalico.org/v3'] };

/**
 * A network set gives addresses labels, so that any selector which holds for the labels reaches the addresses: where policies
 * are read, the sets that are read with them are asked.
 */
export const networkSetReader = policyReader({ ...GROUP, kind: 'NetworkSet', isClusterWide: false }, readNetworkSet);
export const globalNetworkSetReader = policyReader(
  { ...GROUP, kind: 'GlobalNetworkSet', isClusterWide: true },
  readNetworkSet,
);

/**
 * A host endpoint makes policies apply to an interface of a node, and decides nothing itself. Selectors of peers that may
 * hold for one are not read, whether or not it is among the manifests: Calico makes them by itself where it is told to.
 */
export const hostEndpointReader = policyReader(
  { ...GROUP, kind: 'HostEndpoint', isClusterWide: true },
  (spec: Field): SpecReading => {
    spec.only(['node', 'interfaceName', 'expectedIPs', 'profiles', 'ports']);
    const ports = spec.child('ports');
    if (ports.items().length > 0)
      notRead(ports, 'rules about these names reach the host', 'host endpoints without ports');
    const node = spec.child('node').text() ?? '';
    const byName = spec.child('interfaceName').text() ?? '';
    if (node === '' || (byName === '' && spec.child('expectedIPs').items().length === 0)) spec.refuse(INCOMPLETE);
    return { rules: [], isolations: [] };
  },
);

function readNetworkSet(spec: Field): SpecReading {
  const nets = spec.only(['nets']).child('nets').items();
  refuseRepeats(nets);
  for (const net of nets) readNet(net);
  return { rules: [], isolations: [] };
}

const INCOMPLETE = {
  rule: 'calico-host-endpoint',
  what: 'The host endpoint has no node, or neither interfaceName nor expectedIPs, and Calico refuses it',
  allowed: 'a node, and interfaceName or expectedIPs',
  fix: "Name the node and the interface; interfaceName: '*' stands for all of them.",
};
