import type { GivenAcknowledgement } from '../findings/acknowledged';
import { FLOWS_ANNOTATION, parsedLine } from '../graph/flow-lines';
import { isObject } from '../kinds/field';
import { objectText } from '../kinds/manifest';
import { placeIn } from './place-in';
import type { Seen, SeenObject } from './seen';

/** What an app acknowledged in code, as the policies that it rendered say it: of flows and of tiers. */
export function acknowledgedInCode({ objects }: Seen): readonly GivenAcknowledgement[] {
  return objects.flatMap((object) => {
    const waivers = linesOf(object).flatMap(waiversOf);
    if (waivers.length === 0) return [];
    const at = placeIn(object, ['metadata', 'annotations', FLOWS_ANNOTATION]);
    const about = { by: 'code', object: objectText(object.ref), file: object.file, ...at } as const;
    return [...new Set(waivers)].map((waiver) => ({ ...waiverOf(waiver), ...about }));
  });
}

function linesOf({ json: { metadata } }: SeenObject): readonly string[] {
  const annotations = isObject(metadata) && isObject(metadata.annotations) ? metadata.annotations : {};
  const text = Object.hasOwn(annotations, FLOWS_ANNOTATION) ? annotations[FLOWS_ANNOTATION] : undefined;
  return typeof text === 'string' ? text.split('\n') : [];
}

/** Each `rule: reason`. */
function waiversOf(line: string): readonly string[] {
  const parsed = parsedLine(line);
  return parsed === undefined || parsed.kind === 'guardrail' ? [] : parsed.acknowledged;
}

function waiverOf(text: string): Pick<GivenAcknowledgement, 'rule' | 'because'> {
  const at = text.indexOf(': ');
  return { rule: text.slice(0, at), because: text.slice(at + 2) };
}
