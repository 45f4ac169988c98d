import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Evaluator } from '../evaluator';
import { digestOf, fromText, type KeptVerdicts, toText } from '../verdicts';
import type { World } from '../world';

/** What one judge says of policies of one kind, and what it is held against: all that is particular to the kind. */
export interface Suite {
  /** What the worlds have, in words: `policies of Cilium`. */
  readonly about: string;
  readonly judge: 'kube-network-policies' | 'Cilium';
  /** Where `worlds.ts` and `verdicts.txt` are. */
  readonly folder: string;
  readonly world: (seed: number) => World;
  /** How many worlds have their verdicts kept: those of the seeds from 1 on. */
  readonly keptWorlds: number;
  /** All that are right. */
  readonly evaluators: readonly Evaluator[];
  /** Evaluators that each get one thing wrong: verdicts that let one of them pass would prove nothing. */
  readonly misreadings: readonly Evaluator[];
  /** Of the verdicts, the share that an evaluator may leave undecided. @default none */
  readonly mostUndecided?: number;
  /** The variable of the environment that says how many flows are judged on fresh worlds, 200,000 without it. */
  readonly wanted: string;
}

export function keptWorldsOf({ world, keptWorlds }: Suite): World[] {
  return Array.from({ length: keptWorlds }, (_, index) => world(index + 1));
}

export function readKept(suite: Suite, worlds: readonly World[]): KeptVerdicts {
  return fromText(readFileSync(fileOf(suite), 'utf8'), worlds);
}

export function writeKept(suite: Suite, worlds: readonly World[], verdicts: KeptVerdicts['worlds']): void {
  writeFileSync(fileOf(suite), toText({ digest: digestOf(worlds), worlds: verdicts }, headingOf(suite)));
}

function fileOf({ folder }: Suite): string {
  return join(folder, 'verdicts.txt');
}

function headingOf({ judge, folder }: Suite): string {
  return `# Verdicts of ${judge} on the worlds that ${basename(folder)}/worlds.ts makes from the seeds 1, 2, 3, …
# One line a world: bits of its flows in base64 (first flow: highest bit), allowed is 1; "-": there is no other judge.
# Written by: npm run test:judges -- --keep
`;
}
