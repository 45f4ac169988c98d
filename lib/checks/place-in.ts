import type { FoundProblem } from '../findings/finding';
import { type FieldPath, pathText } from '../kinds/field';
import { objectText } from '../kinds/manifest';
import type { SeenObject } from './seen';
import type { SeenRule } from './seen-rules';

/** A place in an object, in words and in parts. */
export function placeIn(object: SeenObject, path: FieldPath): Required<Pick<FoundProblem, 'where' | 'place'>> {
  const name = objectText(object.ref);
  const field = pathText(path);
  const line = object.lineOf(path);
  return {
    where: [object.sourceOf(path), name, ...(field === '' ? [] : [field])].join(': '),
    place: { file: object.file, ...(line !== undefined && { line }), object: name, ...(field !== '' && { field }) },
  };
}

/** Where another rule stands, as a finding in an object says it: with the name of its object where that is another one. */
export function placeFrom(own: SeenObject, { object, path }: Pick<SeenRule, 'object' | 'path'>): string {
  return `${object === own ? '' : `${objectText(object.ref)}: `}${pathText(path)}`;
}
