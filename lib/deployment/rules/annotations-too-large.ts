import { tierKey } from '../../graph/graph-data';
import { ANNOTATIONS_LIMIT } from '../emission/annotations';
import { problemAt, type RuleContext } from './rule';

/** Room for the keys, and for what users and Argo CD add. */
const OURS = ANNOTATIONS_LIMIT - 4096;

/** The API server refuses an object whose annotations are too large; here it is known before. */
export function annotationsTooLarge({ declarations, annotations }: RuleContext) {
  return declarations.tiers.flatMap(({ construct, namespace, name }) => {
    const own = annotations.get(tierKey({ namespace: namespace.name, name }));
    const bytes = Buffer.byteLength(own?.reasons ?? '') + Buffer.byteLength(own?.graph ?? '');
    if (bytes <= OURS) return [];
    return [
      problemAt(construct, {
        rule: 'annotation-size',
        what: `the flows of the tier take ${bytes} bytes as annotations, and Kubernetes takes ${ANNOTATIONS_LIMIT} for all of an object`,
        value: String(bytes),
        allowed: `at most ${OURS} bytes`,
        fix: 'Split the tier, or name its peers by fewer flows (a namespace, a block).',
      }),
    ];
  });
}
