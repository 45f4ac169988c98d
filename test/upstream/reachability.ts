import type { Expectation, Probe, Protocol } from './behaviour';
import { podNames } from './world';

/** What is observed on one port: whether a pod can open a connection to another. */
export type Observed = (from: string, to: string) => boolean;

// The four calls of upstream's `Reachability` (reachability.go), so that a table can be held against its source.

/** Upstream's `ExpectPeer`. Ends are `*`, a namespace, or a pod. */
export function peers(from: string, to: string, connected: boolean): Expectation {
  return { from, to, connected };
}

/** Upstream's `Expect`. */
export function pair(from: string, to: string, connected: boolean): Expectation {
  return { from, to, connected };
}

/** Upstream's `ExpectAllIngress`. */
export function allIngress(to: string, connected: boolean): Expectation {
  return { from: '*', to, connected };
}

/** Upstream's `ExpectAllEgress`. */
export function allEgress(from: string, connected: boolean): Expectation {
  return { from, to: '*', connected };
}

/** Upstream's `ValidateOrFail`. Without expectations everything is connected. */
export function probe(protocol: Protocol, port: number, ...expected: readonly Expectation[]): Probe {
  return { protocol, port, expected };
}

/** The expectation of a probe, as a function. */
export function expectedOf({ expected }: Probe): Observed {
  return (from, to) =>
    expected.reduce((connected, it) => (isIn(it.from, from) && isIn(it.to, to) ? it.connected : connected), true);
}

/** A row for each source, a column for each destination: `.` connected, `X` not, and blank for loopback, which upstream ignores. */
export function truthTable(observed: Observed): string[] {
  return [
    `     ${podNames.join(' ')}`,
    ...podNames.map((from) => `${from}   ${podNames.map((to) => mark(observed, from, to)).join('   ')}`.trimEnd()),
  ];
}

function mark(observed: Observed, from: string, to: string): string {
  if (from === to) return ' ';
  return observed(from, to) ? '.' : 'X';
}

function isIn(ends: string, pod: string): boolean {
  return ends === '*' || ends === pod || pod.startsWith(`${ends}/`);
}
