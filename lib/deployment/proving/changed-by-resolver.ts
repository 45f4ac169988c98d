import type { ApiObject } from 'cdk8s';
import { pathText } from '../../kinds/field';
import { objectText } from '../../kinds/manifest';
import type { Problem } from '../../model/problem';
import type { EmittedObject } from '../emission/emitted-object';
import { isUndecorated } from '../workloads/decorated-json';
import { isEmitted } from '../workloads/emitted';
import { isResolvedByOthers } from '../workloads/resolvers';
import { isHarmlessAddition } from './added-by-others';
import { jsonDifferences } from './json-difference';

/** Objects, and fields of one, that a message names; of more, the number is said. */
const MOST = 4;

/**
 * That a resolver of the app changed objects of this library, where it did: said where nothing is proved, since whoever reads
 * of a policy that is not as declared looks for it in the declaration. An object that was patched, or whose `toJson`
 * somebody replaced, is left out: what is otherwise in it may be that.
 */
export function changedByResolvers(objects: readonly ApiObject[]): Problem[] {
  const changed = objects
    .filter((object): object is EmittedObject => isEmitted(object) && isResolvedByOthers(object))
    .flatMap((object) => changeOf(object) ?? []);
  if (changed.length === 0) return [];
  const text = listed(changed, ' and ');
  return [
    {
      rule: 'resolver-changes-policy',
      what: `a resolver of the app changed ${text}, and what it made of them is what is proved`,
      value: text,
      allowed:
        'a resolver that leaves alone what policies select and allow; labels that it adds to a policy decide nothing',
      fix: 'Leave policies out in the resolver, by the kind of context.obj, or take it out of new App({ resolvers }).',
    },
  ];
}

function changeOf(object: EmittedObject): string | undefined {
  const made = object.asMade();
  if (made === undefined || !isUndecorated(object)) return undefined;
  const { apiVersion, kind } = object;
  const fields = jsonDifferences(made, object.toJson())
    .filter((difference) => !isHarmlessAddition({ apiVersion, kind }, difference))
    .map(({ path }) => pathText(path));
  if (fields.length === 0) return undefined;
  return `${objectText({ kind, ...made.metadata })} (${listed(fields, ', ')})`;
}

function listed(all: readonly string[], between: string): string {
  const more = all.length - MOST;
  return [...all.slice(0, MOST), ...(more > 0 ? [`${more} more`] : [])].join(between);
}
