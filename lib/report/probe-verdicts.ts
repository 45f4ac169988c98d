/** What a leg came to, as results say it. */
export interface LegTold {
  readonly test: string;
  readonly word: string;
  readonly expected: string;
  readonly who: string;
  readonly to: string;
  readonly why: string;
}

/** A line for each leg, the worst first, and the sum. */
export function probeText(legs: readonly LegTold[]): string {
  const lines = [...legs]
    .sort((a, b) => ORDER.indexOf(a.word) - ORDER.indexOf(b.word))
    .map(({ word, expected, who, to, why }) => `${word.padEnd(8)}  ${expected.padEnd(5)} ${who} -> ${to}: ${why}\n`);
  const sum = ORDER.map((word) => `${legs.filter((leg) => leg.word === word).length} ${word}`).join(', ');
  return `${lines.join('')}\n${sum}\n`;
}

const ORDER = ['broken', 'untested', 'held'];

/** The same for programs. */
export function probeJson(legs: readonly LegTold[]): string {
  return `${JSON.stringify({ schema: 'cdk8s-zero-trust/probe/v1', legs }, undefined, 2)}\n`;
}
