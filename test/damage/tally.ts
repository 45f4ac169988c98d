import { Random } from '../judges/random';
import type { Outcome, Subject } from './judgement';
import { damaged, type Operator, operators } from './operators';

/** How often an operator was applied, and what came of it. */
export interface Row {
  readonly operator: Operator;
  readonly times: number;
  readonly counts: Readonly<Record<Outcome, number>>;
  /** What was missed, with where. */
  readonly misses: readonly string[];
}

/** Applies the operator so many times, in turn to each of the subjects, at places that follow from the seed. */
export function rowOf(operator: Operator, subjects: readonly Subject[], times: number, seed: number): Row {
  const random = new Random(seed * operators.length + operators.indexOf(operator));
  const counts = { caught: 0, refused: 0, harmless: 0, missed: 0 };
  const misses: string[] = [];
  let done = 0;
  for (let turn = random.between(0, subjects.length - 1); done < times; turn++) {
    if (turn > subjects.length * (times + 2)) throw new Error(`${operator.name} can be applied nowhere`);
    const subject = subjects[turn % subjects.length] as Subject;
    const files = damaged(subject.files, operator, random);
    if (files === undefined) continue;
    const { outcome, why } = subject.judge(files);
    counts[outcome]++;
    if (outcome === 'missed') misses.push(`${operator.name}, ${subject.name}: ${why}`);
    done++;
  }
  return { operator, times: done, counts, misses };
}
