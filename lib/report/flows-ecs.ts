import { fingerprintOf } from '../findings/fingerprint';
import type { FlowEnd, FlowEntry } from '../flow-logs/judging/found';
import { type FlowsReport, ruleOf } from './flows-report';
import { detailsOf, flowKeyText, flowText, whatText } from './flows-words';

/** The Elastic Common Schema (github.com/elastic/ecs, tag v9.4.0). */
const ECS_VERSION = '9.4.0';

/** One document for each entry, one JSON object a line. What is never seen is no event, and not there. */
export function flowsAsEcs(report: FlowsReport): string {
  return report.found.entries.map((entry) => `${JSON.stringify(documentOf(entry, report))}\n`).join('');
}

function documentOf(entry: FlowEntry, report: FlowsReport) {
  const { from, to, protocol, port, first, last, policies, sample, declared } = entry;
  const { found, failing, tool, places } = report;
  const rule = ruleOf(entry);
  const addresses = [...from.addresses, ...to.addresses];
  const hosts = [...from.hosts, ...to.hosts];
  const pods = to.kind === 'pods' ? to : from;
  return {
    '@timestamp': iso(last ?? first ?? report.madeAt),
    ecs: { version: ECS_VERSION },
    message: `${flowText(entry)}: ${whatText(entry, found)}`,
    event: {
      kind: failing.has(entry.class) ? 'alert' : 'event',
      category: ['network'],
      type: TYPES[entry.verdict],
      action: rule,
      outcome: OUTCOMES[entry.verdict],
      id: fingerprintOf({ rule, on: flowKeyText(entry) }),
      module: tool.name,
      dataset: `${tool.name}.flows`,
      reason: keyword(
        detailsOf(entry, places)
          .map((line) => `${line}.`)
          .join(' '),
      ),
      ...(first !== undefined && { start: iso(first) }),
      ...(last !== undefined && { end: iso(last) }),
    },
    source: endOf(from),
    destination: { ...endOf(to), ...(port !== undefined && { port }) },
    network: {
      direction: directionOf(entry),
      ...(protocol && { transport: protocol.toLowerCase() }),
      ...(addresses.length > 0 && { type: addresses[0].includes(':') ? 'ipv6' : 'ipv4' }),
    },
    ...(policies.length > 0 && {
      rule: { name: policies[0].name, ...(policies[0].kind && { ruleset: policies[0].kind }) },
    }),
    // There is one resource in an event: what was called, where that is pods.
    orchestrator: {
      type: 'kubernetes',
      ...(pods.namespace !== undefined && { namespace: pods.namespace }),
      resource: { name: pods.name, ...(pods.labels && { label: labelsOf(pods) }) },
    },
    observer: { vendor: tool.name, product: tool.name, version: tool.version, type: 'firewall' },
    ...((addresses.length > 0 || hosts.length > 0) && {
      related: { ...(addresses.length > 0 && { ip: addresses }), ...(hosts.length > 0 && { hosts }) },
    }),
    log: { file: { path: sample.log } },
    // Values of labels are keywords.
    labels: {
      flow_class: entry.class,
      flow_certainty: entry.certainty,
      flow_declared: declared.match,
      flow_count: String(entry.count),
      log_line: String(sample.line),
      ...(entry.request !== undefined && { flow_request: keyword(entry.request) }),
      ...(from.namespace !== undefined && { source_namespace: from.namespace }),
      ...(to.namespace !== undefined && { destination_namespace: to.namespace }),
    },
  };
}

const TYPES = {
  passed: ['connection', 'allowed'],
  audited: ['connection', 'allowed'],
  dropped: ['connection', 'denied'],
  unknown: ['connection'],
} as const;
const OUTCOMES = { passed: 'success', audited: 'success', dropped: 'failure', unknown: 'unknown' } as const;

function endOf({ name, addresses, hosts }: FlowEnd) {
  const [ip] = addresses;
  return { address: name, ...(ip !== undefined && { ip }), ...(hosts.length > 0 && { domain: hosts[0] }) };
}

function labelsOf({ labels = {} }: FlowEnd): readonly string[] {
  return Object.entries(labels).map(([key, value]) => `${key}:${value}`);
}

function directionOf({ from, to }: FlowEntry): string {
  const [isFromPods, isToPods] = [from, to].map(({ kind }) => kind === 'pods');
  if (isFromPods && isToPods) return 'internal';
  if (isFromPods) return 'outbound';
  return isToPods ? 'inbound' : 'unknown';
}

/** Cut where it is longer than 1024 characters, since a longer keyword is not found (`ignore_above` of the schema). */
function keyword(text: string): string {
  return text.length <= 1024 ? text : `${text.slice(0, 1023)}…`;
}

function iso(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString();
}
