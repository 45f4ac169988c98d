import { trafficText } from '../../graph/traffic-text';
import type { Rule } from '../../model/layer';
import * as ports from '../../model/port-set';
import { portTraffic, type Traffic } from '../../model/traffic';

/**
 * What the words of traffic in an annotation mean: ports are read, and requests are looked for among those that policies
 * tell apart. Undefined for what neither says.
 */
export function saidTraffic(text: string, rules: readonly Rule[]): Traffic | undefined {
  const [, words, requests] = /^([^(]*?)(?: (\(.*\)))?$/s.exec(text) ?? [];
  const set = words === undefined ? undefined : saidPorts(words);
  if (set === undefined) return undefined;
  if (requests === undefined) return portTraffic(set);
  return rules
    .flatMap((rule) => (rule.requests === undefined ? [] : [portTraffic(set, rule.requests)]))
    .find((traffic) => trafficText(traffic) === text);
}

function saidPorts(text: string): ports.PortSet | undefined {
  if (text === '*') return ports.everything;
  const parts = text.split(' ').map(ofProtocol);
  if (parts.some((part) => part === undefined)) return undefined;
  const set = ports.unionOf(parts as ports.PortSet[]);
  return ports.portsText(set) === text ? set : undefined;
}

function ofProtocol(text: string): ports.PortSet | undefined {
  const [, name, list] = /^(TCP|UDP|SCTP)\/(.+)$/.exec(text) ?? [];
  const protocol = ports.PROTOCOLS.find((each) => each === name);
  if (protocol === undefined || list === undefined) return undefined;
  if (list === '*') return ports.allOf(protocol);
  try {
    return ports.unionOf(
      list.split(',').map((part) => {
        const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
        if (first === undefined) return ports.named(protocol, part);
        return ports.range(protocol, Number(first), Number(last ?? first));
      }),
    );
  } catch {
    return undefined;
  }
}
