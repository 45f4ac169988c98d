import { isObject } from '../../kinds/field';

/**
 * What a file for kustomize asks for, as far as it bears on who reaches whom. Paths are as it writes them, from its own
 * folder. The fields are those of kustomize's `api/types/kustomization.go`.
 */
export interface Kustomization {
  /** Files, folders and addresses of what it applies. */
  readonly resources: readonly string[];
  /** Files that it changes others by, or puts into others: patches, what generators take. It applies none of them. */
  readonly parts: readonly string[];
  /** The namespace that everything goes to. */
  readonly namespace?: string;
  /** Names after the change, for a resource called `…`. */
  readonly names?: string;
  /** Labels of all objects, those of pods and of selectors left as they are. */
  readonly labels: readonly string[];
  /** What else it changes about objects, in words. */
  readonly changes: readonly string[];
  /** What it brings that is in no file beside it, in words. */
  readonly brought: readonly string[];
}

/** The fields of that object; whatever is not of their type says nothing. */
export function kustomizationOf(object: unknown): Kustomization {
  const fields = isObject(object) ? object : {};
  const patches = [...maps(fields.patches), ...maps(fields.patchesJson6902)];
  // As text alone they are patches too, as they once were.
  const strategic = [...texts(fields.patchesStrategicMerge), ...texts(fields.patches)];
  const files = strategic.filter((text) => !isInline(text));
  const namespace = text(fields.namespace);
  const [prefix, suffix] = [text(fields.namePrefix) ?? '', text(fields.nameSuffix) ?? ''];
  const labels = maps(fields.labels);
  const isDeep = ({ includeSelectors, includeTemplates, fields: more }: Fields) =>
    includeSelectors === true || includeTemplates === true || maps(more).length > 0;
  return {
    resources: [...texts(fields.resources), ...texts(fields.bases)],
    parts: [
      ...files,
      ...pathsIn([...patches, ...maps(fields.replacements)], 'path'),
      ...['generators', 'transformers', 'validators', 'configurations', 'crds'].flatMap((name) => texts(fields[name])),
      ...maps(fields.helmCharts).flatMap((chart) => [chart.valuesFile, chart.additionalValuesFiles].flatMap(textsOf)),
      ...[...maps(fields.configMapGenerator), ...maps(fields.secretGenerator)].flatMap(generatorFiles),
    ],
    ...(namespace !== undefined && { namespace }),
    ...(prefix + suffix !== '' && { names: `${prefix}…${suffix}` }),
    labels: labels.filter((entry) => !isDeep(entry)).flatMap(({ pairs }) => keys(pairs)),
    changes: [
      ...phrase('it patches', [...files, ...patches.map(patched), ...strategic.filter(isInline).map(inlineTarget)]),
      ...phrase('it adds labels to selectors and pods:', [
        ...keys(fields.commonLabels),
        ...labels.filter(isDeep).flatMap(({ pairs }) => keys(pairs)),
      ]),
      ...phrase('it adds annotations that are read:', keys(fields.commonAnnotations).filter(isRead)),
      ...phrase('it adds the components', texts(fields.components)),
      ...phrase('it runs the transformers', texts(fields.transformers)),
      ...(maps(fields.replacements).length > 0 ? ['it replaces values by others'] : []),
    ],
    brought: [
      ...texts(fields.generators),
      ...[...maps(fields.helmCharts), ...maps(fields.helmChartInflationGenerator)].map(
        ({ name, chartName }) => `the chart ${text(name) ?? text(chartName) ?? ''}`,
      ),
    ],
  };
}

/** Annotations by which hooks are told, and what engines and this library keep in them. */
function isRead(annotation: string): boolean {
  return /(^|\.)(helm\.sh|argoproj\.io|cilium\.io|projectcalico\.org|ovn\.org)\/|^cdk8s-zero-trust\//.test(annotation);
}

type Fields = Readonly<Record<string, unknown>>;

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string' && item !== '') : [];
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? texts(value) : texts([value]);
}

function maps(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function keys(value: unknown): readonly string[] {
  return isObject(value) ? Object.keys(value) : [];
}

function pathsIn(entries: readonly Fields[], field: string): readonly string[] {
  return entries.flatMap((entry) => texts([entry[field]]));
}

function phrase(words: string, parts: readonly string[]): readonly string[] {
  return parts.length === 0 ? [] : [`${words} ${parts.join(', ')}`];
}

/** A patch that stands in the kustomization itself; a path has one line. */
function isInline(patch: string): boolean {
  return patch.includes('\n') || patch.trimStart().startsWith('{');
}

/** What a patch is for: its target, else the file that says it, else what its own text names. */
function patched({ path, patch, target }: Fields): string {
  if (isObject(target)) {
    const { kind, name, labelSelector } = target;
    return [text(kind) ?? 'any kind', text(name), text(labelSelector)].filter((part) => part !== undefined).join(' ');
  }
  return text(path) ?? inlineTarget(text(patch) ?? '');
}

function inlineTarget(patch: string): string {
  const [, kind = 'an object'] = /^\s*"?kind"?:\s*"?([\w-]+)/m.exec(patch) ?? [];
  const [, name] = /^\s*"?name"?:\s*"?([\w.-]+)/m.exec(patch) ?? [];
  return name === undefined ? kind : `${kind} ${name}`;
}

/** `file` or `key=file`, and files of variables. */
function generatorFiles({ files, envs, env }: Fields): readonly string[] {
  const named = texts(files).map((file) => file.slice(file.indexOf('=') + 1));
  return [...named, ...texts(envs), ...texts([env])];
}
