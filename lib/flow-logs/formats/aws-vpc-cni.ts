import type { FlowRecord, FlowVerdict, LineRead, LogFormat, LogReader } from '../flow-record';
import { type Fields, objectOfLine, portOf, textOf } from '../reading/fields';
import { NOTHING, passedOver, readAs, unreadable } from '../reading/line-read';
import { protocolOf } from '../reading/protocols';
import { timeOf, timeOfMs } from '../reading/times';

/**
 * The policy events of Amazon's VPC CNI: the log of the node agent, and what it sends to CloudWatch. The flow is a
 * sentence, which differs by version and by IP version (aws/aws-network-policy-agent `pkg/ebpf/events/events.go`, v1.1.0
 * to v1.4.1).
 */
export const awsVpcCni: LogFormat = {
  name: 'aws-vpc-cni',
  title: 'Amazon VPC CNI (policy event logs of the node agent, also from CloudWatch)',
  recognises: (line) => (sentenceOf(line) === undefined ? 0 : 2),
  reader: () => new AwsReader(),
  limits: [
    'There are addresses and nothing else: to know whose they were takes the pods of that time.',
    'What was allowed is in the log only where the agent logs at the level debug; what was denied always is, once a packet.',
    'In standard mode the first seconds of a pod are not policed, and not logged.',
    'Lines in CloudWatch do not say which end decided, and have the time of nothing but the event that carries them.',
  ],
};

class AwsReader implements LogReader {
  line(text: string, line: number): LineRead {
    const object = objectOfLine(text);
    const sentence = sentenceOf(text, object);
    if (sentence === undefined) return ofNoFlow(object, line);
    const verdict = VERDICTS.get(sentence.verdict.toUpperCase());
    if (verdict === undefined)
      return passedOver(`the end of a connection that is followed (${sentence.verdict})`, line);
    return readAs(recordOf(sentence, verdict, timeOfEvent(object)));
  }

  end(): LineRead {
    return NOTHING;
  }
}

const VERDICTS = new Map<string, FlowVerdict>([
  ['ACCEPT', 'passed'],
  ['DENY', 'dropped'],
]);

/** Colons and commas come and go between versions and between IPv4 and IPv6. */
const OF_AGENT =
  /^Flow Info:\s*Src IP:?\s*(\S+?),?\s+Src Port:?\s*(\d+),?\s+Dest IP:?\s*(\S+?),?\s+Dest Port:?\s*(\d+),?\s+Proto:?\s*(\w+),?\s+Verdict:?\s*(\w+)(?:,?\s+Direction:?\s*(\w+))?(?:,?\s+Tier:?\s*(\w+))?/;
const OF_CLOUDWATCH =
  /Node:\s*[^;]*;\s*SIP:\s*([^;\s]+);\s*SPORT:\s*(\d+);\s*DIP:\s*([^;\s]+);\s*DPORT:\s*(\d+);\s*PROTOCOL:\s*(\w+);\s*PolicyVerdict:\s*(\w+)(?:;\s*Tier:\s*(\w+))?/;

interface Sentence {
  readonly source: string;
  readonly destination: string;
  readonly port: string;
  readonly protocol: string;
  readonly verdict: string;
  readonly direction?: string;
  readonly tier?: string;
}

function sentenceOf(line: string, object: Fields | undefined = objectOfLine(line)): Sentence | undefined {
  if (object === undefined) return ofCloudWatch(line);
  const text = textOf(object['msg']) ?? textOf(object['message']) ?? '';
  return ofAgent(text) ?? ofCloudWatch(text) ?? ofKeys(text, object);
}

function ofAgent(text: string): Sentence | undefined {
  const parts = OF_AGENT.exec(text);
  if (parts === null) return undefined;
  const [, source = '', , destination = '', port = '', protocol = '', verdict = '', direction, tier] = parts;
  return { source, destination, port, protocol, verdict, direction, tier };
}

function ofCloudWatch(text: string): Sentence | undefined {
  const parts = OF_CLOUDWATCH.exec(text);
  if (parts === null) return undefined;
  const [, source = '', , destination = '', port = '', protocol = '', verdict = '', tier] = parts;
  return { source, destination, port, protocol, verdict, tier };
}

/** Until v1.2.0 the parts are fields of their own. */
function ofKeys(text: string, object: Fields): Sentence | undefined {
  const source = textOf(object['Src IP']);
  const destination = textOf(object['Dest IP']);
  const verdict = textOf(object['Verdict']);
  if (!text.startsWith('Flow Info:') || source === undefined || destination === undefined || verdict === undefined) {
    return undefined;
  }
  return { source, destination, verdict, port: String(object['Dest Port']), protocol: String(object['Proto']) };
}

function recordOf(sentence: Sentence, verdict: FlowVerdict, time: number | undefined): FlowRecord {
  const isDropped = verdict === 'dropped';
  return {
    source: { address: sentence.source },
    destination: { address: sentence.destination },
    protocol: protocolOf(sentence.protocol),
    port: portOf(sentence.port),
    portIs: 'pod',
    verdict,
    seenAt: seenAtOf(sentence.direction),
    // Connections that are known pass without an event, so what is accepted opens one. A drop may be of an answer.
    isReply: isDropped ? undefined : false,
    byPolicy: isDropped && sentence.tier !== 'ERROR' ? true : undefined,
    reason: isDropped && sentence.tier !== undefined ? `Tier ${sentence.tier}` : undefined,
    count: 1,
    from: time,
    until: time,
  };
}

function seenAtOf(direction: string | undefined): FlowRecord['seenAt'] {
  if (direction === 'egress') return 'source';
  if (direction === 'ingress') return 'destination';
  return undefined;
}

/** `ts` in the log of the agent; `timestamp` in milliseconds where CloudWatch exports events. */
function timeOfEvent(object: Fields | undefined): number | undefined {
  if (object === undefined) return undefined;
  const timestamp = object['timestamp'];
  return timeOf(object['ts']) ?? timeOfMs(timestamp) ?? timeOf(timestamp);
}

function ofNoFlow(object: Fields | undefined, line: number): LineRead {
  return object !== undefined && textOf(object['msg']) !== undefined && textOf(object['level']) !== undefined
    ? passedOver('another line of the agent', line)
    : unreadable('it is no line of the network policy agent', line);
}
