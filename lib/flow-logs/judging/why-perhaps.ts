import type { AttributedEnd } from '../attribution/end';
import type { Judge, Tally } from './judge';
import { whichPort } from './pod-ports';

/** What is not known that decides whether a flow is a declared one: sentences without their full stop. */
export function whyPerhaps(
  { from, to, traffic, declared }: Tally,
  { terms: { flows }, world }: Judge,
): readonly string[] {
  const isUnsure = (end: AttributedEnd, side: 'from' | 'to') =>
    declared.flows.some((number) => end.matches.get(flows[number][side]) === 'perhaps');
  const { protocol, port, requests } = traffic;
  const reasons = [
    ...(protocol === undefined || port === undefined ? ['the log does not say the port'] : []),
    ...(isUnsure(from, 'from') ? [ofEnd(from)] : []),
    ...(isUnsure(to, 'to') ? [ofEnd(to)] : []),
    ...whichPort(to, traffic, world),
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
