import type { FoundProblem } from '../findings/finding';
import { objectText } from '../kinds/manifest';
import { into } from '../model/into';
import type { Rule } from '../model/layer';
import type { PictureFinding } from './picture';

/** Findings by what they are about. */
export interface PictureFindings {
  readonly all: readonly PictureFinding[];
  /** Of a rule of a policy, positions in `all`. */
  ofRule(rule: Rule): readonly number[];
  /** Of a workload, by its id. */
  ofWorkload(id: string): readonly number[];
  /** Of a namespace: of itself, and of its policies. */
  ofNamespace(name: string): readonly number[];
  /** Whether a finding of this id is about the rule. */
  has(id: string, rule: Rule): boolean;
}

export function pictureFindings(
  found: readonly FoundProblem[],
  linkOf: (rule: string) => string | undefined,
): PictureFindings {
  const positions = found.map((_, position) => position);
  const byObject = new Map<string, number[]>();
  for (const position of positions) {
    const object = found[position].place?.object;
    if (object !== undefined) into(byObject, object, position);
  }
  const ofRule = (rule: Rule) =>
    (byObject.get(objectText(rule.policy)) ?? []).filter((position) => isAbout(found[position], rule));
  return {
    all: found.map(({ level, rule, what, why = '', fix = '', where = '' }) => ({
      level,
      rule,
      what,
      why,
      fix,
      where,
      link: linkOf(rule) ?? '',
    })),
    ofRule,
    ofWorkload: (id) => {
      const [namespace, kind, name = ''] = id.split('/');
      return byObject.get(`${kind} ${namespace}/${name.replace(/#\d+$/, '')}`) ?? [];
    },
    ofNamespace: (name) =>
      positions.filter((position) => {
        const object = found[position].place?.object ?? '';
        return object === `Namespace ${name}` || object.split(' ')[1]?.startsWith(`${name}/`) === true;
      }),
    has: (id, rule) => ofRule(rule).some((position) => found[position].rule === id),
  };
}

/** One that names no rule of its policy is about all of it. */
function isAbout({ place }: FoundProblem, { direction, index }: Rule): boolean {
  const [, way, at] = /^spec\.(ingress|egress)\[(\d+)\]/.exec(place?.field ?? '') ?? [];
  return way === undefined || (way === direction && Number(at) === index);
}
