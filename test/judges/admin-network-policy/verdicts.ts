/** What kube-network-policies said about worlds with AdminNetworkPolicies: one judge, and blocks mean pods. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, fromText, type KeptVerdicts, toText } from '../verdicts';
import type { World } from '../world';
import { randomAdminWorld } from './worlds';

export const keptWorlds = 250;

const file = join(__dirname, 'verdicts.txt');

const heading = `# Verdicts of kube-network-policies on the worlds that admin-network-policy/worlds.ts makes from the seeds 1, 2, 3, …
# One line a world: bits of its flows in base64 (first flow: highest bit), allowed is 1; "-": there is no other judge.
# Written by: npm run test:judges -- --keep
`;

export function adminWorldsOfSeeds(count: number): World[] {
  return Array.from({ length: count }, (_, index) => randomAdminWorld(index + 1));
}

export function readKept(worlds: readonly World[]): KeptVerdicts {
  return fromText(readFileSync(file, 'utf8'), worlds);
}

export function writeKept(worlds: readonly World[], verdicts: KeptVerdicts['worlds']): void {
  writeFileSync(file, toText({ digest: digestOf(worlds), worlds: verdicts }, heading));
}
