import type { FlowPoint, FlowRecord, LineRead, LogFormat, LogReader } from '../flow-record';
import { countOf, type Fields, fieldsOf, objectOfLine, portOf, textOf } from '../reading/fields';
import { NOTHING, passedOver, readAs, unreadable } from '../reading/line-read';
import { protocolOf } from '../reading/protocols';
import { timeOfMs } from '../reading/times';

/**
 * kube-network-policies (and kindnet, which has it inside) with `--logging-format=json -v=2`: a line or two for a packet,
 * one for each direction, and one for the verdict, which has nothing but the number of the packet
 * (kubernetes-sigs/kube-network-policies `docs/json-logging.md`, v1.1.0 and later).
 */
export const kubeNetworkPolicies: LogFormat = {
  name: 'kube-network-policies',
  title: 'kube-network-policies (`--logging-format=json -v=2`)',
  recognises,
  reader: () => new PacketReader(),
  limits: [
    'There are no labels, and `external` is whatever is no pod that the agent knows: nodes and Services too.',
    'A packet and its verdict are joined by a number that each container counts for itself: read the log of one container at a time.',
    'Which policy decided is not said.',
  ],
};

const PACKET = 'Evaluating packet';
type Verdict = Pick<FlowRecord, 'verdict' | 'seenAt' | 'byPolicy' | 'reason' | 'isReply'>;

const VERDICTS = new Map<unknown, Verdict>([
  // Policies of both ends agreed. What is known passes without being asked about, so this is the first packet.
  ['Packet accepted by policy', { verdict: 'passed', isReply: false }],
  [
    'Packet denied by egress policy',
    { verdict: 'dropped', seenAt: 'source', byPolicy: true, reason: 'Packet denied by egress policy' },
  ],
  [
    'Packet denied by ingress policy',
    { verdict: 'dropped', seenAt: 'destination', byPolicy: true, reason: 'Packet denied by ingress policy' },
  ],
]);

/** A verdict follows its packet closely: of what waits longer than for so many other packets it was lost. */
const WAITING = 4096;

function recognises(line: string): 0 | 1 | 2 {
  const object = objectOfLine(line);
  if (object === undefined) return 0;
  return isPacket(object) || (VERDICTS.has(object['msg']) && countOf(object['id']) !== undefined) ? 2 : 0;
}

class PacketReader implements LogReader {
  private readonly waiting = new Map<number, Fields>();

  line(text: string, line: number): LineRead {
    const object = objectOfLine(text);
    if (object === undefined) return unreadable('it is no JSON object', line);
    const id = countOf(object['id']);
    if (id !== undefined && isPacket(object)) return this.packet(id, object);
    const verdict = VERDICTS.get(object['msg']);
    if (id !== undefined && verdict !== undefined) return this.verdict(id, verdict, line);
    return textOf(object['msg']) !== undefined && object['ts'] !== undefined
      ? passedOver('another line of the agent', line)
      : unreadable('it is no line of kube-network-policies', line);
  }

  end(): LineRead {
    const records = [...this.waiting.values()].map((packet) => recordOf(packet, WITHOUT_VERDICT));
    this.waiting.clear();
    return { records, notes: [] };
  }

  /** The same packet comes once for each direction. Another one of the same number shows that numbers began again. */
  private packet(id: number, packet: Fields): LineRead {
    const earlier = this.waiting.get(id);
    const given: Fields[] = earlier === undefined || isSamePacket(earlier, packet) ? [] : [earlier];
    this.waiting.delete(id);
    this.waiting.set(id, earlier !== undefined && given.length === 0 ? earlier : packet);
    if (this.waiting.size > WAITING) given.push(this.oldest());
    return given.length === 0 ? NOTHING : readAs(...given.map((one) => recordOf(one, WITHOUT_VERDICT)));
  }

  private verdict(id: number, verdict: Verdict, line: number): LineRead {
    const packet = this.waiting.get(id);
    if (packet === undefined) return passedOver('a verdict on a packet that is not in the log', line);
    this.waiting.delete(id);
    return readAs(recordOf(packet, verdict));
  }

  private oldest(): Fields {
    const [id, packet] = this.waiting.entries().next().value as [number, Fields];
    this.waiting.delete(id);
    return packet;
  }
}

const WITHOUT_VERDICT: Verdict = { verdict: 'unknown' };

function isPacket(object: Fields): boolean {
  return object['msg'] === PACKET && fieldsOf(object['packet']) !== undefined;
}

function isSamePacket(a: Fields, b: Fields): boolean {
  const [one, other] = [fieldsOf(a['packet']) ?? {}, fieldsOf(b['packet']) ?? {}];
  return ['SrcIP', 'DstIP', 'Proto', 'SrcPort', 'DstPort'].every((field) => one[field] === other[field]);
}

function recordOf(line: Fields, verdict: Verdict): FlowRecord {
  const packet = fieldsOf(line['packet']) ?? {};
  const time = timeOfMs(line['ts']);
  return {
    source: endOf(line['srcPod'], packet['SrcIP']),
    destination: endOf(line['dstPod'], packet['DstIP']),
    protocol: protocolOf(packet['Proto']),
    port: portOf(packet['DstPort']),
    portIs: 'pod',
    ...verdict,
    count: 1,
    from: time,
    until: time,
  };
}

/** `ai-agents/agent-0`, or `external`. */
function endOf(name: unknown, address: unknown): FlowPoint {
  const [namespace, pod, more] = (textOf(name) ?? '').split('/');
  return { ...(namespace && pod && more === undefined ? { namespace, pod } : {}), address: textOf(address) };
}
