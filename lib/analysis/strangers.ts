import { type FieldProblem, isObject, shown } from '../kinds/field';
import { groupOf } from '../kinds/manifest';
import { inShell } from '../model/in-shell';

/** Files that lie beside manifests and are none, by the name that their tools give them. */
const BESIDE =
  /(?:^|[\\/:])(?:kustomization\.ya?ml|Kustomization|values[\w.-]*\.ya?ml|Chart\.(?:yaml|lock)|package(?:-lock)?\.json|tsconfig[\w.-]*\.json)$/;

const KUSTOMIZE = 'kustomize.config.k8s.io';

/**
 * What to say of a document that lies beside manifests and that nobody would apply: a values file, package.json, a graph
 * of ours. Undefined for one that is, or is meant to be, an object of Kubernetes.
 */
export function strangerNote(document: unknown, file: string | undefined): FieldProblem | undefined {
  if (isKustomization(document, file)) return kustomizationNote(file);
  if (file !== undefined && BESIDE.test(file)) return isWhole(document) ? undefined : noManifest(document);
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

/** Told by its apiVersion; where it says none, by the name of its file or by what it lists. */
export function isKustomization(document: unknown, file: string | undefined): boolean {
  if (!isObject(document)) return false;
  const { apiVersion, kind } = document;
  if (typeof apiVersion === 'string') return groupOf(apiVersion) === KUSTOMIZE;
  if (apiVersion !== undefined || (kind !== undefined && kind !== 'Kustomization' && kind !== 'Component'))
    return false;
  if (file !== undefined && KUSTOMIZATION_FILE.test(file)) return true;
  return kind === undefined && KUSTOMIZE_FIELDS.some((field) => Array.isArray(document[field]));
}

/** Whether kustomize would find it: what is written elsewhere is built by nobody. */
export function isFoundByKustomize(document: unknown, file: string): boolean {
  return KUSTOMIZATION_FILE.test(file) && isKustomization(document, file);
}

/** The names by which kustomize finds its file in a folder (kustomize, `konfig.RecognizedKustomizationFileNames`). */
const KUSTOMIZATION_FILE = /(?:^|[\\/:])(?:kustomization\.ya?ml|Kustomization)$/;

const KUSTOMIZE_FIELDS = ['resources', 'patches', 'patchesStrategicMerge', 'configMapGenerator', 'components'];

/** What kubectl applies whatever its file is called: values of a chart say no kind, or none with a name. */
export function isWhole(document: unknown): boolean {
  if (!isObject(document)) return false;
  const { apiVersion, kind, metadata } = document;
  if (![apiVersion, kind].every((text) => typeof text === 'string' && text !== '')) return false;
  const hasName = isObject(metadata) && [metadata.name, metadata.generateName].some((name) => typeof name === 'string');
  return hasName || Array.isArray(document.items);
}

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

function kustomizationNote(file = ''): FieldProblem {
  return {
    path: [],
    rule: 'not-kubernetes',
    what: 'This is a file for kustomize, and what it builds may differ from the files beside it: names, namespaces and labels',
    allowed: 'manifests as they are applied',
    fix: `Read what is applied: kustomize build ${folderWord(folderOf(file))} > manifests.yaml`,
  };
}

/** As a tool that is run from here is told of it: of a file of a revision, without the revision. */
export function pathOf(file: string): string {
  return file.replace(/^[^/\\]{2,}:/, '');
}

/** The folder of a file, without a separator at its end; empty for the one that we are in. */
export function folderOf(file: string): string {
  const path = pathOf(file);
  const end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return end === 0 ? path.slice(0, 1) : path.slice(0, Math.max(end, 0));
}

/** A folder as a word of a command line: no shell takes it for more, and no tool for an option. */
export function folderWord(folder: string): string {
  if (folder === '') return '.';
  return inShell(folder.startsWith('-') ? `./${folder}` : folder);
}
