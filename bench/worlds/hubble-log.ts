import { closeSync, openSync, writeSync } from 'node:fs';
import { below, seeded } from './random';

// A log of Hubble as a cluster of ten thousand pods writes it: policy verdicts, traces with their answers, drops, requests
// and answers of DNS, in lines of a thousand bytes. The same ones each time.

const SEED = 15;
const START = Date.parse('2026-11-27T10:00:00Z');

export const NAMESPACES = 40;
export const WORKLOADS = 1000;
const PODS_OF_WORKLOAD = 10;
const OUTSIDE = 5000;
const NODES = 100;

/** In which order of frequency kinds of records come. */
const KINDS = [
  'verdict',
  'verdict',
  'verdict',
  'verdict',
  'answer',
  'answer',
  'drop',
  'request',
  'dns',
  'outside',
] as const;
type Kind = (typeof KINDS)[number];

/** Writes so many lines into a file. */
export function writeHubbleLog(path: string, lines: number): void {
  const random = seeded(SEED);
  const file = openSync(path, 'w');
  let texts: string[] = [];
  for (let line = 0; line < lines; line++) {
    texts.push(JSON.stringify(record(random, line)));
    if (texts.length === 1000 || line === lines - 1) {
      writeSync(file, `${texts.join('\n')}\n`);
      texts = [];
    }
  }
  closeSync(file);
}

/** The workload of this number: where it is, and its labels. */
export function workload(number: number) {
  const namespace = `team-${number % NAMESPACES}`;
  const name = `app-${number}`;
  return {
    namespace,
    name,
    labels: { app: name, 'app.kubernetes.io/part-of': `system-${number % 50}`, tier: TIERS[number % 4] },
  };
}

const TIERS = ['gateway', 'inference', 'agents', 'data'];

function record(random: () => number, line: number) {
  const kind: Kind = KINDS[below(random, KINDS.length)] as Kind;
  const node = `default/node-${below(random, NODES)}`;
  const time = `${new Date(START + line).toISOString().slice(0, -1)}${String(below(random, 1_000_000)).padStart(6, '0')}Z`;
  const client = pod(random);
  // A workload has a few servers that it calls.
  const server =
    kind === 'outside' ? outside(random) : pod(random, (client.workload * 7 + below(random, 3)) % WORKLOADS);
  const isAnswer = kind === 'answer' || kind === 'dns';
  const [from, to] = isAnswer ? [server, client] : [client, server];
  const flow = {
    time,
    uuid: `3b0f6a1e-0000-4000-8000-${String(line).padStart(12, '0')}`,
    emitter: { name: 'Hubble', version: '1.20.2' },
    verdict: kind === 'drop' ? 'DROPPED' : 'FORWARDED',
    ...(kind === 'drop' ? { drop_reason: 133 } : {}),
    ethernet: { source: '0a:58:0a:f4:02:06', destination: '0a:58:0a:f4:02:01' },
    IP: { source: from.address, destination: to.address, ipVersion: 'IPv4' },
    l4: layer4(kind, random),
    source: from.end,
    destination: to.end,
    Type: kind === 'dns' || kind === 'request' ? 'L7' : 'L3_L4',
    node_name: node,
    node_labels: ['kubernetes.io/arch=amd64', 'kubernetes.io/os=linux'],
    ...(kind === 'outside' ? { destination_names: [server.name] } : {}),
    ...layer7(kind, random),
    event_type: { type: TYPES[kind] },
    traffic_direction: below(random, 2) === 0 ? 'EGRESS' : 'INGRESS',
    ...(kind === 'drop' ? { drop_reason_desc: 'POLICY_DENIED' } : { is_reply: isAnswer }),
    ...(kind === 'verdict' ? { policy_match_type: 1, egress_allowed_by: [policyOf(client.workload)] } : {}),
    Summary: 'TCP Flags: SYN',
  };
  return { flow, node_name: node, time };
}

const TYPES: Readonly<Record<Kind, number>> = { verdict: 5, answer: 4, drop: 1, request: 129, dns: 129, outside: 5 };

function pod(random: () => number, number: number = below(random, WORKLOADS)) {
  const { namespace, name, labels } = workload(number);
  const one = below(random, PODS_OF_WORKLOAD);
  const address = `10.${number >> 8}.${number & 255}.${one + 1}`;
  const texts = Object.entries(labels).map(([key, value]) => `k8s:${key}=${value}`);
  return {
    workload: number,
    name,
    address,
    end: {
      ID: below(random, 4000),
      identity: 50_000 + number,
      cluster_name: 'default',
      namespace,
      labels: [
        ...texts,
        `k8s:io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name=${namespace}`,
        'k8s:io.cilium.k8s.policy.cluster=default',
        `k8s:io.cilium.k8s.policy.serviceaccount=${name}`,
        `k8s:io.kubernetes.pod.namespace=${namespace}`,
      ],
      pod_name: `${name}-5d9c7f4b8-${one}abcd`,
      workloads: [{ name, kind: 'Deployment' }],
    },
  };
}

function outside(random: () => number) {
  const number = below(random, OUTSIDE);
  const address = `203.0.${113 + (number >> 8)}.${number & 255}`;
  return {
    workload: 0,
    name: `api-${number % 500}.example.org`,
    address,
    end: { identity: 16_777_217 + number, labels: [`cidr:${address}/32`, 'reserved:world'] },
  };
}

function layer4(kind: Kind, random: () => number) {
  const ephemeral = 32_768 + below(random, 28_000);
  const port = 8000 + below(random, 4);
  if (kind === 'dns') return { UDP: { source_port: 53, destination_port: ephemeral } };
  if (kind === 'answer') return { TCP: { source_port: port, destination_port: ephemeral, flags: { ACK: true } } };
  return { TCP: { source_port: ephemeral, destination_port: port, flags: { SYN: true } } };
}

function layer7(kind: Kind, random: () => number) {
  if (kind === 'dns') {
    const query = `api-${below(random, 500)}.example.org.`;
    return {
      l7: { type: 'RESPONSE', latency_ns: '523000', dns: { query, ips: ['203.0.113.9'], ttl: 30, qtypes: ['A'] } },
    };
  }
  if (kind === 'request') {
    const url = `http://app.team-1:8000/v1/models?page=${below(random, 9)}`;
    return { l7: { type: 'REQUEST', http: { method: 'POST', url, protocol: 'HTTP/1.1', headers: [] } } };
  }
  return {};
}

function policyOf(number: number) {
  const { namespace, name } = workload(number);
  return {
    name,
    namespace,
    labels: [`k8s:io.cilium.k8s.policy.name=${name}`],
    revision: '7',
    kind: 'CiliumNetworkPolicy',
  };
}
