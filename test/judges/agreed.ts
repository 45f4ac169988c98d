import type { Letters } from './judge';
import { type Difference, knownDifferences } from './known-differences';
import type { WorldVerdicts } from './verdicts';
import type { World } from './world';

/** What the engines said about one world, held against each other. */
export interface Agreed {
  readonly verdicts: WorldVerdicts;
  /** How many flows were judged by both, or by one alone because of a known difference. */
  readonly counts: ReadonlyMap<'both engines' | Difference, number>;
  /** Flows on which they differ although they are not known to, in words. */
  readonly disagreements: readonly string[];
}

export function agreed(world: World, kubernetes: Letters, cilium: Letters): Agreed {
  const difference = knownDifferences(world);
  const counts = new Map<'both engines' | Difference, number>();
  const disagreements: string[] = [];
  let ciliumIsAsked = true;
  world.flows.forEach((flow, index) => {
    const known = difference(flow);
    counts.set(known ?? 'both engines', (counts.get(known ?? 'both engines') ?? 0) + 1);
    if (known === 'rules of a direction that policyTypes leaves out') ciliumIsAsked = false;
    if (known === undefined && isAllowed(kubernetes[index]) !== isAllowed(cilium[index])) {
      const said = `kubernetes ${kubernetes[index]}, cilium ${cilium[index]}`;
      disagreements.push(`seed ${world.seed}: ${JSON.stringify(flow)}: ${said}`);
    }
  });
  const pods = [...kubernetes].map(isAllowed);
  return {
    verdicts: ciliumIsAsked ? { pods, externalOnly: [...cilium].map(isAllowed) } : { pods },
    counts,
    disagreements,
  };
}

function isAllowed(letter: string | undefined): boolean {
  return letter === 'A';
}
