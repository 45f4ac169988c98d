import { type Allowed, type Connectivity, connectivity, type Explanation, explain, type Host } from '../../analysis';
import type { IpSet } from '../../model/ip-set';
import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import type { Plane } from '../../model/layer';
import type { Protocol } from '../../model/port-set';
import type { Sent } from '../../model/sent';
import type { Namespace, Workload, World } from '../../model/world';
import type { AttributedEnd } from '../attribution/end';
import type { KnownPods, WhyUnknown } from '../attribution/known-end';
import type { Tally } from './judge';
import { NamespaceDoubt } from './namespace-doubt';
import { podPorts, whichPort } from './pod-ports';

/** Policies that flows are held against. */
export interface HeldPolicies {
  readonly world: World;
  readonly plane: Plane;
  /** Every address that a pod can have, where that is known. */
  readonly podRanges?: IpSet;
}

/** Answers whether policies would let flows through; pods that no manifest shows are there with the labels that logs show. */
export class AgainstManifests {
  private readonly world: World;
  private readonly ids = new Map<AttributedEnd, string>();
  private readonly reach: Connectivity;
  private readonly options: { readonly podAddresses?: IpSet };
  private readonly asksHeaders: boolean;
  private readonly doubt: NamespaceDoubt;

  constructor(
    private readonly held: HeldPolicies,
    tallies: readonly Tally[],
  ) {
    const { world, plane, podRanges } = held;
    this.doubt = new NamespaceDoubt(world, plane);
    this.world = withStrangers(world, tallies, this.ids);
    this.options = podRanges === undefined ? {} : { podAddresses: podRanges };
    this.reach = connectivity(this.world, plane, this.options);
    this.asksHeaders = asksHeaders(plane);
  }

  /** Undefined where that cannot be asked: an end or the port is not known. */
  allowed(tally: Tally): Allowed | undefined {
    const answers = this.askedOf(tally).map((asked) => this.answer(asked));
    if (answers.length === 0) return undefined;
    if (answers.some(({ may }) => may)) return { must: answers.every(({ must }) => must), may: true };
    const isOpen =
      (tally.traffic.sent !== undefined && this.asksHeaders) || this.doubt.of(tally.from, tally.to).length > 0;
    return { must: false, may: isOpen };
  }

  /** Why a tally cannot be asked about; of use for those alone. */
  whyNotAsked({ to, traffic }: Tally): WhyUnknown {
    const { protocol, portIs, port } = traffic;
    const isAfterService = portIs !== 'pod' && protocol !== undefined && port !== undefined;
    return isAfterService && podPorts(to, traffic, this.held.world) === undefined ? 'service-port' : 'not-asked';
  }

  /** Why, at each end; where the port can be several, of the first that does not surely pass. */
  explanation(tally: Tally): Explanation | undefined {
    const all = this.askedOf(tally);
    const asked = all.find((one) => !this.answer(one).must) ?? all[0];
    return asked && this.explain(asked);
  }

  private answer(asked: Asked): Allowed {
    const { from, to, protocol, port, sent } = asked;
    const isPlain = typeof to === 'string' && sent === undefined;
    return isPlain ? this.reach.allowed(from, to, protocol, port) : this.explain(asked).allowed;
  }

  private explain(asked: Asked): Explanation {
    return explain(this.world, this.held.plane, asked, this.options);
  }

  /** A question for each port that it can be; none where that cannot be asked. */
  private askedOf({ from, to, traffic }: Tally): readonly Asked[] {
    const { protocol } = traffic;
    const source = this.idOf(from);
    const target = this.hostOf(to) ?? this.idOf(to);
    const own = podPorts(to, traffic, this.held.world);
    if (source === undefined || target === undefined || protocol === undefined || own === undefined) return [];
    return own.map((port) => ({ from: source, to: target, protocol, port, ...sentOf(traffic.sent) }));
  }

