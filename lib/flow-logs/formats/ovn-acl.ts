import type { FlowPoint, FlowRecord, FlowVerdict, LineRead, LogFormat, LogReader, PolicySeen } from '../flow-record';
import { portOf, textOf } from '../reading/fields';
import { NOTHING, readAs, unreadable } from '../reading/line-read';
import { protocolOf } from '../reading/protocols';
import { timeOf } from '../reading/times';

/**
 * The ACL log of OVN: what OVN-Kubernetes writes, OpenShift too (ovn-org/ovn-kubernetes
 * `go-controller/pkg/libovsdb/util/acl.go`); Kube-OVN's lines are of the same form, with names of its own.
 */
export const ovnAcl: LogFormat = {
  name: 'ovn-acl',
  title: 'OVN-Kubernetes and OpenShift (`/var/log/ovn/acl-audit-log.log`)',
  recognises: (line) => (LINE.test(line) ? 2 : 0),
  reader: () => new AclReader(),
  limits: [
    'There are addresses, and of the names only that of the policy with its namespace: whose the addresses are takes the pods of that time.',
    'A namespace is logged where its annotation k8s.ovn.org/acl-logging asks for it, and no more than 20 lines a second on a node unless that is raised: lines that are left out are not counted.',
    'Names longer than 63 characters are cut off, and what is cut off is not taken for a name.',
  ],
};

const LINE =
  /\bacl_log\(\w*\)\|\w+\|name="([^"]*)", verdict=([\w-]+), severity=[\w-]+(?:, direction=(from|to)-lport)?: (\S.*)$/;
const LONGEST_NAME = 63;

const VERDICTS = new Map<string, FlowVerdict>([
  ['allow', 'passed'],
  ['allow-related', 'passed'],
  ['allow-stateless', 'passed'],
  ['drop', 'dropped'],
  ['reject', 'dropped'],
]);

class AclReader implements LogReader {
  line(text: string, line: number): LineRead {
    const parts = LINE.exec(text);
    if (parts === null) return unreadable('it is no line of an ACL log', line);
    const [, name = '', verdict = '', direction, packet = ''] = parts;
    return readAs(recordOf(nameOf(name), VERDICTS.get(verdict) ?? 'unknown', direction, packet, timeOf(firstOf(text))));
  }

  end(): LineRead {
    return NOTHING;
  }
}

/** The time is what comes before the first bar. */
function firstOf(text: string): string {
  return text.slice(0, Math.max(0, text.indexOf('|'))).trim();
}

/** What the name of an ACL says. */
interface AclName {
  readonly direction?: 'Ingress' | 'Egress';
  /** Of the pods to which it applies. */
  readonly namespace?: string;
  readonly policy?: PolicySeen;
}

/**
 * `NP:<namespace>:<policy>:<Ingress|Egress>:<rule>`, `NP:<namespace>:<Ingress|Egress>` for the default, and the like for
 * admin policies and the egress firewall.
 */
function nameOf(name: string): AclName {
  const parts = name.split(':').map((part) => textOf(part));
  // The last part of a name that is cut off may be the beginning of another one.
  const whole = name.length >= LONGEST_NAME ? parts.slice(0, -1) : parts;
  const [type, first, second, third] = whole;
  if (type === 'NP' && first !== undefined) {
    if (second === 'Ingress' || second === 'Egress') return { namespace: first, direction: second };
    if (second === undefined) return { namespace: first };
    return {
      namespace: first,
      direction: directionOf(third),
      policy: { kind: 'NetworkPolicy', namespace: first, name: second },
    };
  }
  if ((type === 'ANP' || type === 'BANP') && first !== undefined) {
    const kind = type === 'ANP' ? 'AdminNetworkPolicy' : 'BaselineAdminNetworkPolicy';
    return { direction: directionOf(second), policy: { kind, name: first } };
  }
  if (type === 'EF' && first !== undefined) {
    return {
      namespace: first,
      direction: 'Egress',
      policy: { kind: 'EgressFirewall', namespace: first, name: 'default' },
    };
  }
  return {};
}

function directionOf(word: string | undefined): AclName['direction'] {
  return word === 'Ingress' || word === 'Egress' ? word : undefined;
}

function recordOf(
  name: AclName,
  verdict: FlowVerdict,
  pipeline: string | undefined,
  packet: string,
  time: number | undefined,
): FlowRecord {
  const fields = fieldsOfPacket(packet);
  const isReply = isReplyOf(fields.get('tcp_flags'));
  const seenAt = seenAtOf(name, pipeline);
  const sender: FlowPoint = { address: fields.get('nw_src') ?? fields.get('ipv6_src') };
  const receiver: FlowPoint = { address: fields.get('nw_dst') ?? fields.get('ipv6_dst') };
  const [source, destination] = isReply === true ? [receiver, sender] : [sender, receiver];
  return {
    source: { ...(seenAt === 'source' && name.namespace ? { namespace: name.namespace } : {}), ...source },
    destination: {
      ...(seenAt === 'destination' && name.namespace ? { namespace: name.namespace } : {}),
      ...destination,
    },
    protocol: protocolOf(packet.slice(0, Math.max(0, packet.indexOf(','))).replace(/6$/, '')),
    port: portOf(fields.get(isReply === true ? 'tp_src' : 'tp_dst')),
    portIs: 'pod',
    verdict,
    seenAt,
    isReply,
    byPolicy: verdict === 'dropped' ? true : undefined,
    policies: name.policy === undefined ? undefined : [name.policy],
    count: 1,
    from: time,
    until: time,
  };
}

/** What has no value says nothing: it is left out. */
function fieldsOfPacket(packet: string): ReadonlyMap<string, string> {
  const fields = packet.split(',').map((part): [string, string] => {
    const equals = part.indexOf('=');
    return equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1).trim()];
  });
  return new Map(fields.filter(([, value]) => value !== ''));
}

/** Only the first packet and the first answer of TCP can be told: `syn`, and `syn|ack`. */
function isReplyOf(flags: string | undefined): boolean | undefined {
  const set = new Set(flags?.split('|'));
  return set.has('syn') ? set.has('ack') : undefined;
}

/** Packets from a port of the switch are egress of its pod, packets to one ingress; a name says it too. */
function seenAtOf(name: AclName, pipeline: string | undefined): FlowRecord['seenAt'] {
  if (name.direction !== undefined) return name.direction === 'Egress' ? 'source' : 'destination';
  if (pipeline !== undefined) return pipeline === 'from' ? 'source' : 'destination';
  return undefined;
}
