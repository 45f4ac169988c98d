import type { AttributedEnd } from '../attribution/end';
import type { Terms } from '../attribution/terms';
import type { Tally } from './judge';

/** What is not known that decides whether a flow is a declared one: sentences without their full stop. */
export function whyPerhaps({ from, to, traffic, declared }: Tally, { flows }: Terms): readonly string[] {
  const isUnsure = (end: AttributedEnd, side: 'from' | 'to') =>
    declared.flows.some((number) => end.matches.get(flows[number][side]) === 'perhaps');
  const { protocol, port, portIs, requests } = traffic;
  const reasons = [
    ...(protocol === undefined || port === undefined ? ['the log does not say the port'] : []),
    ...(isUnsure(from, 'from') ? [ofEnd(from)] : []),
    ...(isUnsure(to, 'to') ? [ofEnd(to)] : []),
    ...(port !== undefined && portIs !== 'pod'
      ? ['the port may be that of a Service, and no manifest that was given says to which port of the pods it leads']
      : []),
    ...(requests?.includes('perhaps') ? ['the log does not show all of the request'] : []),
  ];
  if (reasons.length > 0) return reasons;
  return declared.match === 'perhaps'
    ? ['a port is declared by its name, and no manifest that was given says its number']
    : [];
}

function ofEnd({ name, known }: AttributedEnd): string {
  switch (known.kind) {
    case 'pods':
      return `the log does not show all labels of ${name}, so that it may be who is meant`;
    case 'addresses':
      return `the log does not show all names of ${name}, so that it may be the host that is meant`;
    default:
      return `it is not known what ${name} is`;
  }
}
