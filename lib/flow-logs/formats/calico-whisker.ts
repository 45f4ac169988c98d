import type { FlowRecord, LineRead, LogFormat, LogReader } from '../flow-record';
import { beginsObject, countOf, type Fields, fieldsOf, objectOfLine, portOf, textOf } from '../reading/fields';
import { labelsOf } from '../reading/labels-of';
import { NOTHING, passedOver, unreadable } from '../reading/line-read';
import { protocolOf } from '../reading/protocols';
import { timeOf } from '../reading/times';
import { calicoEnd, seenByReporter } from './calico-end';
import { calicoVerdict } from './calico-verdict';

/**
 * What Calico's Whisker answers under `/flows`: a list in one line, or a stream of events whose lines begin with `data:`
 * (projectcalico/calico `whisker-backend/pkg/apis/v1/flows.go`).
 */
export const calicoWhisker: LogFormat = {
  name: 'calico-whisker',
  title: 'Calico Whisker (`/flows`, a list or a stream of events)',
  recognises: (line) => {
    const flows = flowsOf(line);
    if (flows !== undefined) return flows.length > 0 && flows.every(isFlow) ? 2 : 0;
    return line.startsWith('data:') ? 1 : 0;
  },
  reader: () => new WhiskerReader(),
  isUnordered: true,
  limits: [
    'There are no addresses: an end outside the cluster is a public or a private network. Calico counts the metadata service, 100.64.0.0/10 and IPv6 as public.',
    'Pods are counted together by the beginning of their names, and the labels are those that all of them have.',
    'What kind of end a name stands for is left out: a name without a star may be a pod of its own or a set of addresses, so nothing but its namespace is taken from it.',
    'A record stands for the connections of 15 seconds or more, seen from one end: an allowed connection is in the log twice, and how many connections it stands for is not said.',
  ],
};

class WhiskerReader implements LogReader {
  line(text: string, line: number): LineRead {
    const flows = flowsOf(text);
    if (flows === undefined) return ofNoFlows(text, line);
    const records = flows.filter(isFlow).map(recordOf);
    const notes = records.length < flows.length ? unreadable('it is no flow of Whisker', line).notes : [];
    return { records, notes };
  }

  end(): LineRead {
    return NOTHING;
  }
}

/** Of a stream of events: names, numbers and comments of the events. */
function ofNoFlows(text: string, line: number): LineRead {
  return /^(event|id|retry)?:/.test(text)
    ? passedOver('a part of the stream of events', line)
    : unreadable('it is no flow of Whisker', line);
}

function flowsOf(line: string): readonly unknown[] | undefined {
  const text = line.startsWith('data:') ? line.slice('data:'.length).trimStart() : line;
  if (!beginsObject(text)) return undefined;
  const object = objectOfLine(text);
  if (object === undefined) return undefined;
  return Array.isArray(object['items']) ? object['items'] : [object];
}

function isFlow(value: unknown): value is Fields {
  const flow = fieldsOf(value);
  return flow !== undefined && ['source_name', 'dest_name', 'reporter', 'action'].every((name) => name in flow);
}

function recordOf(flow: Fields): FlowRecord {
  const policies = fieldsOf(flow['policies']) ?? {};
  const action = textOf(flow['action']);
  return {
    source: calicoEnd('unknown', {
      name: textOf(flow['source_name']),
      namespace: textOf(flow['source_namespace']),
      labels: labelsOfText(flow['source_labels']),
    }),
    destination: calicoEnd('unknown', {
      name: textOf(flow['dest_name']),
      namespace: textOf(flow['dest_namespace']),
      labels: labelsOfText(flow['dest_labels']),
    }),
    protocol: protocolOf(flow['protocol']),
    port: portOf(flow['dest_port']),
    portIs: 'pod',
    ...calicoVerdict(action, policies['enforced'], policies['pending']),
    seenAt: seenByReporter(textOf(flow['reporter'])),
    isReply: false,
    // Nothing counts the connections: of what is denied the packets are tries.
    count: (action === 'Deny' ? countOf(flow['packets_in']) : undefined) || 1,
    from: timeOf(flow['start_time']),
    until: timeOf(flow['end_time']),
  };
}

/** `app=agent | tenant=blue`. */
function labelsOfText(value: unknown): ReturnType<typeof labelsOf> {
  return labelsOf((textOf(value) ?? '').split(' | '));
}
