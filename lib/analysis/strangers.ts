import { type FieldProblem, isObject, shown } from '../kinds/field';
import { groupOf } from '../kinds/manifest';

/** Files that lie beside manifests and are none, by the name that their tools give them. */
const BESIDE =
  /(?:^|[\\/])(?:kustomization\.ya?ml|values[\w.-]*\.ya?ml|Chart\.(?:yaml|lock)|package(?:-lock)?\.json|tsconfig[\w.-]*\.json)$/;

const KUSTOMIZE = 'kustomize.config.k8s.io';

/**
 * What to say of a document that lies beside manifests and that nobody would apply: a values file, package.json, a graph
 * of ours. Undefined for one that is, or is meant to be, an object of Kubernetes.
 */
export function strangerNote(document: unknown, file: string | undefined): FieldProblem | undefined {
  if (isKustomization(document)) return kustomizationNote();
  if (file !== undefined && BESIDE.test(file)) return noManifest(document);
  return looksLikeObject(document) ? undefined : noManifest(document);
}

/** Of a document that is meant to be an object and is none. */
export function notKubernetes(object: unknown): FieldProblem {
  const missing = isObject(object) ? 'has no apiVersion and kind' : `is ${shown(object)}`;
  return {
    path: [],
    rule: 'not-kubernetes',
    what: `This is not a Kubernetes object: it ${missing}`,
    allowed: 'an object with apiVersion, kind and metadata',
    fix: 'Leave files that hold anything else out of what is read.',
  };
}

function isKustomization(document: unknown): boolean {
  if (!isObject(document)) return false;
  const { apiVersion, kind } = document;
  if (typeof apiVersion === 'string' && groupOf(apiVersion) === KUSTOMIZE) return true;
  return (
    apiVersion === undefined && kind === undefined && KUSTOMIZE_FIELDS.some((field) => Array.isArray(document[field]))
  );
}

const KUSTOMIZE_FIELDS = ['resources', 'patches', 'patchesStrategicMerge', 'configMapGenerator', 'components'];

/** Text may be a template that went wrong, and an object with any of these a manifest that lost a line. */
function looksLikeObject(document: unknown): boolean {
  if (Array.isArray(document)) return document.some((item) => typeof item === 'object' && looksLikeObject(item));
  if (!isObject(document) || Object.hasOwn(document, 'kind')) return true;
  const names = Object.keys(document).map((name) => name.toLowerCase());
  return ['kind', 'spec', 'metadata'].some((name) => names.includes(name));
}

function noManifest(document: unknown): FieldProblem {
  return { ...notKubernetes(document), fix: 'Nothing to do: it was passed over. Leave it out to silence this.' };
}

function kustomizationNote(): FieldProblem {
  return {
    path: [],
    rule: 'not-kubernetes',
    what: 'This is a file for kustomize, and what it builds may differ from the files beside it: names, namespaces and labels',
    allowed: 'manifests as they are applied',
    fix: 'Read what is applied: kustomize build . > manifests.yaml',
  };
}
