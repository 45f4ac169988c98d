/**
 * What the policy engines said about the worlds of the first seeds, kept as text so that it can be replayed where there
 * is no Go. Two settings of one question are judged apart: an address block also means pods (`pods`, which
 * kube-network-policies does), or it never does (`external-only`, which Cilium does).
 */
import { createHash } from 'node:crypto';
import type { World } from './world';
import { randomWorld } from './worlds';

export interface KeptVerdicts {
  /** Of the generated worlds: another digest means that the generator has changed, and the verdicts belong to others. */
  readonly digest: string;
  /** Worlds of the seeds from 1 on. */
  readonly worlds: readonly WorldVerdicts[];
}

export interface WorldVerdicts {
  /** A bit for each flow: it is allowed where blocks mean pods too. */
  readonly pods: readonly boolean[];
  /** The same where blocks never mean pods; absent where the one engine that can say is known to differ. */
  readonly externalOnly?: readonly boolean[];
}

export function worldsOfSeeds(count: number): World[] {
  return Array.from({ length: count }, (_, index) => randomWorld(index + 1));
}

export function digestOf(worlds: readonly World[]): string {
  const hash = createHash('sha256');
  for (const { documents, flows } of worlds) hash.update(JSON.stringify({ documents, flows }));
  return hash.digest('hex');
}

const digestMark = 'sha256 of the worlds: ';
const heading = `# Verdicts of kube-network-policies and Cilium on the worlds that worlds.ts makes from the seeds 1, 2, 3, …
# One line a world: bits of its flows in base64 (first flow: highest bit), allowed is 1. First where blocks also mean pods
# (kube-network-policies), then where they never do (Cilium): "=" is the same, "-" is not judged. Where the engines are
# not known to differ (known-differences.ts), both said so. Written by: npm run test:judges -- --keep
`;

/** `about`: the lines before the verdicts, each after a `#`. */
export function toText({ digest, worlds }: KeptVerdicts, about: string = heading): string {
  const lines = worlds.map(({ pods, externalOnly }) => {
    if (externalOnly === undefined) return `${toBase64(pods)} -`;
    const other = toBase64(externalOnly);
    return other === toBase64(pods) ? `${other} =` : `${toBase64(pods)} ${other}`;
  });
  return `${about}${digestMark}${digest}\n${lines.join('\n')}\n`;
}

/** @throws where the text is not whole. `worlds` say how many flows there are. */
export function fromText(text: string, worlds: readonly World[]): KeptVerdicts {
  const [mark, ...lines] = text
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('#'));
  if (mark?.startsWith(digestMark) !== true) throw new Error('the verdicts have no digest');
  if (lines.length !== worlds.length) throw new Error(`${lines.length} lines of verdicts for ${worlds.length} worlds`);
  return {
    digest: mark.slice(digestMark.length),
    worlds: lines.map((line, index) => fromLine(line, (worlds[index] as World).flows.length)),
  };
}

function fromLine(line: string, flows: number): WorldVerdicts {
  const [first, second] = line.split(' ');
  const pods = fromBase64(first as string, flows);
  if (second === '-') return { pods };
  return { pods, externalOnly: second === '=' ? pods : fromBase64(second as string, flows) };
}

function toBase64(bits: readonly boolean[]): string {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  bits.forEach((bit, index) => {
    if (bit) bytes[index >> 3] = (bytes[index >> 3] as number) | (0x80 >> (index & 7));
  });
  return Buffer.from(bytes).toString('base64');
}

function fromBase64(text: string, count: number): boolean[] {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== Math.ceil(count / 8)) throw new Error(`${bytes.length} bytes of verdicts for ${count} flows`);
  return Array.from({ length: count }, (_, index) => ((bytes[index >> 3] as number) & (0x80 >> (index & 7))) !== 0);
}
