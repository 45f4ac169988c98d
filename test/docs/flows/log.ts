// An hour of a platform as Hubble logs it, for the page: the gateway's requests, a flow that was forgotten, one that a policy
// dropped by mistake, somebody who tries, and what no graph can say anything of.

interface Seen {
  readonly from: readonly [namespace: string, app: string] | 'world';
  readonly to: readonly [namespace: string, app: string] | 'world';
  readonly port: number;
  readonly verdict?: 'FORWARDED' | 'DROPPED' | 'AUDIT';
  readonly name?: string;
  readonly times: number;
  readonly isReply?: boolean;
}

const HOUR: readonly Seen[] = [
  { from: ['ai-gateway', 'envoy'], to: ['ai-inference', 'vllm'], port: 8000, times: 40 },
  { from: ['ai-inference', 'vllm'], to: ['ai-gateway', 'envoy'], port: 41234, times: 40, isReply: true },
  { from: ['ai-agents', 'agent'], to: ['ai-data', 'redis'], port: 6379, verdict: 'DROPPED', times: 3 },
  { from: ['ai-agents', 'agent'], to: ['ai-inference', 'vllm'], port: 8000, times: 12 },
  { from: ['ai-agents', 'agent'], to: 'world', name: 'api.example.org', port: 443, times: 9 },
  { from: ['ai-agents', 'agent'], to: 'world', name: 'paste.example.net', port: 443, verdict: 'DROPPED', times: 25 },
];

export function hubbleHour(): string {
  const all = HOUR.flatMap((seen) => Array.from({ length: seen.times }, () => seen));
  const lines = all.map((seen, i) => lineOf(seen, Math.floor((i * 60) / all.length)));
  return `${lines.join('\n')}\n${JSON.stringify({ lost_events: { source: 'HUBBLE_RING_BUFFER', num_events_lost: '7' }, time: at(59) })}\n`;
}

function lineOf({ from, to, port, verdict = 'FORWARDED', name, isReply = false }: Seen, minute: number): string {
  const flow = {
    time: at(minute),
    verdict,
    ...(verdict === 'DROPPED' && { drop_reason_desc: 'POLICY_DENIED' }),
    IP: { source: addressOf(from), destination: addressOf(to), ipVersion: 'IPv4' },
    l4: {
      TCP: {
        source_port: isReply ? 8000 : 41234,
        destination_port: port,
        flags: { SYN: true, ...(isReply && { ACK: true }) },
      },
    },
    source: endOf(from),
    destination: endOf(to),
    ...(name !== undefined && { destination_names: [name] }),
    event_type: { type: verdict === 'DROPPED' ? 1 : isReply ? 4 : 5 },
    traffic_direction: 'EGRESS',
    ...(verdict === 'DROPPED' ? {} : { is_reply: isReply }),
  };
  return JSON.stringify({ flow, node_name: 'default/node-a', time: flow.time });
}

function endOf(end: Seen['from']) {
  if (end === 'world') return { identity: 2, labels: ['reserved:world'] };
  const [namespace, app] = end;
  return { identity: 5000 + app.length, namespace, labels: [`k8s:app=${app}`], pod_name: `${app}-0` };
}

function addressOf(end: Seen['from']): string {
  return end === 'world' ? '203.0.113.9' : `10.0.1.${end[1].length}`;
}

function at(minute: number): string {
  return `2026-11-27T10:${`${minute}`.padStart(2, '0')}:00Z`;
}
