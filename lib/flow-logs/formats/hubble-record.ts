import type { FlowPoint, FlowRecord, FlowVerdict, PolicySeen } from '../flow-record';
import { countOf, type Fields, fieldsOf, listOf, portOf, textOf, textsOf } from '../reading/fields';
import { timeOf } from '../reading/times';
import { HubbleEnds } from './hubble-end';

/**
 * By name, and by number where what wrote the record did not know the name (cilium v1.20.2 `api/v1/flow/flow.proto`;
 * Retina has numbers of its own above these).
 */
const VERDICTS = new Map<unknown, FlowVerdict>([
  ['FORWARDED', 'passed'],
  ['REDIRECTED', 'passed'],
  ['DROPPED', 'dropped'],
  ['AUDIT', 'audited'],
  [1, 'passed'],
  [5, 'passed'],
  [2, 'dropped'],
  [4, 'audited'],
]);

/** Types of events (cilium v1.20.2 `pkg/monitor/api/types.go`). */
const POLICY_VERDICT = 5;
const ACCESS_LOG = 129;

/** A drop because nothing allows, and one because a rule denies. */
const POLICY_DROPS = new Set<unknown>(['POLICY_DENIED', 'POLICY_DENY', 133, 181]);

const NO_FIELDS: Fields = {};

/** Reads flows of Hubble, whatever they were wrapped in. */
export class HubbleRecords {
  private readonly ends = new HubbleEnds();

  /** Undefined for Cilium's check of its own health, which is nobody's flow. */
  recordOf(flow: Fields, node: unknown): FlowRecord | undefined {
    const source = fieldsOf(flow['source']) ?? NO_FIELDS;
    const destination = fieldsOf(flow['destination']) ?? NO_FIELDS;
    const sender = this.ends.identityOf(source);
    const receiver = this.ends.identityOf(destination);
    if (sender.isHealth || receiver.isHealth) return undefined;

    const ip = fieldsOf(flow['IP']) ?? NO_FIELDS;
    const seenOn = textOf(node) ?? textOf(flow['node_name']);
    const from = this.ends.pointOf(
      source,
      sender,
      { address: ip['source'], hosts: flow['source_names'], service: flow['source_service'] },
      seenOn,
    );
    const to = this.ends.pointOf(
      destination,
      receiver,
      { address: ip['destination'], hosts: flow['destination_names'], service: flow['destination_service'] },
      seenOn,
    );
    const isReply = isReplyOf(flow);
    return isReply === true ? record(flow, to, from, true) : record(flow, from, to, isReply);
  }
}

function record(flow: Fields, source: FlowPoint, destination: FlowPoint, isReply: boolean | undefined): FlowRecord {
  const l4 = fieldsOf(flow['l4']);
  const protocol = l4 === undefined ? undefined : protocolOfLayer(l4);
  const verdict = VERDICTS.get(flow['verdict']) ?? 'unknown';
  const type = fieldsOf(flow['event_type'])?.['type'];
  const l7 = fieldsOf(flow['l7']);
  const aggregate = fieldsOf(flow['aggregate']);
  const until = timeOf(flow['time']);
  return {
    source,
    destination,
    protocol,
    port: l4 === undefined ? undefined : portOfLayer(l4, isReply === true),
    portIs: portIsOf(type, destination),
    verdict,
    seenAt: seenAtOf(flow['traffic_direction']),
    isReply,
    byPolicy: verdict === 'dropped' ? byPolicyOf(flow, type) : undefined,
    reason: verdict === 'dropped' ? reasonOf(flow) : undefined,
    // Only where policies decided does a record name them.
    policies: type === POLICY_VERDICT ? policiesOf(flow) : undefined,
    request: l7 === undefined ? undefined : requestOf(fieldsOf(l7['http'])),
    dns: l7 === undefined ? undefined : dnsOf(fieldsOf(l7['dns'])),
    count: aggregate === undefined ? 1 : countOfAggregate(aggregate),
    // Of flows that were counted together the record has the time of the last.
    from: aggregate === undefined ? until : undefined,
    until,
  };
}

