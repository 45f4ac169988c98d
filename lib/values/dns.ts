import * as flavours from '../cluster/dns-flavours';
import { anything, instance, listOf, optional, properties, type Shape, text } from '../model/checked';
import type { DnsFacts, DnsServer } from '../model/cluster-facts';
import * as ips from '../model/ip-set';
import { ZeroTrustError } from '../model/problem';
import { portsOfAddresses } from './address-ports';
import { peerSpec } from './peer';
import type { Pods } from './pods';
import { type Port, portsOf } from './port';

/** Where NodeLocal DNSCache listens. */
export interface NodeLocalDnsOptions {
  /**
   * Address of the agent on every node.
   *
   * @default '169.254.20.10', as Kubernetes' own manifest has it (`cluster/addons/dns/nodelocaldns`)
   */
  readonly address?: string;
}

/** Name servers of another make. */
export interface CustomDnsOptions {
  /**
   * Pods that answer: with a namespace and an owner.
   *
   * @default - none; `addresses` must be given
   */
  readonly pods?: Pods;
  /**
   * Addresses that answer, as blocks: servers outside the cluster, or on the host network of a node.
   *
   * @default - none; `pods` must be given
   */
  readonly addresses?: string[];
  /**
   * Ports that the servers listen on, after Services are translated.
   *
   * @default - UDP and TCP 53 (RFC 1035, RFC 7766)
   */
  readonly ports?: Port[];
}

/** How pods of the cluster resolve names. */
export class Dns {
  /** CoreDNS in `kube-system` with the label `k8s-app: kube-dns`, UDP and TCP 53: what kubeadm and most platforms have. */
  public static coreDns(): Dns {
    return new Dns(flavours.coreDns());
  }

  /**
   * NodeLocal DNSCache before CoreDNS. Its agent is on the host network, where pod selectors miss it, so its address is
   * allowed as well, and its label (`k8s-app: node-local-dns`) for engines that redirect the DNS Service to it. Where it
   * also listens at the address of that Service (kube-proxy with iptables), some engines see this address: allow it by
   * `Dns.anyOf([Dns.nodeLocal(), Dns.custom({ addresses: ['10.96.0.10/32'] })])`.
   *
   * @param options where it listens.
   * @throws for an address that is none.
   */
  public static nodeLocal(options?: NodeLocalDnsOptions): Dns {
    const given = options === undefined ? {} : properties(options, NODE_LOCAL, 'the options of Dns.nodeLocal');
    return new Dns(flavours.nodeLocalDns(given.address ?? '169.254.20.10'));
  }

  /** The DNS operator of OpenShift, whose pods listen on UDP and TCP 5353 (openshift/cluster-dns-operator). */
  public static openShift(): Dns {
    return new Dns(flavours.openShiftDns());
  }

  /**
   * Cloud DNS for GKE, which answers at 169.254.169.254 on port 53: the address of the metadata service. That port alone is
   * allowed, for agents too, and the graph says so (GKE documentation, "Using Cloud DNS for GKE"). Where GKE runs NodeLocal
   * DNSCache before it: `Dns.anyOf([Dns.nodeLocal(), Dns.gkeCloudDns()])`.
   */
  public static gkeCloudDns(): Dns {
    return new Dns(flavours.gkeCloudDns());
  }

  /**
   * Any of several: for a cluster that moves from one to another, or has one before the other.
   *
   * @param choices the ways in which names may be resolved, at least one.
   * @throws for an empty list, and for what is no Dns.
   */
  public static anyOf(choices: Dns[]): Dns {
    const given = listOf(aDns)(choices, 'choices');
    if (given.length === 0) {
      throw new ZeroTrustError({
        rule: 'dns-servers',
        what: 'Dns.anyOf([]) names no server',
        value: '[]',
        allowed: 'one Dns or more',
        fix: 'Name them: Dns.anyOf([Dns.coreDns(), Dns.nodeLocal()])',
      });
    }
    return new Dns(flavours.anyOf(given.map(({ _facts }) => _facts)));
  }

  /**
   * Servers of another make: pods, addresses or both.
   *
   * @param options which, and on what ports.
   * @throws when neither pods nor addresses are given, pods lack a namespace or an owner, or a port of addresses is given by name.
   */
  public static custom(options: CustomDnsOptions): Dns {
    const given = properties(options, CUSTOM, 'the options of Dns.custom');
    const servers = [...podServers(given), ...addressServers(given)];
    if (servers.length === 0) {
      throw new ZeroTrustError({
        rule: 'dns-servers',
        what: 'Dns.custom names no server',
        value: '{}',
        allowed: '`pods`, `addresses` or both',
        fix: "Name them: Dns.custom({ pods: Pods.labeled({ app: 'unbound' }).inNamespace('dns').ownedBy('platform team') })",
      });
    }
    return new Dns({ flavour: flavours.CUSTOM_DNS, servers });
  }

  /** @internal */
  public static _is(value: unknown): value is Dns {
    return typeof value === 'object' && value !== null && #facts in value;
  }

  readonly #facts: DnsFacts;

  private constructor(facts: unknown) {
    this.#facts = facts as DnsFacts;
  }

  /** @internal */
  public get _facts(): DnsFacts {
    return this.#facts;
  }
}

export const aDns = instance(Dns._is, {
  className: 'Dns',
  is: 'a Dns',
  allowed: 'Dns.coreDns(), Dns.nodeLocal(), Dns.openShift(), Dns.gkeCloudDns(), Dns.custom({ … }), Dns.anyOf([ … ])',
});

const NODE_LOCAL: Shape<NodeLocalDnsOptions> = { address: optional(text) };

/** Ports and pods are looked at where they are read. */
interface GivenServers {
  readonly pods?: unknown;
  readonly addresses?: string[];
  readonly ports?: unknown;
}

const CUSTOM: Shape<GivenServers> = { pods: anything, addresses: optional(listOf(text)), ports: anything };

function podServers({ pods, ports }: GivenServers): DnsServer[] {
  if (pods === undefined) return [];
  const spec = peerSpec(pods, '`pods`');
  if (
    spec.kind !== 'pods' ||
    spec.namespaces === undefined ||
    spec.owner === undefined ||
    spec.workload !== undefined
  ) {
    throw new ZeroTrustError({
      rule: 'dns-servers',
      what: 'the pods of Dns.custom need a namespace and an owner',
      allowed: 'pods in a namespace, with an owner',
      fix: "Give both: Pods.labeled({ app: 'unbound' }).inNamespace('dns').ownedBy('platform team')",
    });
  }
  const { namespaces, pods: selector, owner } = spec;
  const endpoint = { kind: 'pods', pods: { namespaces, pods: selector }, owner } as const;
  return [{ endpoint, ports: portsOf(ports) ?? flavours.dnsPorts(53) }];
}

function addressServers({ addresses, ports }: GivenServers): DnsServer[] {
  if (addresses === undefined || addresses.length === 0) return [];
  const endpoint = { kind: 'addresses', addresses: ips.fromBlocks(addresses), name: 'dns' } as const;
  return [{ endpoint, ports: portsOfAddresses(ports) ?? flavours.dnsPorts(53) }];
}
