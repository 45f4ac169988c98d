import { ACKNOWLEDGE_ANNOTATION, acknowledgeLines } from '../findings/acknowledge-lines';
import type { GivenAcknowledgement } from '../findings/acknowledged';
import type { FoundProblem } from '../findings/finding';
import { shown } from '../kinds/field';
import { objectText } from '../kinds/manifest';
import { at } from './network-policies';
import { placeIn } from './place-in';
import type { Seen, SeenObject } from './seen';

export interface GivenOnObjects {
  readonly given: readonly GivenAcknowledgement[];
  /** Annotations that cannot be read. */
  readonly found: readonly FoundProblem[];
}

/** What the objects say by annotation: each accepts what is found in itself. */
export function acknowledgedOnObjects({ objects }: Seen, rules: readonly string[]): GivenOnObjects {
  const each = objects.flatMap((object) => {
    const text = at(object.json, PATH) ?? undefined;
    return text === undefined ? [] : [givenOn(object, text, rules)];
  });
  return { given: each.flatMap(({ given }) => given), found: each.flatMap(({ found }) => found) };
}

const PATH = ['metadata', 'annotations', ACKNOWLEDGE_ANNOTATION];

function givenOn(object: SeenObject, text: unknown, rules: readonly string[]): GivenOnObjects {
  const place = placeIn(object, PATH);
  const { waivers, problems } = acknowledgeLines(typeof text === 'string' ? text : shown(text), rules);
  return {
    given: waivers.map((waiver) => ({
      ...waiver,
      by: 'annotation',
      object: objectText(object.ref),
      file: object.file,
      ...place,
    })),
    found: problems.map((problem) => ({ level: 'error', ...problem, ...place })),
  };
}
