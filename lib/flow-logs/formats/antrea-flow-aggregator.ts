import type { FlowPoint, FlowRecord, LineRead, LogFormat, LogReader, PolicySeen } from '../flow-record';
import { countOf, portOf } from '../reading/fields';
import { NOTHING, readAs, unreadable } from '../reading/line-read';
import { protocolOf } from '../reading/protocols';
import { timeOf, timeOfSeconds } from '../reading/times';

/** The file that Antrea's FlowAggregator writes: thirty values with commas, and no header (antrea-io/antrea `pkg/flowaggregator/flowlogger/logger.go`). */
export const antreaFlowAggregator: LogFormat = {
  name: 'antrea-flow-aggregator',
  title: 'Antrea FlowAggregator (its log file)',
  recognises: (line) => (isFlow(line.split(',')) ? 2 : 0),
  reader: () => new AggregatorReader(),
  limits: [
    'There are no labels.',
    'A record stands for one connection as both of its nodes saw it, or for what one of them denied.',
    'An end without a pod may be a node, a Service or an address outside.',
  ],
};

const COLUMNS = [
  'flowStart',
  'flowEnd',
  'srcIP',
  'dstIP',
  'srcPort',
  'dstPort',
  'proto',
  'srcPod',
  'srcNs',
  'srcNode',
  'dstPod',
  'dstNs',
  'dstNode',
  'dstClusterIP',
  'dstServiceIP',
  'dstServicePort',
  'dstServicePortName',
  'ingressPolicy',
  'ingressPolicyNs',
  'ingressRule',
  'ingressAction',
  'ingressPolicyType',
  'egressPolicy',
  'egressPolicyNs',
  'egressRule',
  'egressAction',
  'egressPolicyType',
  'egressName',
  'egressIP',
  'egressNode',
] as const;
type Column = (typeof COLUMNS)[number];
type Row = Readonly<Record<Column, string>>;

/** Numbers of actions and kinds, where they are not printed as words. */
const ACTIONS = ['NoAction', 'Allow', 'Drop', 'Reject'];
const KINDS = [undefined, 'K8sNetworkPolicy', 'AntreaNetworkPolicy', 'AntreaClusterNetworkPolicy'];

class AggregatorReader implements LogReader {
  line(text: string, line: number): LineRead {
    const values = text.split(',');
    if (!isFlow(values)) return unreadable('it is no record of the FlowAggregator', line);
    return readAs(recordOf(Object.fromEntries(COLUMNS.map((column, at) => [column, values[at] ?? ''])) as Row));
  }

  end(): LineRead {
    return NOTHING;
  }
}

function isFlow(values: readonly string[]): boolean {
  return (
    values.length === COLUMNS.length &&
    /^\d/.test(values[0] ?? '') &&
    /^[0-9a-fA-F:.]+$/.test(values[2] ?? '') &&
    /^[0-9a-fA-F:.]+$/.test(values[3] ?? '') &&
    countOf(values[5]) !== undefined
  );
}

function recordOf(row: Row): FlowRecord {
  const egress = wordOf(ACTIONS, row.egressAction);
  const ingress = wordOf(ACTIONS, row.ingressAction);
  // What the source's side denies never gets to the other.
  const denied = isDenial(egress) ? 'source' : isDenial(ingress) ? 'destination' : undefined;
  const service = serviceOf(row.dstServicePortName);
  return {
    source: endOf(row.srcNs, row.srcPod, row.srcIP),
    destination: { ...endOf(row.dstNs, row.dstPod, row.dstIP), ...(service === undefined ? {} : { service }) },
    protocol: protocolOf(row.proto),
    port: portOf(row.dstPort),
    portIs: 'pod',
    verdict: denied === undefined ? 'passed' : 'dropped',
    seenAt: denied,
    isReply: false,
    byPolicy: denied === undefined ? undefined : true,
    reason:
      denied === undefined ? undefined : reasonOf(denied === 'source' ? 'Egress' : 'Ingress', row, egress, ingress),
    policies: policiesOf(row, denied),
    count: 1,
    from: whenOf(row.flowStart),
    until: whenOf(row.flowEnd),
  };
}

function wordOf(words: readonly (string | undefined)[], value: string): string | undefined {
  if (value === '') return undefined;
  return /^\d$/.test(value) ? words[Number(value)] : value;
}

function isDenial(action: string | undefined): boolean {
  return action === 'Drop' || action === 'Reject';
}

function endOf(namespace: string, pod: string, address: string): FlowPoint {
  return { ...(namespace === '' || pod === '' ? {} : { namespace, pod }), address };
}

/** `ai-inference/vllm:http`. */
function serviceOf(portName: string): FlowPoint['service'] {
  const parts = /^([^/]+)\/([^:]+)/.exec(portName);
  return parts?.[2] === undefined ? undefined : { namespace: parts[1], name: parts[2] };
}

function reasonOf(side: string, row: Row, egress: string | undefined, ingress: string | undefined): string {
  const [action, rule] = side === 'Egress' ? [egress, row.egressRule] : [ingress, row.ingressRule];
  return [side, action, rule].filter((word) => word !== undefined && word !== '').join(' ');
}

/** Those that decided: of the side that denied, or of both. */
function policiesOf(row: Row, denied: FlowRecord['seenAt']): readonly PolicySeen[] | undefined {
  const policies = [
    ...(denied === 'destination' ? [] : policyOf(row.egressPolicyType, row.egressPolicyNs, row.egressPolicy)),
    ...(denied === 'source' ? [] : policyOf(row.ingressPolicyType, row.ingressPolicyNs, row.ingressPolicy)),
  ];
  return policies.length === 0 ? undefined : policies;
}

function policyOf(kind: string, namespace: string, name: string): readonly PolicySeen[] {
  if (name === '') return [];
  return [{ kind: wordOf(KINDS, kind), namespace: namespace === '' ? undefined : namespace, name }];
}

function whenOf(value: string): number | undefined {
  return timeOfSeconds(countOf(value)) ?? timeOf(value);
}
