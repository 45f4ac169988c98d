import type { FlowRecord, LineRead, LogFormat, LogReader } from '../flow-record';
import { beginsObject, countOf, type Fields, fieldsOf, listOf, objectOfLine, portOf, textOf } from '../reading/fields';
import { labelsOf } from '../reading/labels-of';
import { NOTHING, readAs, unreadable } from '../reading/line-read';
import { protocolOf } from '../reading/protocols';
import { timeOfSeconds } from '../reading/times';
import { type CalicoType, calicoEnd, seenByReporter } from './calico-end';
import { ACTIONS, calicoVerdict, wordOf } from './calico-verdict';

/**
 * Calico's Goldmane: what it pushes (names in snake case, enumerations as numbers), and its messages in the JSON of
 * protocol buffers (camel case, enumerations by name). Projectcalico/calico `goldmane/proto/api.proto`.
 */
export const calicoGoldmane: LogFormat = {
  name: 'calico-goldmane',
  title: 'Calico Goldmane (pushed flows, or its messages as JSON)',
  recognises: (line) => (beginsObject(line) && keyOf(objectOfLine(line)) !== undefined ? 2 : 0),
  reader: () => new GoldmaneReader(),
  limits: [
    'There are no addresses: an end outside the cluster is a public or a private address, unless a network set holds it. Calico counts the metadata service, 100.64.0.0/10 and IPv6 as public.',
    'Pods are counted together by the beginning of their names, and the labels are those that all of them have.',
    'A record stands for the connections of 15 seconds or more, seen from one end: an allowed connection is in the log twice.',
  ],
};

/** By number; the names are those of the other encoding. */
const TYPES: readonly CalicoType[] = ['unknown', 'pods', 'host', 'network-set', 'network'];
const TYPE_NAMES = ['EndpointTypeUnspecified', 'WorkloadEndpoint', 'HostEndpoint', 'NetworkSet', 'Network'];
const REPORTERS = ['ReporterUnspecified', 'Src', 'Dst'];
/** Fields that every key has one of: what is zero is left out. */
const OF_KEY = ['reporter', 'action', 'source_type', 'sourceType'];

class GoldmaneReader implements LogReader {
  line(text: string, line: number): LineRead {
    const object = objectOfLine(text);
    const key = keyOf(object);
    if (object === undefined || key === undefined) return unreadable('it is no flow of Goldmane', line);
    return readAs(recordOf(snakeCased(flowOf(object)), snakeCased(key)));
  }

  end(): LineRead {
    return NOTHING;
  }
}

/** The API wraps a flow with its number. */
function flowOf(object: Fields): Fields {
  return fieldsOf(object['flow']) ?? object;
}

function keyOf(object: Fields | undefined): Fields | undefined {
  if (object === undefined) return undefined;
  const flow = flowOf(object);
  const key = fieldsOf(flow['Key'] ?? flow['key']);
  return key !== undefined && OF_KEY.some((field) => key[field] !== undefined) ? key : undefined;
}

function recordOf(flow: Fields, key: Fields): FlowRecord {
  const policies = snakeCased(fieldsOf(key['policies']) ?? {});
  const service = textOf(key['dest_service_name']);
  return {
    source: calicoEnd(typeOf(key['source_type']), {
      name: textOf(key['source_name']),
      namespace: textOf(key['source_namespace']),
      labels: labelsOf(listOf(flow['source_labels'])),
    }),
    destination: calicoEnd(typeOf(key['dest_type']), {
      name: textOf(key['dest_name']),
      namespace: textOf(key['dest_namespace']),
      labels: labelsOf(listOf(flow['dest_labels'])),
      ...(service === undefined
        ? {}
        : { service: { namespace: textOf(key['dest_service_namespace']), name: service } }),
    }),
    protocol: protocolOf(key['proto']),
    port: portOf(key['dest_port']),
    portIs: 'pod',
    ...calicoVerdict(key['action'], policies['enforced_policies'], policies['pending_policies']),
    seenAt: seenByReporter(wordOf(REPORTERS, key['reporter'])),
    isReply: false,
    count: countOfFlow(flow, key),
    from: timeOfSeconds(countOf(flow['start_time'])),
    until: timeOfSeconds(countOf(flow['end_time'])),
  };
}

/** What is denied becomes no connection: its packets are tries. */
function countOfFlow(flow: Fields, key: Fields): number {
  const isDenied = wordOf(ACTIONS, key['action']) === 'Deny';
  return (
    countOf(flow['num_connections_started']) ||
    countOf(flow['num_connections_live']) ||
    (isDenied ? countOf(flow['packets_in']) : undefined) ||
    1
  );
}

function typeOf(value: unknown): CalicoType {
  return TYPES[typeof value === 'number' ? value : TYPE_NAMES.indexOf(String(value))] ?? 'unknown';
}

/** `destServiceName` as `dest_service_name`; names in snake case stay. */
function snakeCased(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.replace(/(?<=[a-z])[A-Z]/g, (c) => `_${c.toLowerCase()}`),
      value,
    ]),
  );
}
