import type { ClusterFacts } from '../../model/cluster-facts';
import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';
import type { Problem } from '../../model/problem';
import { clusterCall } from '../../values/cluster-call';
import type { Declaration } from '../records';
import { namesOfSidecars } from './names-of-sidecars';
import { endName, type PeerEnd } from './peer-end';
import { requestPortProblems } from './requests';

/**
 * What is wrong with the traffic of a flow at its destination.
 *
 * @param declared its requests, and whether it is to be encrypted.
 * @param given its ports as they were declared, and as the engine is told them.
 */
export function trafficProblems(
  declared: Pick<Declaration, 'requests' | 'encrypted'>,
  given: { readonly set: PortSet; readonly sayable: PortSet },
  destination: PeerEnd,
  facts: ClusterFacts,
): readonly Omit<Problem, 'where'>[] {
  const { requests, encrypted } = declared;
  const { set, sayable } = given;
  // Nearly every flow is of numbers, and of nothing else.
  if (requests === undefined && !encrypted && !ports.hasNames(set)) return [];
  return [
    ...unknownNames(set, destination, endName(destination.endpoint)),
    ...namesOfSidecars(sayable, destination, facts),
    ...(requests === undefined ? [] : requestPortProblems(set)),
    ...(encrypted && facts.encryption === undefined ? [notEncrypted(facts)] : []),
  ];
}

/** Names that no container of the destination has would never let anything pass. */
function unknownNames(set: PortSet, { portNames }: Pick<PeerEnd, 'portNames'>, destination: string) {
  if (portNames === undefined) return [];
  const missing = ports.PROTOCOLS.flatMap((protocol) =>
    set[protocol].names
      .filter((name) => !portNames[protocol].names.includes(name))
      .map((name) => `${protocol}/${name}`),
  );
  if (missing.length === 0) return [];
  return [
    {
      rule: 'port-name-unknown',
      what: `no container of ${destination} has a port named ${missing.join(', ')}`,
      value: missing.join(', '),
      allowed: ports.isEmpty(portNames) ? 'port numbers: its containers name no port' : ports.portsText(portNames),
      fix: 'Use the name and protocol that the container declares, or the number.',
    },
  ];
}

function notEncrypted(facts: ClusterFacts): Omit<Problem, 'where'> {
  return {
    rule: 'flow-encrypted',
    what: 'the flow must be encrypted on its way, which the cluster does not promise and no policy can bring about',
    value: 'encrypted: true',
    allowed: 'flows to be encrypted on a cluster that encrypts traffic between its nodes',
    fix: `If it does, say how: Cluster.use(app, ${clusterCall(facts, 'encryption: Encryption.WIREGUARD')}). Otherwise leave \`encrypted\` out.`,
  };
}
