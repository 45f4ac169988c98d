/** What kube-network-policies and Cilium said about the worlds of upstream's own tests. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, fromText, type KeptVerdicts, toText } from '../verdicts';
import { upstreamWorlds } from './worlds';

const file = join(__dirname, 'verdicts.txt');

const heading = `# Verdicts of kube-network-policies and Cilium on the worlds of upstream's own tests, in the order of upstream/worlds.ts
# One line a world: bits of its flows in base64 (first flow: highest bit), allowed is 1. First where blocks also mean pods
# (kube-network-policies), then where they never do (Cilium): "=" is the same, "-" is not judged. Where the engines are
# not known to differ (known-differences.ts), both said so. Written by: npm run test:judges -- --keep
`;

export function readKept(): KeptVerdicts {
  return fromText(readFileSync(file, 'utf8'), upstreamWorlds);
}

export function writeKept(verdicts: KeptVerdicts['worlds']): void {
  writeFileSync(file, toText({ digest: digestOf(upstreamWorlds), worlds: verdicts }, heading));
}
