import type { LineRead, LogFormat, LogReader } from '../flow-record';
import { beginsObject, countOf, type Fields, fieldsOf, listOf, objectOfLine, textOf } from '../reading/fields';
import { NOTHING, passedOver, readAs, unreadable } from '../reading/line-read';
import { timeOf } from '../reading/times';
import { HubbleRecords } from './hubble-record';

/**
 * Cilium's Hubble: `hubble observe -o jsonpb`, files of the exporter, and the bare flows of older versions. All are JSON
 * made from protocol buffers: what is zero is left out, and numbers of 64 bits are texts (cilium v1.20.2
 * `api/v1/flow/flow.proto`, `api/v1/observer/observer.proto`).
 */
export const hubble: LogFormat = {
  name: 'hubble',
  title: 'Cilium Hubble (`hubble observe -o jsonpb`, files of the exporter), also of AKS and Retina',
  recognises,
  reader: () => new HubbleReader(),
  limits: [
    'Labels are those of identities: Cilium leaves out some labels of a pod, and a cluster can leave out more, so a label that is absent is not known.',
    'A record of a drop does not say whether it was a reply: only where TCP flags say so is it taken for a new connection or an answer.',
    'Host names are there only where DNS goes through the proxy of Cilium on the node of the client.',
    'An exporter writes a file for each node, and each node sees its own pods only; where both ends are logged, a connection is there twice.',
    'Retina without Cilium writes no verdicts of policies: that a packet passed there does not mean that a policy allows it.',
  ],
};

/** What the answers of Hubble are, beside flows. */
const OTHERS: readonly [string, string][] = [
  ['agent_event', 'an event of the agent'],
  ['debug_event', 'an event for debugging'],
];
/** States in which a node sends nothing (`api/v1/relay/relay.proto`). */
const GONE = new Set<unknown>(['NODE_UNAVAILABLE', 'NODE_GONE', 'NODE_ERROR', 2, 3, 4]);
/** Of a bare flow: field names that no other format has. */
const OF_BARE_FLOW = ['event_type', 'traffic_direction', 'IP', 'l4', 'l7', 'Type', 'is_reply', 'drop_reason_desc'];
const BARE_VERDICT = /^(VERDICT_UNKNOWN|FORWARDED|DROPPED|ERROR|AUDIT|REDIRECTED|TRACED|TRANSLATED)$/;

function recognises(line: string): 0 | 1 | 2 {
  if (!beginsObject(line)) return 0;
  const object = objectOfLine(line);
  // The line may be cut off, and so may be the first of a file that was rotated.
  if (object === undefined) return /^\s*\{"(flow|lost_events|node_status)":\{/.test(line) ? 1 : 0;
  if (object['lost_events'] !== undefined || object['node_status'] !== undefined) return 2;
  const flow = flowOf(object);
  if (flow === undefined) return OTHERS.some(([field]) => object[field] !== undefined) ? 2 : 0;
  return 2;
}

class HubbleReader implements LogReader {
  private readonly records = new HubbleRecords();

  line(text: string, line: number): LineRead {
    const object = objectOfLine(text);
    if (object === undefined) return unreadable('it is no JSON object', line);
    const flow = flowOf(object);
    if (flow === undefined) return notAFlow(object, line);
    const record = this.records.recordOf(flow, object['node_name']);
    return record === undefined ? passedOver("a check of Cilium's own health", line) : readAs(record);
  }

  end(): LineRead {
    return NOTHING;
  }
}

/** The flow of a line, wrapped or bare. Goldmane of Calico wraps in `flow` too, and has a key in it. */
function flowOf(object: Fields): Fields | undefined {
  const wrapped = object['flow'];
  if (wrapped === undefined) return isBareFlow(object) ? object : undefined;
  const flow = fieldsOf(wrapped);
  if (flow === undefined || flow['verdict'] !== undefined) return flow;
  return flow['Key'] !== undefined || flow['key'] !== undefined ? undefined : flow;
}

function isBareFlow(object: Fields): boolean {
  const signs = OF_BARE_FLOW.filter((field) => object[field] !== undefined).length;
  return signs >= 2 || (signs === 1 && typeof object['verdict'] === 'string' && BARE_VERDICT.test(object['verdict']));
}

function notAFlow(object: Fields, line: number): LineRead {
  const lost = fieldsOf(object['lost_events']);
  const from = timeOf(object['time']);
  if (lost !== undefined) {
    return { records: [], notes: [{ kind: 'lost', count: countOf(lost['num_events_lost']), line, from }] };
  }
  const status = fieldsOf(object['node_status']);
  if (status !== undefined && GONE.has(status['state_change'])) {
    return { records: [], notes: listedNodes(status).map(() => ({ kind: 'lost', line, from })) };
  }
  if (status !== undefined) return passedOver('the state of a node', line);
  const other = OTHERS.find(([field]) => object[field] !== undefined);
  return other === undefined ? unreadable('it is no flow of Hubble', line) : passedOver(other[1], line);
}

/** One gap for each node that is named, and one where none is. */
function listedNodes(status: Fields): readonly (string | undefined)[] {
  const nodes = listOf(status['node_names']).map(textOf);
  return nodes.length === 0 ? [undefined] : nodes;
}
