import { trafficText } from '../../graph/traffic-text';
import type { Rule } from '../../model/layer';
import { type PortSet, portsText } from '../../model/port-set';
import { portsOfText } from '../../model/ports-of-text';
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
  set: PortSet,
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

function saidPorts(text: string): PortSet | undefined {
  const set = portsOfText(text);
  return set !== undefined && portsText(set) === text ? set : undefined;
}
