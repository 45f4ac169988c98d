import type { Labels } from '../../model/labels';
import type { FlowPoint, FlowRecord, LineRead, LogFormat, LogReader } from '../flow-record';
import { beginsObject, type Fields, fieldsOf, objectOfLine, portOf, textOf } from '../reading/fields';
import { labelsOf } from '../reading/labels-of';
import { NOTHING, passedOver, readAs, unreadable } from '../reading/line-read';
import { timeOf } from '../reading/times';

/**
 * `trace_tcp` of Inspektor Gadget with `-o json`: connections as the sockets of a pod have them. The socket's own end is
 * `src`, of those that are accepted too (inspektor-gadget/inspektor-gadget `gadgets/trace_tcp/program.bpf.c`).
 */
export const inspektorGadget: LogFormat = {
  name: 'inspektor-gadget',
  title: 'Inspektor Gadget (`trace_tcp -o json`)',
  recognises: (line) => (beginsObject(line) && isEvent(objectOfLine(line)) ? 2 : 0),
  reader: () => new TraceReader(),
  limits: [
    'Only TCP is there, and of it what got through and what failed: why it failed, a policy or something else, is not said.',
    'A client sees the address and the port of a Service: they are translated after the socket.',
    'Both ends of a connection are logged where both run on nodes that are traced.',
  ],
};

class TraceReader implements LogReader {
  line(text: string, line: number): LineRead {
    const object = objectOfLine(text);
    if (object === undefined || !isEvent(object)) return unreadable('it is no event of trace_tcp', line);
    const type = textOf(object['type']);
    if (type === 'connect') return readAs(connected(object));
    if (type === 'accept') return readAs(accepted(object));
    return passedOver(type === 'close' ? 'the end of a connection' : 'an event of another type', line);
  }

  end(): LineRead {
    return NOTHING;
  }
}

function isEvent(object: Fields | undefined): boolean {
  if (object === undefined || textOf(object['type']) === undefined) return false;
  const [source, destination] = [fieldsOf(object['src']), fieldsOf(object['dst'])];
  return source !== undefined && destination !== undefined && 'addr' in source && 'addr' in destination;
}

function connected(event: Fields): FlowRecord {
  const [own, other] = [fieldsOf(event['src']) ?? {}, fieldsOf(event['dst']) ?? {}];
  const error = errorOf(event);
  const destination = endOf(other);
  return {
    source: { ...endOf(own), ...podOf(event) },
    destination,
    protocol: 'TCP',
    port: portOf(other['port']),
    portIs: destination.service !== undefined ? 'service' : destination.pod !== undefined ? 'pod' : 'either',
    verdict: error === undefined ? 'passed' : 'unknown',
    isReply: false,
    reason: error,
    ...once(event),
  };
}

function accepted(event: Fields): FlowRecord {
  const [own, other] = [fieldsOf(event['src']) ?? {}, fieldsOf(event['dst']) ?? {}];
  return {
    source: endOf(other),
    destination: { ...endOf(own), ...podOf(event) },
    protocol: 'TCP',
    port: portOf(own['port']),
    portIs: 'pod',
    verdict: 'passed',
    isReply: false,
    ...once(event),
  };
}

function once(event: Fields): Pick<FlowRecord, 'count' | 'from' | 'until'> {
  const time = timeOf(event['timestamp']);
  return { count: 1, from: time, until: time };
}

function errorOf(event: Fields): string | undefined {
  const error = event['error'];
  return typeof error === 'number' && error !== 0 ? `error ${error}` : textOf(error);
}

/** An end by its address, and by what the address was found to be: a pod, a Service, or neither. */
function endOf(end: Fields): FlowPoint {
  const address = textOf(end['addr']);
  const found = fieldsOf(end['k8s']) ?? {};
  const namespace = textOf(found['namespace']);
  const name = textOf(found['name']);
  if (name === undefined) return { address };
  if (found['kind'] === 'pod') return { namespace, pod: name, labels: labelsFound(found['labels']), address };
  if (found['kind'] === 'svc') return { service: { namespace, name }, address };
  return { address };
}

/** The pod of the process. On the network of its node it has the address of the node, and policies take it for that. */
function podOf(event: Fields): FlowPoint {
  const own = fieldsOf(event['k8s']) ?? {};
  const owner = fieldsOf(own['owner']);
  const [namespace, pod] = [textOf(own['namespace']), textOf(own['podName'])];
  const workload = textOf(owner?.['name']);
  const labels = labelsFound(own['podLabels']);
  return {
    ...(namespace === undefined ? {} : { namespace }),
    ...(pod === undefined ? {} : { pod }),
    ...(labels === undefined ? {} : { labels }),
    ...(workload === undefined ? {} : { workload: { kind: textOf(owner?.['kind']), name: workload } }),
    ...(own['hostnetwork'] === true || own['hostNetwork'] === true ? { entity: 'nodes' as const } : {}),
  };
}

/** `app=agent,tenant=blue`, or an object. */
function labelsFound(value: unknown): Labels | undefined {
  const fields = fieldsOf(value);
  if (fields === undefined) return labelsOf((textOf(value) ?? '').split(','));
  const labels = Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return labels.length === 0 ? undefined : Object.fromEntries(labels);
}
