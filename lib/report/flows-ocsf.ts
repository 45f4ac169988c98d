import { fingerprintOf } from '../findings/fingerprint';
import type { FlowClass, FlowEnd, FlowEntry } from '../flow-logs/judging/found';
import { type FlowsReport, ruleOf } from './flows-report';
import { detailsOf, fixText, flowKeyText, flowText, whatText } from './flows-words';

// Events as the Open Cybersecurity Schema Framework 1.8.0 has them (github.com/ocsf/ocsf-schema, tag 1.8.0): one JSON
// object a line.
const OCSF_VERSION = '1.8.0';

/**
 * Two events for each entry: a Network Activity (4001) that says what the network did, and a Detection Finding (2004) that
 * says what is wrong with it, under one `uid` in every report. What is never seen is no activity, and not there.
 */
export function flowsAsOcsf(report: FlowsReport): string {
  const events = report.found.entries.flatMap((entry) => [
    networkActivity(entry, report),
    detectionFinding(entry, report),
  ]);
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}

function networkActivity(entry: FlowEntry, report: FlowsReport) {
  return {
    ...common(entry, report, { category: 4, class: 4001, activity: 6 }),
    ...times(entry, entry.first ?? entry.last ?? report.madeAt),
    ...decision(entry),
    ...ends(entry),
    unmapped: unmapped(entry),
  };
}

function detectionFinding(entry: FlowEntry, report: FlowsReport) {
  const rule = ruleOf(entry);
  return {
    ...common(entry, report, { category: 2, class: 2004, activity: 1 }),
    ...times(entry, entry.last ?? entry.first ?? report.madeAt),
    ...decision(entry),
    status_id: 1,
    confidence_id: entry.certainty === 'surely' ? 3 : 2,
    is_alert: report.failing.has(entry.class),
    finding_info: {
      uid: fingerprintOf({ rule, on: flowKeyText(entry) }),
      title: `${flowText(entry)}: ${whatText(entry, report.found)}`,
      desc: detailsOf(entry, report.places)
        .map((line) => `${line}.`)
        .join(' '),
      types: [rule],
      analytic: { name: rule, uid: rule, type_id: 1 },
      ...(entry.first !== undefined && { first_seen_time: entry.first }),
      ...(entry.last !== undefined && { last_seen_time: entry.last }),
    },
    evidences: [ends(entry)],
    resources: [entry.from, entry.to].flatMap(resourceOf),
    remediation: { desc: fixText(entry, report.found) },
    unmapped: unmapped(entry),
  };
}

interface Class {
  readonly category: number;
  readonly class: number;
  readonly activity: number;
}

function common(entry: FlowEntry, { found, tool }: FlowsReport, { category, class: of, activity }: Class) {
  return {
    activity_id: activity,
    category_uid: category,
    class_uid: of,
    type_uid: of * 100 + activity,
    severity_id: entry.certainty === 'surely' ? SEVERITY[entry.class] : 2,
    message: `${flowText(entry)}: ${whatText(entry, found)}`,
    metadata: {
      version: OCSF_VERSION,
      product: { name: tool.name, vendor_name: tool.name, version: tool.version },
      profiles: ['security_control'],
    },
  };
}

/** Low and medium: how bad it is hangs on what the ends are. */
const SEVERITY: Readonly<Record<FlowClass, number>> = {
  undeclared: 3,
  'dropped-though-declared': 3,
  'would-be-dropped': 2,
  'dropped-and-undeclared': 2,
};

/** A window is of several. */
function times({ first, last, count }: FlowEntry, time: number) {
  return {
    time,
    count,
    ...(first !== undefined && { start_time: first }),
    ...(last !== undefined && { end_time: last }),
  };
}

/** Allowed; allowed and logged, of what was audited; denied and dropped; or not known. With the first policy of the log. */
const DECISIONS = {
  passed: { action_id: 1, disposition_id: 1 },
  audited: { action_id: 1, disposition_id: 17 },
  dropped: { action_id: 2, disposition_id: 6 },
  unknown: { action_id: 0, disposition_id: 0 },
} as const;

function decision({ verdict, policies: [policy] }: FlowEntry) {
  if (policy === undefined) return DECISIONS[verdict];
  const { kind, namespace, name } = policy;
  const uid = namespace === undefined ? name : `${namespace}/${name}`;
  return { ...DECISIONS[verdict], firewall_rule: { name, uid, ...(kind !== undefined && { type: kind }) } };
}

const NUMBERS = { TCP: 6, UDP: 17, SCTP: 132 } as const;

function ends(entry: FlowEntry) {
  const { from, to, protocol, port } = entry;
  return {
    src_endpoint: endpointOf(from),
    dst_endpoint: { ...endpointOf(to), ...(port !== undefined && { port }) },
    connection_info: {
      direction_id: directionOf(entry),
      ...(protocol && { protocol_name: protocol.toLowerCase(), protocol_num: NUMBERS[protocol] }),
    },
  };
}

/** An endpoint has neither a namespace nor labels there: they are in `resources` and `unmapped`. */
function endpointOf({ name, addresses, hosts }: FlowEnd) {
  const [ip] = addresses;
  return { name, ...(ip !== undefined && { ip }), ...(hosts.length > 0 && { hostname: hosts[0] }) };
}

/** As the cluster sees it: between pods it is lateral. */
function directionOf({ from, to }: FlowEntry): number {
  const [isFromPods, isToPods] = [from, to].map(({ kind }) => kind === 'pods');
  if (isFromPods && isToPods) return 3;
  if (isFromPods) return 2;
  return isToPods ? 1 : 0;
}

function resourceOf({ name, kind, namespace, labels = {} }: FlowEnd) {
  if (kind !== 'pods') return [];
  const texts = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return [
    { name, uid: name, type: 'pods', ...(namespace && { namespace }), ...(texts.length > 0 && { labels: texts }) },
  ];
}

function unmapped({ class: of, certainty, declared, request, sample, from, to }: FlowEntry) {
  return {
    class: of,
    certainty,
    declared: declared.match,
    because: declared.because,
    ...(request !== undefined && { request }),
    sample: { log: sample.log, line: sample.line },
    ...(from.namespace !== undefined && { src_namespace: from.namespace }),
    ...(to.namespace !== undefined && { dst_namespace: to.namespace }),
  };
}
