import type { IConstruct } from 'constructs';
import { IDENTITY_TITLES } from '../../cluster/workload-identity';
import { endText } from '../../graph/ends';
import { tierKey } from '../../graph/graph-data';
import { quoted } from '../../graph/plain-words';
import { trafficText } from '../../graph/traffic-text';
import type { Endpoint } from '../../model/endpoint';
import type { Flow } from '../../model/flow';
import { hostText } from '../../model/host-pattern';
import { podSetText } from '../../model/pod-set';
import { type PortSet, portsText } from '../../model/port-set';
import type { Problem } from '../../model/problem';
import * as selectors from '../../model/selector';
import type { PeerSpec } from '../../values/peer';
import type { Declarations } from '../declarations';
import type { Declaration, ForeignRecord, TierRecord } from '../records';
import { workloadText } from '../workloads/given-workload';
import { hostsText } from './hosts-of-one';

type RecordOf = Pick<Declarations, 'recordOf'>;

/** What a problem says of the flow that it concerns. */
export type AboutFlow = Pick<Problem, 'flow' | 'declaredAt'>;

/** A flow as it is being declared: what is not known yet is left out. */
interface Saying {
  readonly tier: TierRecord;
  readonly direction: Declaration['direction'];
  readonly peer: PeerSpec;
  readonly ports?: PortSet;
  readonly because?: string;
}

/** The flow that a declaration says, in the words of its author: `ai-agents/agent -> api.tavily.com TCP/443 ("…")`. */
export function sayingText({ tier, direction, peer, ports, because }: Saying, records: RecordOf): string {
  const own = recordKey(tier);
  const other = peerText(peer, records);
  const [source, destination] = direction === 'egress' ? [own, other] : [other, own];
  return inWords(source, destination, ports && portsText(ports), because);
}

/** What a problem of this declaration says of it. */
export function aboutDeclaration(declaration: Declaration, records: RecordOf): AboutFlow {
  return about(sayingText(declaration, records), declaration.declaredAt?.());
}

/** The same for what was declared of a policy of others. */
export function aboutForeign(record: ForeignRecord, records: RecordOf): AboutFlow {
  const { source, destination, ports, because, declaredAt } = record;
  const text = inWords(peerText(source, records), peerText(destination, records), ports && portsText(ports), because);
  return about(text, declaredAt?.());
}

/** A flow of a graph; `declaredAt` finds the line of the declaration that it comes from. */
export function aboutFlow(flow: Flow, declaredAt: (flow: Flow) => string | undefined): AboutFlow {
  const { from, to, traffic, because } = flow;
  const text = inWords(endWords(from), endWords(to), trafficText(traffic), because[0]);
  return about(text, declaredAt(flow));
}

/** Addresses that have a name by that alone: what it stands for is in the graph. */
function endWords(end: Endpoint): string {
  return end.kind === 'addresses' && end.name !== undefined ? end.name : endText(end, new Map());
}

function about(flow: string, declaredAt: string | undefined): AboutFlow {
  return { flow, ...(declaredAt !== undefined && { declaredAt }) };
}

function inWords(source: string, destination: string, traffic: string | undefined, because: string | undefined) {
  const ends = `${source} -> ${destination}`;
  const words = traffic === undefined ? ends : `${ends} ${traffic}`;
  return because === undefined ? words : `${words} (${quoted(shortened(because))})`;
}

/** As much of a reason as tells it from others. */
const MOST_OF_A_REASON = 100;

function shortened(because: string): string {
  return because.length > MOST_OF_A_REASON ? `${because.slice(0, MOST_OF_A_REASON)}…` : because;
}

function recordKey({ namespace, name }: TierRecord): string {
  return tierKey({ namespace: namespace.name, name });
}

/** What a peer stands for, as a line of the graph would call it. */
function peerText(peer: PeerSpec, records: RecordOf): string {
  switch (peer.kind) {
    case 'tier':
      return tierText(peer.construct, records);
    case 'namespace':
      return `every tier of ${peer.name}`;
    case 'pods':
      if (peer.workload !== undefined) return `the pods of ${workloadText({ ...peer, workload: peer.workload })}`;
      return podSetText({ namespaces: peer.namespaces ?? selectors.anything, pods: peer.pods });
    case 'block':
      return peer.text;
    case 'internet':
      return peer.families === 'any' ? 'internet' : `internet ${peer.families}`;
    case 'host':
      return hostText(peer.pattern);
    case 'hosts':
      return hostsText(peer);
    case 'nodes':
      return '<nodes>';
    case 'cilium-gateway':
      return '<ingress>';
    case 'metadata':
      return peer.identity === undefined ? 'metadata services' : IDENTITY_TITLES[peer.identity];
    case 'api-server':
      return '<api-server>';
  }
}

/** Tiers of another app have no record here. */
function tierText(construct: IConstruct, records: RecordOf): string {
  const record = records.recordOf(construct);
  return record !== undefined && 'role' in record ? recordKey(record) : construct.node.path;
}
