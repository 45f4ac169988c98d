import { App, Chart } from 'cdk8s';
import { ArgoSync } from '../argo/argo-sync';
import { roleOf } from '../catalog/known';
import { propsOf, tierOfRole } from '../catalog/made-tiers';
import type { PortSet } from '../model/port-set';
import * as portSets from '../model/port-set';
import { ZeroTrustError } from '../model/problem';
import { remembered } from '../model/remembered';
import type { HttpMatch, PathPattern } from '../model/request-match';
import type { Requirement } from '../model/selector';
import { NamespaceManagement, Tier, ZeroTrustFindings, ZeroTrustNamespace } from '../tiers';
import {
  Cidr,
  Cluster,
  Hostname,
  HttpPath,
  HttpRule,
  type IPeer,
  LabelOperator,
  Nodes,
  Pods,
  Port,
  Protocol,
} from '../values';
import { pathSaid } from './code/expressions';
import { keyOf, type Plan, type PlannedPeer, type PlannedTier, type Waiver } from './plan';

/** A plan through the public constructs. */
export interface Realised {
  readonly app: App;
  /** What was refused as it was declared; the flow by its position in the plan, the tier by its key. */
  readonly refused: readonly Refused[];
}

export interface Refused {
  readonly error: ZeroTrustError;
  readonly flow?: number;
  readonly tier?: string;
}

/** Where a flow of a plan is declared: it has no line of code yet, so that problems name its position. */
function placeOf(position: number): string {
  return `flow number ${position}`;
}

/** The position of the flow that was declared at such a place. */
export function positionIn(declaredAt = ''): number | undefined {
  const [, position] = /^flow number (\d+)$/.exec(declaredAt) ?? [];
  return position === undefined ? undefined : Number(position);
}

export function realised(plan: Plan, cluster: Cluster): Realised {
  const app = new App({ outdir: 'dist' });
  ZeroTrustFindings.quiet(app);
  const chart = new Chart(app, 'platform');
  Cluster.use(app, cluster);
  if (plan.isLarge === true) ArgoSync.use(app, { serverSideApply: true });
  const refused: Refused[] = [];
  const namespaces = new Map(
    plan.namespaces.map(({ name, labels, purpose, waived }) => [
      name,
      new ZeroTrustNamespace(chart, name, {
        purpose,
        management: NamespaceManagement.ADOPT,
        labels: { ...labels },
        acknowledge: given(waived),
      }),
    ]),
  );
  const tiers = new Map<string, Tier>();
  // A rule is bound to many tiers, and its peers are the same at each.
  const peers = remembered((peer: PlannedPeer) => peerOf(peer, { tiers, namespaces, cluster }));
  for (const tier of plan.tiers) {
    const key = keyOf(tier);
    attempt({ tier: key }, () => tiers.set(key, tierOf(tier, namespaces.get(tier.namespace) as ZeroTrustNamespace)));
  }
  for (const [position, flow] of plan.flows.entries()) {
    const tier = tiers.get(flow.tier);
    if (tier === undefined) continue;
    attempt({ flow: position }, () => {
      const peer = peers(flow.peer);
      const options = {
        because: flow.because,
        ports: portsOf(flow.ports),
        acknowledge: given(flow.waived),
        ...(flow.http && { http: flow.http.map(ruleOf) }),
        declaredAt: () => placeOf(position),
      };
      // What allowTo and allowFrom do, but for looking for the line of code that calls them: there is none.
      tier.connections._declare(flow.direction, peer, options);
    });
  }
  return { app, refused };

  function attempt(about: Omit<Refused, 'error'>, declare: () => void): void {
    try {
      declare();
    } catch (error) {
      if (!(error instanceof ZeroTrustError)) throw error;
      refused.push({ ...about, error });
    }
  }
}

/** Many flows are waived the same. */
const given = remembered((waived: readonly Waiver[]): Waiver[] => waived.map((each) => ({ ...each })));

