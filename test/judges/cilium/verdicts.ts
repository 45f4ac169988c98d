/** What Cilium said about worlds with its own policies: one judge, and blocks never mean pods. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, fromText, type KeptVerdicts, toText } from '../verdicts';
import type { World } from '../world';
import { randomCiliumWorld } from './worlds';

export const keptWorlds = 600;

const file = join(__dirname, 'verdicts.txt');

const heading = `# Verdicts of Cilium on the worlds that cilium/worlds.ts makes from the seeds 1, 2, 3, …
# One line a world: bits of its flows in base64 (first flow: highest bit), allowed is 1; "-": there is no other judge.
# Written by: npm run test:judges -- --keep
`;

export function ciliumWorldsOfSeeds(count: number): World[] {
  return Array.from({ length: count }, (_, index) => randomCiliumWorld(index + 1));
}

export function readKept(worlds: readonly World[]): KeptVerdicts {
  return fromText(readFileSync(file, 'utf8'), worlds);
}

export function writeKept(worlds: readonly World[], verdicts: KeptVerdicts['worlds']): void {
  writeFileSync(file, toText({ digest: digestOf(worlds), worlds: verdicts }, heading));
}
