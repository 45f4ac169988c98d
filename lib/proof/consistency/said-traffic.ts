import { trafficText } from '../../graph/traffic-text';
import type { Rule } from '../../model/layer';
import * as ports from '../../model/port-set';
import type { RequestMatch } from '../../model/request-match';
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
  const meant = saidRequests(requests.slice(1, -1), words, set, rules);
  const traffic = meant && portTraffic(set, meant);
  return traffic !== undefined && trafficText(traffic) === text ? traffic : undefined;
}

/** Engines say requests in one rule or in a rule each, so every word of the list is looked for by itself. */
function saidRequests(
  list: string,
  words: string,
  set: ports.PortSet,
  rules: readonly Rule[],
): readonly RequestMatch[] | undefined {
  const known = new Map<string, RequestMatch>();
  for (const request of rules.flatMap((rule) => rule.requests ?? [])) {
    const text = trafficText(portTraffic(set, [request]));
    known.set(text.slice(words.length + 2, -1), request);
  }
  const said = (rest: string): readonly RequestMatch[] | undefined => {
    for (const [text, request] of known) {
      if (rest === text) return [request];
      if (!rest.startsWith(`${text}; `)) continue;
      const others = said(rest.slice(text.length + 2));
      if (others !== undefined) return [request, ...others];
    }
    return undefined;
  };
  return said(list);
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
