import { type Connection, connectionOf } from './connection';
import { notEncoded } from './graph';
import { otherPolicies } from './manifests';
import { type Asked, questionsOf } from './questions';
import { isBorneOut } from './replay';
import type { Solver } from './solver';
import type { OurVerdict } from './verdict';
import type { World } from './world';

/** What Z3 says of manifests. */
export interface TheirVerdict {
  /** What is wrong: statement, direction, and namespace where it is about one. */
  readonly broken: readonly string[];
  /** A connection for each, and whether it does the same to an evaluator of single connections. */
  readonly witnesses: readonly Witness[];
}

interface Witness {
  readonly asked: Asked;
  readonly connection: Connection;
  readonly isBorneOut: boolean;
}

/** Kinds and ends that are not encoded; a world with any of them cannot be compared. */
export function notComparable({ manifests, graph }: World): string[] {
  return [...otherPolicies(manifests), ...notEncoded(graph)];
}

/** The verdict of Z3 on every statement of a proof of the world. */
export function judge(world: World, solver: Solver): TheirVerdict {
  const all = questionsOf(world);
  const found = solver.find(all.map(({ question }) => question));
  const witnesses = all.flatMap((asked, i) => {
    const values = found[i];
    if (values === undefined) return [];
    const connection = connectionOf(values, asked, world);
    return [{ asked, connection, isBorneOut: isBorneOut(asked, connection, world) }];
  });
  return { broken: [...new Set(witnesses.map(({ asked }) => nameOf(asked)))].sort(), witnesses };
}

/** What one finds and the other does not, statement by statement, and witnesses that no evaluator bears out. */
export function disagreements(ours: OurVerdict, { broken, witnesses }: TheirVerdict): string[] {
  return [
    ...ours.broken.filter((each) => !broken.includes(each)).map((each) => `only we find: ${each}`),
    ...witnesses
      .filter(({ asked }) => !ours.broken.includes(nameOf(asked)))
      .map((each) => `only Z3 finds: ${words(each)}`),
    ...witnesses.filter((each) => !each.isBorneOut).map((each) => `not borne out: ${words(each)}`),
  ];
}

function nameOf({ statement, direction, namespace }: Asked): string {
  return [statement, direction, ...(namespace === undefined ? [] : [namespace])].join(' ');
}

function words({ asked, connection }: Witness): string {
  return `${nameOf(asked)} ${JSON.stringify(connection)}`;
}