  private idOf(end: AttributedEnd): string | undefined {
    const { known } = end;
    switch (known.kind) {
      case 'pods':
        return known.why === undefined ? (known.workload?.id ?? this.ids.get(end)) : undefined;
      case 'addresses':
        return known.address;
      case 'entity':
        return this.reach.byClass.entities.includes(known.entity) ? known.entity : known.address;
      case 'unknown':
        return undefined;
    }
  }

  /** An address by the name that the log gives it, for engines that go by names. */
  private hostOf({ known }: AttributedEnd): Host | undefined {
    if (known.kind !== 'addresses' || known.address === undefined) return undefined;
    const name = known.hosts[0] ?? known.heard[0];
    return name === undefined || !this.asksHosts() ? undefined : { name, addresses: known.addresses };
  }

  private asksHosts(): boolean {
    const { layers } = this.held.plane;
    return layers.some(({ rules }) => rules.some(({ peers }) => peers.some(({ kind }) => kind === 'hosts')));
  }

  /** What decides beside the policies and is not known: sentences without their full stop. */
  unknownsOf(tally: Tally): readonly string[] {
    const { from, to, traffic } = tally;
    const namespaces = this.doubt.of(from, to);
    const pods = [from, to].filter(({ known }) => known.kind === 'pods' && known.unknownLabels !== undefined);
    return [
      ...namespaces.map((name) => `no manifest that was given says which labels the namespace ${name} has`),
      ...pods.map(({ name }) => `the log does not show all labels of ${name}`),
      ...(traffic.sent !== undefined && this.asksHeaders ? ['the log does not show all of the request'] : []),
      ...whichPort(to, traffic, this.held.world),
    ];
  }
}

interface Asked {
  readonly from: string;
  readonly to: string | Host;
  readonly protocol: Protocol;
  readonly port: number;
  readonly sent?: Sent;
}

function sentOf(request: Tally['traffic']['sent']): { readonly sent?: Sent } {
  if (request?.method === undefined || request.path === undefined) return {};
  const { method, path, host = '' } = request;
  return { sent: { protocol: 'http', request: { method, path, host, headers: [] } } };
}

/** Logs do not show all headers, nor always the host. */
function asksHeaders({ layers }: Plane): boolean {
  return layers.some(({ rules }) =>
    rules.some(({ requests = [] }) =>
      requests.some((match) => match.protocol === 'http' && (match.headers !== undefined || match.host !== undefined)),
    ),
  );
}

function withStrangers(world: World, tallies: readonly Tally[], ids: Map<AttributedEnd, string>): World {
  const names = new Set(world.namespaces.map(({ name }) => name));
  const taken = new Set(world.workloads.map(({ id }) => id));
  const workloads: Workload[] = [];
  const namespaces: Namespace[] = [];
  for (const end of tallies.flatMap(({ from, to }) => [from, to])) {
    const { known } = end;
    if (known.kind !== 'pods' || known.workload !== undefined || known.why !== undefined || ids.has(end)) continue;
    const stranger = strangerOf(known, taken);
    taken.add(stranger.id);
    ids.set(end, stranger.id);
    workloads.push(stranger);
    if (names.has(known.namespace)) continue;
    names.add(known.namespace);
    namespaces.push(namespaceOf(known));
  }
  return {
    ...world,
    workloads: [...world.workloads, ...workloads],
    namespaces: [...world.namespaces, ...namespaces],
  };
}

function strangerOf({ namespace, labels, unknownLabels, called }: KnownPods, taken: ReadonlySet<string>): Workload {
  const base = `${namespace}/Pod/${
    called ??
    Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(',')
  }`;
  let id = base;
  for (let n = 2; taken.has(id); n++) id = `${base}#${n}`;
  return {
    id,
    namespace,
    labels,
    ...(unknownLabels !== undefined && { unknownLabels }),
    ports: [],
    mayHaveMorePorts: true,
    hostNetwork: false,
    addresses: [],
  };
}

function namespaceOf({ namespace, namespaceLabels }: KnownPods): Namespace {
  return { name: namespace, labels: { ...namespaceLabels, [NAMESPACE_NAME_LABEL]: namespace } };
}
