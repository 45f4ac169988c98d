import type { GivenAcknowledgement } from '../findings/acknowledged';
import { FLOWS_ANNOTATION, parsedLine } from '../graph/flow-lines';
import { objectText } from '../kinds/manifest';
import { at } from './network-policies';
import { placeIn } from './place-in';
import type { Seen, SeenObject } from './seen';

/** What an app acknowledged in code, as the policies that it rendered say it: of flows and of tiers. */
export function acknowledgedInCode({ objects }: Seen): readonly GivenAcknowledgement[] {
  return objects.flatMap((object) => {
    const waivers = linesOf(object).flatMap(waiversOf);
    if (waivers.length === 0) return [];
    const about = { by: 'code', object: objectText(object.ref), file: object.file, ...placeIn(object, PATH) } as const;
    return [...new Set(waivers)].map((waiver) => ({ ...waiverOf(waiver), ...about }));
  });
}

const PATH = ['metadata', 'annotations', FLOWS_ANNOTATION];

function linesOf({ json }: SeenObject): readonly string[] {
  const text = at(json, PATH);
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
