import { isCalico, isTier } from './calico';
import { type Connection, connectionOf } from './connection';
import { notEncoded } from './graph';
import { clusterNetworkPolicies, type Manifest, networkPolicies } from './manifests';
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

/** Kinds and ends that are not encoded: a verdict that passed over one would mean nothing. */
export function notComparable({ manifests, graph }: World): string[] {
  const isOnCalico = graph.cluster.engine === 'calico';
  const encoded = [
    ...networkPolicies(manifests),
    ...(isOnCalico ? manifests.filter((each) => isCalico(each) || isTier(each)) : clusterNetworkPolicies(manifests)),
  ] as readonly Manifest[];
  const others = manifests.filter((each) => /Policy$|^Tier$/.test(each.kind) && !encoded.includes(each));
  return [...new Set(others.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)), ...notEncoded(graph)];
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

/**
 * Our bounds take each block by itself for what may match pods or not: what lets something through may, what stops it may
 * not. So where blocks with both meanings stand together, something is found that neither kind of engine would do.
 */
export function withEachBlockByItself({ facts, ...world }: World): World {
  return { ...world, facts: { ...facts, mode: 'each may' } };
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
