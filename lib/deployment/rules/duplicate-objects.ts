import type { ApiObject } from 'cdk8s';
import { knownKind } from '../../kinds/known-kinds';
import { groupOf } from '../../kinds/manifest';
import { furtherPolicies, isFurther } from '../emission/further-policies';
import { problemAt, type RuleContext } from './rule';

/** What an object of the app is to the API server, and where it is declared. */
interface Named {
  readonly name: string;
  readonly path: string;
}

/**
 * cdk8s renders two objects of one name without a word, and the one that is applied last wins. Policies that join the tree
 * in a validation are counted before they do: a guardrail that gives way to somebody's policy of its name is gone.
 */
export function duplicateObjects({ root, objects, declarations, manifests }: RuleContext) {
  const seen = new Map<string, string>();
  return namedObjects({ objects, declarations, manifests }).flatMap(({ name, path }) => {
    const twin = seen.get(name);
    seen.set(name, twin ?? path);
    if (twin === undefined) return [];
    return [
      problemAt(root, {
        rule: 'duplicate-object',
        what: `${twin} and ${path} both render ${name}, and the one that is applied last would win`,
        value: name,
        allowed: 'one object of a kind, namespace and name in an app',
        fix: 'Rename one of them, or remove it.',
      }),
    ];
  });
}

function namedObjects({
  objects,
  declarations,
  manifests,
}: Pick<RuleContext, 'objects' | 'declarations' | 'manifests'>): Named[] {
  const inTree = objects.filter((object) => !isFurther(object)).map(namedObject);
  const joining = furtherPolicies(manifests, declarations).map(({ construct, manifest }) => {
    const { apiVersion, kind, metadata } = manifest;
    return { name: nameText(groupOf(apiVersion), kind, metadata.namespace, metadata.name), path: construct.node.path };
  });
  return [...inTree, ...joining];
}

function namedObject({ apiVersion, kind, name, metadata: { namespace }, node }: ApiObject): Named {
  return { name: nameText(groupOf(apiVersion), kind, namespace, name), path: node.path };
}

function nameText(apiGroup: string, kind: string, namespace: string | undefined, name: string): string {
  const group = apiGroup === '' ? '' : `.${apiGroup}`;
  return `${kind}${group} ${namespace === undefined || isOfCluster(apiGroup, kind) ? '' : `${namespace}/`}${name}`;
}

/** A chart gives its namespace to every object, and the API server passes over it where the kind has none. */
function isOfCluster(apiGroup: string, kind: string): boolean {
  return knownKind(apiGroup, kind)?.scope === 'cluster';
}
