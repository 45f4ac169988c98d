import { internet } from '../../cluster/special-addresses';
import * as ips from '../../model/ip-set';
import * as ports from '../../model/port-set';
import { isWide } from '../rules/wide';
import { aboutFlow } from './flow-text';
import type { Warning } from './warning';

/** An agent does what its prompt says; on every port that is SSH, mail and databases of strangers too. */
export const agentAllPorts: Warning = {
  id: 'agent-all-ports',
  level: 'warning',
  why: 'Whoever writes its prompt has SSH, mail and every database on the internet within reach',
  fix: 'Name the ports of the tools.',
  find: (seen) =>
    seen.seenTiers
      .filter(({ record }) => record.role === 'agent')
      .flatMap(({ record, out, key }) =>
        out
          .filter(({ to }) => to.kind === 'addresses' && isWide(ips.intersection(to.addresses, internet)))
          .filter(({ traffic }) =>
            ports.PROTOCOLS.some((protocol) => ports.covers(traffic.ports, ports.allOf(protocol))),
          )
          .map((flow) => ({
            construct: record.construct,
            ...aboutFlow(flow, seen),
            what: `the agent ${key} reaches the internet on every port`,
            value: ports.portsText(flow.traffic.ports),
            allowed: 'the ports of its tools',
            fix: "Write ports: [Port.tcp(443)], or acknowledge it: acknowledge: [{ rule: 'agent-all-ports', because: '…' }]",
            acknowledged: [flow.acknowledged, record.acknowledged],
          })),
      ),
};
