import { Cidr, Pods, Port, Tier } from '../../../lib';
import type { BadInputs } from './refusal';
import { because, flowTo, foreign, namespace, tier, validated, workload } from './scenarios';

export const flows: BadInputs = {
  'no reason': {
    rule: 'reason',
    make: flowTo(Cidr.of('192.0.2.0/24'), { because: undefined }),
    where: 'chart/ns/tier',
    says: /cannot be reviewed/,
  },
  'an empty reason': {
    rule: 'reason',
    make: flowTo(Cidr.of('192.0.2.0/24'), { because: ' ' }),
    value: '',
    where: 'chart/ns/tier',
    says: /cannot be reviewed/,
  },
  'a reason of one word': {
    rule: 'reason',
    make: flowTo(Cidr.of('192.0.2.0/24'), { because: 'needed' }),
    value: 'needed',
    where: 'chart/ns/tier',
    says: /"needed" is not a reason/,
  },
  'a placeholder for a reason': {
    rule: 'reason',
    make: flowTo(Cidr.of('192.0.2.0/24'), { because: 'TODO say why' }),
    value: 'TODO say why',
    where: 'chart/ns/tier',
    says: /is not a reason/,
  },
  'no port to addresses': {
    rule: 'flow-ports',
    make: flowTo(Cidr.of('192.0.2.0/24'), { ports: undefined }),
    where: 'chart/ns/tier',
    says: /addresses have none of their own/,
  },
  'an empty list of ports': {
    rule: 'ports-empty',
    make: flowTo(Cidr.of('192.0.2.0/24'), { ports: [] }),
    where: 'chart/ns/tier',
    says: /empty list/,
  },
  'no port on either side': {
    rule: 'flow-ports',
    make: () => {
      const space = namespace();
      const silent = new Tier(space, 'silent', { pods: Pods.labeled({ app: 'silent' }) });
      tier({}, space).connections.allowTo(silent, { because });
      validated(space);
    },
    value: 'ns/silent',
    where: 'chart/ns/tier',
    says: /names no port, and neither does ns\/silent/,
  },
  'a named port of addresses': {
    rule: 'port-name-address',
    make: flowTo(Cidr.of('192.0.2.0/24'), { ports: [Port.named('https')] }),
    where: 'chart/ns/tier',
    says: /never match/,
  },
  'a name that no container has': {
    rule: 'port-name-unknown',
    make: () => {
      const server = workload({}, { containers: [{ name: 'c', ports: [{ name: 'http', containerPort: 80 }] }] });
      server.connections.allowFrom(foreign().ownedBy('others'), { because, ports: [Port.named('htpp')] });
      validated(server);
    },
    value: 'TCP/htpp',
    where: 'chart/ns/tier',
    says: /no container of ns\/tier has a port named TCP\/htpp.*TCP\/http/s,
  },
};
