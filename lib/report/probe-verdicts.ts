/** What a leg came to, as results say it. */
export interface LegTold {
  readonly test: string;
  readonly word: string;
  readonly expected: string;
  readonly who: string;
  readonly to: string;
  readonly why: string;
}

/** Something that was not tried, or not under the load that was asked for. */
export interface LeftOut {
  readonly test: string;
  readonly what: string;
  readonly why: string;
}

/** Something that was not tried, and why somebody said that may be. */
export interface AcceptedOut extends LeftOut {
  readonly because: string;
}

/** Connections that were to be held open while denials were tried. */
export interface LoadTold {
  readonly test: string;
  readonly who: string;
  readonly to: string;
  readonly asked: number;
  /** The fewest at any time, once all were there. */
  readonly fewest: number;
}

/** All of one run of the command. */
export interface ProbeResult {
  readonly legs: readonly LegTold[];
  readonly untested: readonly LeftOut[];
  /** Left out with a reason: no part of the sum. */
  readonly accepted: readonly AcceptedOut[];
  /** Absent where no load was asked for. */
  readonly load?: readonly LoadTold[];
}

/** A line for each leg, the worst first, then what was left out and what was held, and the sum. */
export function probeText({ legs, untested, accepted, load = [] }: ProbeResult): string {
  const lines = [...legs]
    .sort((a, b) => ORDER.indexOf(a.word) - ORDER.indexOf(b.word))
    .map(({ word, expected, who, to, why }) => `${word.padEnd(8)}  ${expected.padEnd(5)} ${who} -> ${to}: ${why}\n`);
  const left = untested.map(({ what, why }) => `untested  ${what}: ${why}\n`);
  const said = accepted.map(({ what, why, because }) => `left out  ${what}: ${why} ("${because}")\n`);
  const held = load.map(({ who, to, asked, fewest }) => `load      ${who} -> ${to}: ${heldText(asked, fewest)}\n`);
  const counts = ORDER.map((word) => {
    const more = word === 'untested' ? untested.length : 0;
    return `${legs.filter((leg) => leg.word === word).length + more} ${word}`;
  });
  return `${[...lines, ...left, ...said, ...held].join('')}\n${counts.join(', ')}\n`;
}

function heldText(asked: number, fewest: number): string {
  return fewest < asked
    ? `only ${fewest} of ${asked} connections were held open`
    : `${asked} connections were held open while denials were tried`;
}

const ORDER = ['broken', 'untested', 'held'];

/** The same for programs. */
export function probeJson({ legs, untested, accepted, load }: ProbeResult): string {
  const result = { schema: 'cdk8s-zero-trust/probe/v1', legs, untested, accepted, ...(load && { load }) };
  return `${JSON.stringify(result, undefined, 2)}\n`;
}
