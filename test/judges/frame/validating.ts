import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { JudgeName } from '../judge';

/** An object that our reader refuses. */
export interface WrongCase {
  readonly what: string;
  readonly object: unknown;
  /** What validates it takes it all the same. */
  readonly isTaken?: boolean;
}

/**
 * A validator (`validate` of a judge) takes every object that is rendered, and refuses those that our reader refuses, but for
 * what it is known to take. `about`: what was validated, in words.
 */
export function validate(
  programs: string,
  judge: JudgeName,
  { rendered, wrong, about }: { rendered: readonly unknown[]; wrong: readonly WrongCase[]; about: string },
): void {
  const said = validated(programs, judge, [...rendered, ...wrong.map(({ object }) => object)]);
  const refused = said.slice(0, rendered.length).filter(({ ok }) => !ok);
  const taken = wrong.filter((one, i) => said[rendered.length + i]?.ok !== (one.isTaken === true));
  for (const { id, errors } of refused) console.log(`rendered, and refused: ${id}: ${errors?.join('; ')}`);
  for (const { what } of taken) console.log(`judged otherwise than expected: ${what}`);
  console.log(
    `${rendered.length} rendered ${about} and ${wrong.length} wrong ones validated: ${refused.length + taken.length} disagreements`,
  );
  if (refused.length + taken.length > 0) process.exitCode = 1;
}

interface Validated {
  readonly id: string;
  readonly ok: boolean;
  readonly errors?: readonly string[];
}

function validated(programs: string, judge: JudgeName, objects: readonly unknown[]): Validated[] {
  const input = objects.map((object) => JSON.stringify(object)).join('\n---\n');
  const { stdout, stderr } = spawnSync(join(programs, judge), ['validate', '--json', '-'], {
    input,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  const lines = stdout.trim().split('\n');
  if (lines.length !== objects.length)
    throw new Error(`${lines.length} answers for ${objects.length} objects: ${stderr}`);
  return lines.map((line) => JSON.parse(line));
}
