import type { BlockMode, Evaluator } from './evaluator';
import type { WorldVerdicts } from './verdicts';
import type { World } from './world';

export interface Held {
  /** Verdicts that an evaluator was held against, and how many of them said that the flow passes. */
  readonly verdicts: number;
  readonly allowed: number;
  /** Of the verdicts, those that no answer of ours can disagree with, since it is that the flow passes perhaps. */
  readonly undecided: number;
  /** Where it said otherwise, in words. */
  readonly disagreements: readonly string[];
}

/** An evaluator of ours against what the engines said about a world. */
export function heldAgainst(evaluator: Evaluator, world: World, { pods, externalOnly }: WorldVerdicts): Held {
  const inModes = [inMode(evaluator, world, 'pods', pods)];
  if (externalOnly !== undefined) inModes.push(inMode(evaluator, world, 'external-only', externalOnly));
  return {
    verdicts: inModes.reduce((sum, { verdicts }) => sum + verdicts, 0),
    allowed: inModes.reduce((sum, { allowed }) => sum + allowed, 0),
    undecided: inModes.reduce((sum, { undecided }) => sum + undecided, 0),
    disagreements: inModes.flatMap(({ disagreements }) => disagreements),
  };
}

function inMode(evaluator: Evaluator, world: World, mode: BlockMode, verdicts: readonly boolean[]): Held {
  const passes = evaluator.of(world, mode);
  const answers = world.flows.map(passes);
  const disagreements = world.flows.flatMap((flow, index) => {
    const ours = answers[index];
    if (ours === 'perhaps' || ours === verdicts[index]) return [];
    const said = ours ? 'passes, and the engines deny it' : 'is denied, and the engines let it pass';
    return [`seed ${world.seed}, blocks mean ${mode}: for ${evaluator.name} ${JSON.stringify(flow)} ${said}`];
  });
  return {
    verdicts: verdicts.length,
    allowed: verdicts.filter(Boolean).length,
    undecided: answers.filter((ours) => ours === 'perhaps').length,
    disagreements,
  };
}
