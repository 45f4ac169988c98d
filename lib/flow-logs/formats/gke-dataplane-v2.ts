import type { FlowPoint, FlowRecord, FlowVerdict, LineRead, LogFormat, LogReader, PolicySeen } from '../flow-record';
import { beginsObject, countOf, type Fields, fieldsOf, listOf, objectOfLine, portOf, textOf } from '../reading/fields';
import { NOTHING, readAs, unreadable } from '../reading/line-read';
import { protocolOf } from '../reading/protocols';
import { timeOf } from '../reading/times';

/**
 * The policy log of GKE's Dataplane V2: files on nodes, and the same object in `jsonPayload` of an entry in Cloud Logging
 * (cloud.google.com/kubernetes-engine/docs/how-to/network-policy-logging).
 */
export const gkeDataplaneV2: LogFormat = {
  name: 'gke-dataplane-v2',
  title: 'GKE Dataplane V2 (network policy logging, also from Cloud Logging)',
  recognises: (line) => (beginsObject(line) && entryOf(objectOfLine(line)) !== undefined ? 2 : 0),
  reader: () => new GkeReader(),
  limits: [
    'There are no labels.',
    'The log holds what NetworkLogging `default` and the annotations of policies and namespaces ask for: a flow that is not in the log may have been seen all the same.',
    'What is denied is counted together, so its first time is not said. An entry without policies was not matched to any.',
  ],
};

const VERDICTS = new Map<unknown, FlowVerdict>([
  ['allow', 'passed'],
  ['deny', 'dropped'],
]);

class GkeReader implements LogReader {
  line(text: string, line: number): LineRead {
    const entry = entryOf(objectOfLine(text));
    return entry === undefined ? unreadable("it is no entry of GKE's policy log", line) : readAs(recordOf(entry));
  }

  end(): LineRead {
    return NOTHING;
  }
}

function entryOf(object: Fields | undefined): Fields | undefined {
  const entry = object === undefined ? undefined : (fieldsOf(object['jsonPayload']) ?? object);
  return entry !== undefined &&
    fieldsOf(entry['connection']) !== undefined &&
    textOf(entry['disposition']) !== undefined
    ? entry
    : undefined;
}

function recordOf(entry: Fields): FlowRecord {
  const connection = fieldsOf(entry['connection']) ?? {};
  const verdict = VERDICTS.get(entry['disposition']) ?? 'unknown';
  const count = countOf(entry['count']) || 1;
  const until = timeOf(entry['timestamp']);
  return {
    source: endOf(fieldsOf(entry['src']), connection['src_ip']),
    destination: endOf(fieldsOf(entry['dest']), connection['dest_ip']),
    protocol: protocolOf(connection['protocol']),
    port: portOf(connection['dest_port']),
    portIs: 'pod',
    verdict,
    seenAt: seenAtOf(connection['direction']),
    isReply: verdict === 'passed' ? false : undefined,
    byPolicy: verdict === 'dropped' ? true : undefined,
    policies: policiesOf(entry['policies']),
    count,
    from: count === 1 ? until : undefined,
    until,
  };
}

function seenAtOf(direction: unknown): FlowRecord['seenAt'] {
  if (direction === 'egress') return 'source';
  if (direction === 'ingress') return 'destination';
  return undefined;
}

function endOf(end: Fields | undefined, address: unknown): FlowPoint {
  const known = textOf(address) ?? textOf(end?.['instance']);
  if (end === undefined) return { address: known };
  if (textOf(end['node_name']) !== undefined) return { entity: 'nodes', address: known };
  if (textOf(end['instance']) !== undefined) return { entity: 'outside', address: known };
  return {
    namespace: textOf(end['pod_namespace']) ?? textOf(end['namespace']),
    pod: textOf(end['pod_name']),
    ...workloadOf(end),
    address: known,
  };
}

/** The hash of a ReplicaSet, in the letters that Kubernetes makes names of (`k8s.io/apimachinery/pkg/util/rand`). */
const HASHED = /^(.+)-[bcdfghjklmnpqrstvwxz2456789]{8,10}$/;

/** A ReplicaSet with a hash in its name belongs to something else, of a kind that is not said. */
function workloadOf(end: Fields): Pick<FlowPoint, 'workload'> {
  const kind = textOf(end['workload_kind']);
  const name = textOf(end['workload_name']);
  if (name === undefined) return {};
  const owner = kind === 'ReplicaSet' ? HASHED.exec(name)?.[1] : undefined;
  return { workload: owner === undefined ? { kind, name } : { name: owner } };
}

function policiesOf(value: unknown): readonly PolicySeen[] | undefined {
  const policies = listOf(value).flatMap((policy): PolicySeen[] => {
    const fields = fieldsOf(policy);
    const name = textOf(fields?.['name']);
    return name === undefined
      ? []
      : [{ kind: textOf(fields?.['kind']), namespace: textOf(fields?.['namespace']), name }];
  });
  return policies.length === 0 ? undefined : policies;
}
