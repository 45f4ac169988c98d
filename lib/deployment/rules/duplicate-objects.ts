import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { knownKind } from '../../kinds/known-kinds';
import { groupOf } from '../../kinds/manifest';
import { furtherPolicies, isFurther } from '../emission/further-policies';
import { problemAt, type RuleContext } from './rule';

/** What an object of the app is to the API server, and where it is declared. */
interface Named {
  readonly name: string;
  readonly construct: IConstruct;
}

/**
 * cdk8s renders two objects of one name without a word, and the one that is applied last wins. Policies that join the tree
 * in a validation are counted before they do: a guardrail that gives way to somebody's policy of its name is gone.
 */
export function duplicateObjects({ root, objects, declarations, manifests }: RuleContext) {
  const seen = new Map<string, IConstruct>();
  return namedObjects({ objects, declarations, manifests }).flatMap(({ name, construct }) => {
    const twin = seen.get(name);
    if (twin === undefined) {
      seen.set(name, construct);
      return [];
    }
    return [
      problemAt(root, {
        rule: 'duplicate-object',
        what: `${twin.node.path} and ${construct.node.path} both render ${name}, and the one that is applied last would win`,
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
    return { name: nameText(groupOf(apiVersion), kind, metadata.namespace, metadata.name), construct };
  });
  return [...inTree, ...joining];
}

function namedObject(construct: ApiObject): Named {
  const { apiVersion, kind, name, metadata } = construct;
  return { name: nameText(groupOf(apiVersion), kind, metadata.namespace, name), construct };
}

function nameText(apiGroup: string, kind: string, namespace: string | undefined, name: string): string {
  const group = apiGroup === '' ? '' : `.${apiGroup}`;
  return `${kind}${group} ${namespace === undefined || isOfCluster(apiGroup, kind) ? '' : `${namespace}/`}${name}`;
}

/** A chart gives its namespace to every object, and the API server passes over it where the kind has none. */
function isOfCluster(apiGroup: string, kind: string): boolean {
  return knownKind(apiGroup, kind)?.scope === 'cluster';
}
