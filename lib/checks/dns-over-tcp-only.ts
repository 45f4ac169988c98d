import type { Rule } from '../model/layer';
import { type PodSet, podSetImplies } from '../model/pod-set';
import { remembered } from '../model/remembered';
import type { Check, CheckFinding } from './check';
import { allowingDns } from './dns-over-udp-only';
import { hasDnsPort, isAboutDns } from './dns-ports';
import { at, networkPolicies, rulePath, type SeenPolicy } from './network-policies';
import { podsSeen } from './pods-seen';
import type { Seen } from './seen';
import { allowRules } from './seen-rules';

export const dnsOverTcpOnly: Check = {
  id: 'dns-over-tcp-only',
  level: 'warning',
  title: 'DNS over TCP only',
  why: 'Resolvers ask over UDP first, so that no name resolves; a port without a protocol is one of TCP',
  fix: 'Allow port 53 over UDP beside TCP.',
  avoid: allowingDns('{ port: 53 }'),
  prefer: allowingDns('{ protocol: UDP, port: 53 }, { protocol: TCP, port: 53 }'),
  source: 'Kubernetes API reference, NetworkPolicyPort: protocol is TCP by default; RFC 7766, section 5',
  *find(seen) {
    for (const policy of networkPolicies(seen)) {
      const rule = policy.rules.find(isOverTcpOnly);
      if (rule !== undefined && !isAlsoOverUdp(seen, policy)) yield finding(policy, rule);
    }
  },
};

/** Whether the rule is about DNS, and only over TCP. */
export function isOverTcpOnly(rule: Rule): boolean {
  return hasDnsPort(rule.ports, 'TCP') && !hasDnsPort(rule.ports, 'UDP') && isAboutDns(rule);
}

function finding({ object }: SeenPolicy, rule: Rule): CheckFinding {
  const path = [...rulePath(rule), 'ports'];
  const written = at(object.json, path);
  const isLeftOut = Array.isArray(written) && written.every((port) => at(port, ['protocol']) === undefined);
  return {
    object,
    path,
    // Who writes TCP may mean it: a resolver can be told to ask over TCP (resolv.conf, use-vc).
    ...(!isLeftOut && { level: 'note' as const }),
    what: isLeftOut
      ? 'the rule leaves the protocol out, which makes it DNS over TCP, and no rule for the same pods allows it over UDP'
      : 'the rule allows DNS over TCP, and no rule for the same pods allows it over UDP',
    value: 'TCP/53',
    fix: 'Write both: ports: [{ protocol: UDP, port: 53 }, { protocol: TCP, port: 53 }].',
  };
}

function isAlsoOverUdp(seen: Seen, { subject }: SeenPolicy): boolean {
  const isFor = (part: Rule) => hasDnsPort(part.ports, 'UDP') && podSetImplies(subject, part.subject);
  return isOverUdpForEach(seen, subject) || allowRules(seen, 'egress').some(({ parts }) => parts.some(isFor));
}

/** Several policies may say it together, each for some of the workloads. */
function isOverUdpForEach(seen: Seen, subject: PodSet): boolean {
  const ids = podsSeen(seen).ids(subject);
  return ids.length > 0 && ids.every((id) => askingOverUdp(seen).has(id));
}

const askingOverUdp = remembered((seen: Seen): ReadonlySet<number> => {
  const found = new Set<number>();
  for (const { parts } of allowRules(seen, 'egress')) {
    for (const { ports, subject } of parts) {
      if (hasDnsPort(ports, 'UDP')) for (const id of podsSeen(seen).ids(subject)) found.add(id);
    }
  }
  return found;
});
