import { Construct } from 'constructs';
import { FAILSAFE_INBOUND, FAILSAFE_OUTBOUND, type FailsafePorts } from '../cluster/failsafe-ports';
import { internetAddresses } from '../cluster/internet-addresses';
import { Deployment } from '../deployment/deployment';
import { isNamedPeer, namedEnd } from '../deployment/flows/named-peers';
import { at } from '../deployment/reported';
import { reason } from '../findings/reason';
import { givenConstruct } from '../graph/given-construct';
import { anything, listOf, optional, properties, type Shape, struct, text, texts } from '../model/checked';
import type { ClusterFacts } from '../model/cluster-facts';
import type { Endpoint } from '../model/endpoint';
import type { HostAllow } from '../model/guardrail';
import * as ips from '../model/ip-set';
import type { Direction } from '../model/layer';
import { ZeroTrustError } from '../model/problem';
import * as selectors from '../model/selector';
import { portsOfAddresses } from '../values/address-ports';
import { Cluster } from '../values/cluster';
import { type IPeer, peerSpec } from '../values/peer';
import type { Port } from '../values/port';
import { refuseGuardrailName } from './cluster-guardrail';

/** What a node may be asked on, or may open. */
export interface HostAccess {
  /** Addresses, `Internet`, `Nodes` or the API server. */
  readonly peer: IPeer;

  /** Ports of the destination. */
  readonly ports: Port[];

  /** Why: at least two words. */
  readonly because: string;
}

/** What nodes may be asked on, and may open. */
export interface HostGuardrailProps {
  /**
   * Name of its objects, unique in the app.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /** Why it is there: at least two words. */
  readonly because: string;

  /**
   * Labels of the nodes.
   *
   * @default - every node
   */
  readonly nodes?: { [key: string]: string };

  /**
   * Who may reach the nodes themselves.
   *
   * @default - nobody but what keeps a node reachable
   */
  readonly allowFrom?: HostAccess[];

  /**
   * What the nodes themselves may reach.
   *
   * @default - nothing but what keeps a node running
   */
  readonly allowTo?: HostAccess[];
}

/**
 * Isolates nodes: what is on their host networks, and no pod. Ports without which a node or the cluster would be lost stay
 * open (SSH, DHCP, DNS, the control plane, the kubelet, the engine's own; Calico, Felix' failsafe ports). On Calico and
 * Cilium, which can say it.
 *
 * @example
 * new HostGuardrail(platform, 'gpu-nodes', { nodes: { pool: 'gpu' }, because: 'nodes are not servers' });
 */
export class HostGuardrail extends Construct {
  /** Name of the guardrail. */
  public readonly guardrailName: string;

  /**
   * Declares the guardrail.
   *
   * @param scope a chart, or a construct in one; its objects are cluster-wide.
   * @param id of the construct, and the name of the guardrail where none is given.
   * @param props which nodes, and what stays open.
   * @throws for a name that is taken or none, labels that are none, and peers that are pods or host names.
   */
  constructor(scope: Construct, id: string, props: HostGuardrailProps) {
    super(givenConstruct(scope, 'scope'), text(id, 'id'));
    const guardrail = at(this, () => {
      const given = properties(props, GUARDRAIL, 'the props of the guardrail');
      const name = given.name ?? id;
      refuseGuardrailName(name);
      const { _facts } = Cluster.of(this);
      return {
        name,
        because: reason(given.because, 'a guardrail'),
        nodes: selectors.fromLabels(given.nodes ?? {}),
        allows: [
          ...failsafe('ingress', FAILSAFE_INBOUND),
          ...failsafe('egress', FAILSAFE_OUTBOUND),
          ...allows('allowFrom', given.allowFrom, _facts),
          ...allows('allowTo', given.allowTo, _facts),
        ],
      };
    });
    this.guardrailName = guardrail.name;
    Deployment.of(this).declarations.addHostGuardrail({ construct: this, guardrail });
  }
}

function failsafe(direction: Direction, list: readonly FailsafePorts[]): HostAllow[] {
  const peer: Endpoint = { kind: 'addresses', addresses: ips.all, name: 'anywhere' };
  return list.map(({ ports, because }) => ({ direction, peer, ports, because }));
}

/** What a node may be asked on, as it was handed over. */
interface GivenAccess {
  readonly peer?: unknown;
  readonly ports?: unknown;
  readonly because?: unknown;
}

interface GivenGuardrail {
  readonly name?: string;
  readonly because?: unknown;
  readonly nodes?: { [key: string]: string };
  readonly allowFrom?: GivenAccess[];
  readonly allowTo?: GivenAccess[];
}

const accesses = optional(
  listOf(
    struct<GivenAccess>({ peer: anything, ports: anything, because: anything }, 'a peer with its ports and the reason'),
    '{ peer: …, ports: […], because: … }',
  ),
);

const GUARDRAIL: Shape<GivenGuardrail> = {
  name: optional(text),
  because: anything,
  nodes: optional(texts),
  allowFrom: accesses,
  allowTo: accesses,
};

function allows(property: 'allowFrom' | 'allowTo', list: GivenAccess[] | undefined, facts: ClusterFacts): HostAllow[] {
  const direction = property === 'allowFrom' ? 'ingress' : 'egress';
  return (list ?? []).map((access, index) => allow(direction, access, `${property}[${index}].ports`, facts));
}

function allow(
  direction: Direction,
  { peer, ports, because }: GivenAccess,
  name: string,
  facts: ClusterFacts,
): HostAllow {
  const set = portsOfAddresses(ports, name);
  if (set === undefined) throw new ZeroTrustError(noPorts());
  return { direction, peer: endpointOf(peer, facts), ports: set, because: reason(because) };
}

function endpointOf(peer: unknown, facts: ClusterFacts): Endpoint {
  const spec = peerSpec(peer, 'the peer of an entry');
  if (spec.kind === 'block') return { kind: 'addresses', addresses: spec.addresses };
  if (spec.kind === 'internet') {
    return { kind: 'addresses', addresses: internetAddresses(spec.families, facts), name: 'internet' };
  }
  if (isNamedPeer(spec) && spec.kind !== 'host') {
    const { endpoint, problems } = namedEnd(spec, facts);
    if (endpoint === undefined) throw new ZeroTrustError(problems);
    return endpoint;
  }
  throw new ZeroTrustError({
    rule: 'host-guardrail-peer',
    what: 'nodes are guarded by address, and this peer is known by labels or names',
    value: spec.kind,
    allowed: 'Cidr, Internet, Nodes, CloudMetadata, cluster.apiServer',
    fix: "Name the addresses: { peer: Cidr.of('192.0.2.0/24'), … }",
  });
}

function noPorts() {
  return {
    rule: 'flow-ports',
    what: 'an entry of the guardrail names no port that nodes may be reached on',
    value: '[]',
    allowed: 'one port or more',
    fix: "Name them: { ports: [Port.tcp(9100)], because: '…' }",
  };
}