function protocolOfLayer(l4: Fields): FlowRecord['protocol'] {
  if (l4['TCP'] !== undefined) return 'TCP';
  if (l4['UDP'] !== undefined) return 'UDP';
  if (l4['SCTP'] !== undefined) return 'SCTP';
  for (const _ in l4) return 'other';
  return undefined;
}

function portOfLayer(l4: Fields, isReply: boolean): number | undefined {
  const ports = fieldsOf(l4['TCP'] ?? l4['UDP'] ?? l4['SCTP']);
  if (ports === undefined) return undefined;
  return portOf(isReply ? ports['source_port'] : ports['destination_port']);
}

/**
 * A packet to the address of a pod has the port of the pod, and policies judge what is translated. Everything else may be
 * seen before a Service's address and port are translated.
 */
function portIsOf(type: unknown, destination: FlowPoint): FlowRecord['portIs'] {
  if (destination.service !== undefined) return 'service';
  if (destination.pod !== undefined || type === POLICY_VERDICT) return 'pod';
  return 'either';
}

function seenAtOf(direction: unknown): FlowRecord['seenAt'] {
  if (direction === 'EGRESS') return 'source';
  if (direction === 'INGRESS') return 'destination';
  return undefined;
}

/** A drop has no mark, and then the flags of TCP tell the first packet and the first answer from the rest. */
function isReplyOf(flow: Fields): boolean | undefined {
  const mark = flow['is_reply'];
  if (mark === true || (mark === false && !isOfRetina(flow))) return mark;
  const flags = fieldsOf(fieldsOf(fieldsOf(flow['l4'])?.['TCP'])?.['flags']);
  return flags?.['SYN'] === true ? flags['ACK'] === true : undefined;
}

/** Retina without Cilium says `false` where it does not know (microsoft/retina `pkg/utils/flow_utils.go`). */
function isOfRetina(flow: Fields): boolean {
  const extension = fieldsOf(flow['extensions']);
  return extension !== undefined && String(extension['@type']).includes('Retina');
}

function byPolicyOf(flow: Fields, type: unknown): boolean | undefined {
  const said = flow['drop_reason_desc'] ?? flow['drop_reason'];
  if (said !== undefined) return POLICY_DROPS.has(said);
  return type === POLICY_VERDICT || type === ACCESS_LOG ? true : undefined;
}

function reasonOf(flow: Fields): string | undefined {
  const number = countOf(flow['drop_reason']);
  return textOf(flow['drop_reason_desc']) ?? (number === undefined ? undefined : `drop reason ${number}`);
}

function policiesOf(flow: Fields): readonly PolicySeen[] | undefined {
  const policies: PolicySeen[] = [];
  take(policies, flow['egress_allowed_by']);
  take(policies, flow['ingress_allowed_by']);
  take(policies, flow['egress_denied_by']);
  take(policies, flow['ingress_denied_by']);
  return policies.length === 0 ? undefined : policies;
}

function take(policies: PolicySeen[], said: unknown): void {
  if (said === undefined) return;
  for (const policy of listOf(said)) {
    const fields = fieldsOf(policy) ?? NO_FIELDS;
    const name = textOf(fields['name']);
    if (name === undefined) continue;
    policies.push({ kind: textOf(fields['kind']), namespace: textOf(fields['namespace']), name });
  }
}

/** Of a URL its host and path: what follows a question mark is the business of the two ends. */
function requestOf(http: Fields | undefined): FlowRecord['request'] {
  if (http === undefined) return undefined;
  const parts = /^(?:[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]*))?([^?#]*)/i.exec(textOf(http['url']) ?? '');
  const host = textOf(parts?.[1]);
  return { method: textOf(http['method']), path: textOf(parts?.[2]), host: host?.toLowerCase() };
}

function dnsOf(dns: Fields | undefined): FlowRecord['dns'] {
  const query = textOf(dns?.['query']);
  if (dns === undefined || query === undefined) return undefined;
  return { name: query.replace(/\.$/, '').toLowerCase(), addresses: textsOf(dns['ips']) ?? [] };
}

function countOfAggregate(aggregate: Fields): number {
  const counts = ['ingress_flow_count', 'egress_flow_count', 'unknown_direction_flow_count'];
  return Math.max(
    1,
    counts.reduce((sum, field) => sum + (countOf(aggregate[field]) ?? 0), 0),
  );
}
