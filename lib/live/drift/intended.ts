import type { GivenObject, WrittenObject } from '../../analysis/files/read-files';
import { isObject } from '../../kinds/field';
import type { Snapshot } from '../snapshot';
import { liveName, liveObjectText } from '../source';
import { isPolicy, keyOf, resourceOf } from './drift';

/**
 * The cluster as it would be if what is rendered were all that our namespaces have of policies: rendered objects in place
 * of those of the same name, without policies of others in our namespaces. Policies of the whole cluster stay, since they
 * are the platform's, and so does everything in other namespaces.
 */
export function intended(
  written: readonly WrittenObject[],
  { name, objects }: Snapshot,
  ours: ReadonlySet<string>,
  defaultNamespace: string,
): readonly GivenObject[] {
  const file = liveName(name);
  const own = written.filter(({ object }) => isObject(object) && resourceOf(object) !== undefined);
  const rendered = new Set(own.map(({ object }) => keyOf(object as Record<string, unknown>, defaultNamespace)));
  const kept = objects.filter((object) => {
    if (rendered.has(keyOf(object, defaultNamespace))) return false;
    const namespace = isObject(object.metadata) ? object.metadata.namespace : undefined;
    return !(isPolicy(object) && typeof namespace === 'string' && ours.has(namespace));
  });
  return [
    ...kept.map((object) => ({ object, file, source: `${file}: ${liveObjectText(object)}` })),
    ...own.map(({ object, file: from, sourceOf }) => ({ object, file: from, source: sourceOf() })),
  ];
}