/** The same is written as code: `tierCode`. */
function tierOf({ name, pods, dns, waived, entry }: PlannedTier, namespace: ZeroTrustNamespace): Tier {
  const acknowledge = given(waived);
  if (entry === undefined) return new Tier(namespace, name, { pods: podsOf(pods), dns, acknowledge });
  const props = propsOf(entry, { pods: podsOf(pods) });
  return tierOfRole(roleOf(entry), namespace, name, { ...props, dns, acknowledge });
}

function podsOf(pods: readonly Requirement[]): Pods {
  if (pods.length === 0) return Pods.all();
  return Pods.matching(
    pods.map(({ key, operator, values }) => ({
      key,
      operation: OPERATIONS[operator],
      ...(values && { values: [...values] }),
    })),
  );
}

const OPERATIONS = {
  In: LabelOperator.IN,
  NotIn: LabelOperator.NOT_IN,
  Exists: LabelOperator.EXISTS,
  DoesNotExist: LabelOperator.DOES_NOT_EXIST,
} as const;

interface Ends {
  readonly tiers: ReadonlyMap<string, Tier>;
  readonly namespaces: ReadonlyMap<string, ZeroTrustNamespace>;
  readonly cluster: Cluster;
}

function peerOf(peer: PlannedPeer, { tiers, namespaces, cluster }: Ends): IPeer {
  switch (peer.kind) {
    case 'tier':
      return tiers.get(peer.tier) as Tier;
    case 'namespace':
      return namespaces.get(peer.name) as ZeroTrustNamespace;
    case 'pods': {
      const pods = podsOf(peer.pods);
      const placed =
        'name' in peer.place ? pods.inNamespace(peer.place.name) : pods.inNamespacesLabeled({ ...peer.place.labels });
      return placed.ownedBy(peer.owner);
    }
    case 'block':
      return Cidr.of(peer.cidr, peer.except.length === 0 ? undefined : { excluding: [...peer.except] });
    case 'blocks':
      return Cidr.anyOf(peer.blocks.map(({ cidr }) => cidr));
    case 'host':
      return hostOf(peer.host);
    case 'entity':
      return peer.entity === 'nodes' ? Nodes.all() : cluster.apiServer;
  }
}

function hostOf(host: Extract<PlannedPeer, { kind: 'host' }>['host']): IPeer {
  switch (host.kind) {
    case 'exact':
      return Hostname.exact(host.name);
    case 'one-label':
      return Hostname.oneLabelUnder(host.under);
    case 'any-depth':
      return Hostname.anyDepthUnder(host.under);
  }
}

/** The same calls are written as code: `portsCode`. */
const portsOf = remembered((set: PortSet): Port[] => {
  if (portSets.isEverything(set)) return [Port.allTraffic()];
  return portSets.PROTOCOLS.flatMap((protocol) => {
    if (portSets.covers(set, portSets.allOf(protocol))) return [ALL[protocol]()];
    const { ranges, names } = set[protocol];
    return [
      ...ranges.map(([first, last]) => (first === last ? ONE[protocol](first) : RANGE[protocol](first, last))),
      ...names.map((name) => Port.named(name, Protocol[protocol])),
    ];
  });
});

const ALL = { TCP: Port.allTcp, UDP: Port.allUdp, SCTP: Port.allSctp } as const;
const ONE = { TCP: Port.tcp, UDP: Port.udp, SCTP: Port.sctp } as const;
const RANGE = { TCP: Port.tcpRange, UDP: Port.udpRange, SCTP: Port.sctpRange } as const;

function ruleOf({ methods, path, host, headers }: HttpMatch): HttpRule {
  return HttpRule.of({
    ...(methods && { methods: [...methods] }),
    ...(path && { path: pathOf(path) }),
    ...(host !== undefined && { host }),
    ...(headers && { headers: [...headers] }),
  });
}

function pathOf(path: PathPattern): HttpPath {
  const { method, text } = pathSaid(path);
  return HttpPath[method](text);
}
