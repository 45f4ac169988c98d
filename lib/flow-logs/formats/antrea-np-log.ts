import type { FlowPoint, FlowRecord, FlowVerdict, LineRead, LogFormat, LogReader, PolicySeen } from '../flow-record';
import { portOf } from '../reading/fields';
import { NOTHING, readAs, unreadable } from '../reading/line-read';
import { protocolOf } from '../reading/protocols';
import { timeOf } from '../reading/times';

/**
 * Antrea's audit log of policies, `np.log`: words with a space between them, `<nil>` for what is empty
 * (antrea-io/antrea `docs/antrea-network-policy.md`, `pkg/agent/controller/networkpolicy/audit_logging.go`).
 */
export const antreaNpLog: LogFormat = {
  name: 'antrea-np-log',
  title: 'Antrea audit log (`/var/log/antrea/networkpolicy/np.log`)',
  recognises: (line) => (LINE.test(line) ? 2 : 0),
  reader: () => new NpLogReader(),
  limits: [
    'Of the two ends only the pod is named to which the policy applies; the other one is an address.',
    'NetworkPolicies are logged only in namespaces that ask for it, and rules of Antrea only where they do: a flow that is not in the log may have been seen all the same.',
    'Times are local to the node and name no zone: they are read as UTC.',
    'A default drop does not say which policy isolates the pod, and there is no port for SCTP.',
  ],
};

/**
 * date, time, table, policy, rule, direction, action, priority, pod, source and its port, destination and its port,
 * protocol, length, label of the log, and how many packets there were if they were counted together.
 */
const LINE =
  /^(\d{4})\/(\d\d)\/(\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) (\S+) (\S+) (\S+) (Ingress|Egress) (Allow|Drop|Reject|Redirect) (\S+) (\S+) (\S+) (\S+) (\S+) (\S+) (\S+) (\S+)(?: (.*))?$/;
const PACKETS = /\[(\d{1,15}) packets in [^\]]*\]\s*$/;
const NIL = '<nil>';

/** Redirected is handed to the engine for requests, which is part of passing. */
const VERDICTS = new Map<string, FlowVerdict>([
  ['Allow', 'passed'],
  ['Redirect', 'passed'],
  ['Drop', 'dropped'],
  ['Reject', 'dropped'],
]);

class NpLogReader implements LogReader {
  line(text: string, line: number): LineRead {
    const parts = LINE.exec(text);
    return parts === null ? unreadable("it is no line of Antrea's audit log", line) : readAs(recordOf(parts));
  }

  end(): LineRead {
    return NOTHING;
  }
}

function recordOf(parts: readonly (string | undefined)[]): FlowRecord {
  const [, year, month, day, clock, table, policy = NIL, rule, direction, action = ''] = parts;
  const [pod, sourceAddress, , address, port, protocol, , rest = ''] = parts.slice(11);
  const verdict = VERDICTS.get(action) ?? 'unknown';
  const isIngress = direction === 'Ingress';
  const time = timeOf(`${year}-${month}-${day}T${clock}Z`);
  const applied = podOf(pod);
  return {
    source: { ...(isIngress ? {} : applied), address: saidIn(sourceAddress) },
    destination: { ...(isIngress ? applied : {}), address: saidIn(address) },
    protocol: protocolOf(saidIn(protocol)),
    port: portOf(port),
    portIs: 'pod',
    verdict,
    seenAt: isIngress ? 'destination' : 'source',
    isReply: verdict === 'passed' ? false : undefined,
    byPolicy: verdict === 'dropped' ? true : undefined,
    reason:
      verdict === 'dropped' ? [table, action, saidIn(rule)].filter((word) => word !== undefined).join(' ') : undefined,
    policies: policiesOf(policy),
    count: Number(PACKETS.exec(rest)?.[1] ?? 1) || 1,
    from: time,
    until: time,
  };
}

function saidIn(word: string | undefined): string | undefined {
  return word === NIL ? undefined : word;
}

/** `ai-data/redis-0`. A policy can apply to a node too, which has no slash. */
function podOf(word: string | undefined): FlowPoint {
  const [namespace, pod, more] = (saidIn(word) ?? '').split('/');
  return namespace && pod && more === undefined ? { namespace, pod } : {};
}

/** `K8sNetworkPolicy:ai-inference/vllm`, `AntreaClusterNetworkPolicy:strict`; a kind alone for the default. */
function policiesOf(word: string): readonly PolicySeen[] | undefined {
  const parts = /^(\w+):(?:([^/]+)\/)?([^/]+)$/.exec(word);
  if (parts?.[3] === undefined) return undefined;
  return [{ kind: parts[1], namespace: parts[2], name: parts[3] }];
}
