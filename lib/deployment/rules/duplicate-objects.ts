import type { ApiObject } from 'cdk8s';
import { problemAt, type RuleContext } from './rule';

/** cdk8s renders two objects of one name without a word, and the one that is applied last wins. */
export function duplicateObjects({ root, objects }: RuleContext) {
  const seen = new Map<string, ApiObject>();
  return objects.flatMap((object) => {
    const name = objectName(object);
    const twin = seen.get(name);
    seen.set(name, twin ?? object);
    if (twin === undefined) return [];
    return [
      problemAt(root, {
        rule: 'duplicate-object',
        what: `${twin.node.path} and ${object.node.path} both render ${name}, and the one that is applied last would win`,
        value: name,
        allowed: 'one object of a kind, namespace and name in an app',
        fix: 'Rename one of them, or remove it.',
      }),
    ];
  });
}

function objectName({ apiGroup, kind, name, metadata: { namespace } }: ApiObject): string {
  const group = apiGroup === 'core' ? '' : `.${apiGroup}`;
  return `${kind}${group} ${namespace === undefined || kind === 'Namespace' ? '' : `${namespace}/`}${name}`;
}
