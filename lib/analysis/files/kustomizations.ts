import { basename, normalize } from 'node:path';
import { isObject } from '../../kinds/field';
import { groupOf, objectText, refOf } from '../../kinds/manifest';
import { type Problem, printableProblem } from '../../model/problem';
import { isClusterWide, reachesOthers } from '../foreign-policies';
import { objectsOf } from '../lists';
import { isFoundByKustomize, isKustomization } from '../strangers';
import { type FileDocument, sourceText } from './document';
import { type Kustomization, kustomizationOf } from './kustomization';
import { asFolder, folderKey, foldersAbove, inside } from './kustomize-paths';
import { type Around, kustomizeOutput, NOTHING_AROUND } from './tool-output';

/** Documents without those that kustomize applies nowhere, and what is to be said of what it would build. */
export interface Unbuilt {
  readonly documents: readonly FileDocument[];
  /** What is read is not what is applied. */
  readonly problems: readonly Problem[];
  /** What is applied is called otherwise, or is more or less than what is read. */
  readonly warnings: readonly Problem[];
  readonly notes: readonly Problem[];
}

/**
 * Files for kustomize are not carried out. Where one changes what lies beside it, that is said with what it changes; the
 * files of its patches are no objects that anybody applies, and are passed over.
 *
 * @param defaultNamespace where objects go that name none, if that was told: it may be the one that kustomize puts them into.
 */
export function unbuilt(documents: readonly FileDocument[], defaultNamespace = '', around = NOTHING_AROUND): Unbuilt {
  const found = documents.filter(({ object, file }) => isFoundByKustomize(object, file));
  if (found.length === 0) return { documents, problems: [], warnings: [], notes: [] };
  const all = new Folders(documents, found, defaultNamespace);
  const said = found.map((document) => ({ document, ...all.saidOf(document) }));
  return {
    documents: documents.filter(({ file }) => !all.isPart(file)),
    problems: said.flatMap(({ document, ...of }) =>
      of.changes.length > 0 ? [unbuiltProblem(document, of, around)] : [],
    ),
    warnings: [
      ...said.flatMap(({ document, changes, differs }) =>
        changes.length === 0 && differs.length > 0 ? [differsProblem(document, differs, around)] : [],
      ),
      ...found.flatMap((document) => belowWarning(document, all.unlistedBelow(document), around)),
    ],
    notes: documents.filter(({ file }) => all.isPart(file)).map((document) => partNote(document, around)),
  };
}

interface Said {
  /** Of objects, so that answers about them would be wrong. */
  readonly changes: readonly string[];
  readonly differs: readonly string[];
}

/** A file with objects in it that answers about others hang on. */
interface Bearing {
  readonly name: string;
  readonly bearing: readonly string[];
}

/** Files by their path, and which of them the kustomizations apply. */
class Folders {
  readonly #byFile = new Map<string, FileDocument[]>();
  readonly #kustomizations = new Map<string, Kustomization>();
  readonly #applied = new Set<string>();
  readonly #parts = new Set<string>();

  public constructor(
    documents: readonly FileDocument[],
    found: readonly FileDocument[],
    private readonly defaultNamespace: string,
  ) {
    for (const document of documents) {
      const key = normalize(document.file);
      this.#byFile.set(key, [...(this.#byFile.get(key) ?? []), document]);
    }
    for (const { file, object } of found) this.#kustomizations.set(folderKey(file), kustomizationOf(object));
    for (const [folder, { resources, parts }] of this.#kustomizations) {
      for (const path of resources) this.#applied.add(inside(folder, path));
      for (const path of parts) this.#parts.add(inside(folder, path));
    }
    for (const { file } of found) this.#parts.delete(normalize(file));
  }

  /** Whether kustomize makes others of the file, and does not apply it by itself. */
  public isPart(file: string): boolean {
    const key = normalize(file);
    return this.#parts.has(key) && !this.#applied.has(key);
  }

  public saidOf({ file }: FileDocument): Said {
    const folder = folderKey(file);
    const asked = this.#kustomizations.get(folder) ?? kustomizationOf(undefined);
    const objects = this.#objectsOf(folder, new Set());
    const unlisted = (asked.resources.length === 0 ? [] : this.#unlisted(folder)).map((key) => {
      return { name: basename(key), bearing: this.#bearingIn(key) };
    });
    const inert = unlisted.filter(({ bearing }) => bearing.length === 0).map(({ name }) => name);
    const away = [...asked.resources.filter((path) => !this.#isThere(folder, path)), ...asked.brought];
    return {
      changes: [
        ...(objects.some((object) => isElsewhere(object, asked.namespace, this.defaultNamespace))
          ? [`it puts everything into the namespace ${asked.namespace}`]
          : []),
        ...asked.changes,
        ...labelled(asked, objects),
        ...unlisted
          .filter(({ bearing }) => bearing.length > 0)
          .map(({ name, bearing }) => `it does not apply ${name}, which has ${listed(bearing)}`),
      ],
      differs: [
        ...(asked.names === undefined ? [] : [`it calls objects ${asked.names}`]),
        ...(away.length === 0 ? [] : [`it applies ${away.join(', ')} as well, which was not read`]),
        ...(inert.length === 0 ? [] : [`it does not apply ${inert.join(', ')}, which was read`]),
      ],
    };
  }

  /**
   * Files in folders below it that have no kustomization of their own and that none lists, with the objects in them that
   * answers about others hang on.
   */
  public unlistedBelow({ file }: FileDocument): readonly Bearing[] {
    const folder = folderKey(file);
    if ((this.#kustomizations.get(folder)?.resources ?? []).length === 0) return [];
    return [...this.#byFile.keys()].flatMap((key) => {
      if (!key.startsWith(folder) || this.#kustomizations.has(folderKey(key)) || this.#isApplied(key)) return [];
      if (this.isPart(key) || this.#nearestAbove(key) !== folder) return [];
      const bearing = this.#bearingIn(key);
      return bearing.length === 0 ? [] : [{ name: key.slice(folder.length), bearing }];
    });
  }

  /** By itself, or in a folder that is listed. */
  #isApplied(key: string): boolean {
    const listed = foldersAbove(key).filter((folder) => this.#applied.has(folder.replace(/\/$/, '')));
    return this.#applied.has(key) || listed.some((folder) => !this.#kustomizations.has(folder));
  }

  #nearestAbove(key: string): string | undefined {
    return foldersAbove(key).find((folder) => this.#kustomizations.has(folder));
  }

  #isThere(folder: string, path: string): boolean {
    const key = inside(folder, path);
    return this.#byFile.has(key) || this.#kustomizations.has(asFolder(key));
  }

  /** Of what it applies as far as that was read, and of what those apply. */
  #objectsOf(folder: string, seen: Set<string>): readonly unknown[] {
    if (seen.has(folder)) return [];
    seen.add(folder);
    const { resources = [] } = this.#kustomizations.get(folder) ?? {};
    return resources.flatMap((path) => {
      const key = inside(folder, path);
      const documents = this.#byFile.get(key)?.map(({ object }) => object) ?? [];
      return [...objectsOf(documents).map(({ object }) => object), ...this.#objectsOf(asFolder(key), seen)];
    });
  }

  /** Objects of a file that answers about others hang on: policies, what these name, and Namespaces. */
  #bearingIn(key: string): readonly string[] {
    const documents = this.#byFile.get(key)?.map(({ object }) => object) ?? [];
    return objectsOf(documents).flatMap(({ object }) => {
      const ref = refOf(object, this.defaultNamespace, isClusterWide);
      return ref !== undefined && reachesOthers(groupOf(ref.apiVersion), ref.kind) ? [objectText(ref)] : [];
    });
  }

  /** Manifests in its own folder that no kustomization applies. */
  #unlisted(folder: string): readonly string[] {
    const found = [...this.#byFile].filter(
      ([key, documents]) =>
        folderKey(key) === folder &&
        !this.#applied.has(key) &&
        !this.isPart(key) &&
        documents.some(({ object, file }) => !isKustomization(object, file) && refOf(object, '', isClusterWide)),
    );
    return found.map(([key]) => key);
  }
}

/** The first of them, and how many more there are. */
function listed(objects: readonly string[]): string {
  const more = objects.length - MOST_NAMED;
  return [...objects.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

const MOST_NAMED = 3;

function isElsewhere(object: unknown, namespace: string | undefined, defaultNamespace: string): boolean {
  if (namespace === undefined || !isObject(object)) return false;
  const ref = refOf(object, defaultNamespace, isClusterWide);
  if (ref === undefined) return false;
  return isNamespace(object) ? ref.name !== namespace : ref.namespace !== undefined && ref.namespace !== namespace;
}

function isNamespace(object: unknown): boolean {
  const ref = refOf(object, '', isClusterWide);
  return ref?.kind === 'Namespace' && groupOf(ref.apiVersion) === '';
}

/**
 * Kinds of which policies select objects by the labels in their own metadata; pods of workloads have those of a template.
 * Services and ServiceAccounts are selected too, by hardly anybody: labels for all objects are common, and would be refused.
 */
const SELECTED = [
  'Namespace',
  'Pod',
  'Node',
  'GlobalNetworkSet',
  'NetworkSet',
  'HostEndpoint',
  'ExternalEntity',
  'CiliumCIDRGroup',
];

function labelled({ labels }: Kustomization, objects: readonly unknown[]): readonly string[] {
  const kinds = new Set(objects.flatMap((object) => refOf(object, '', isClusterWide)?.kind ?? []));
  const selected = SELECTED.filter((kind) => kinds.has(kind));
  if (labels.length === 0 || selected.length === 0) return [];
  return [`it labels objects that policies select (${selected.join(', ')}): ${labels.join(', ')}`];
}

function unbuiltProblem(document: FileDocument, { changes, differs }: Said, around: Around): Problem {
  const all = [...changes, ...differs].join('; ');
  return printableProblem({
    rule: 'kustomization-unbuilt',
    where: sourceText(document, []),
    what: `${DIFFERS}: ${all}`,
    value: all,
    allowed: 'what it builds; or the files by their names, to ask about them as they are',
    fix: kustomizeOutput(document.file, around),
  });
}

function differsProblem(document: FileDocument, differs: readonly string[], around: Around): Problem {
  return printableProblem({
    rule: 'kustomization-differs',
    where: sourceText(document, []),
    what: `${DIFFERS}: ${differs.join('; ')}`,
    value: differs.join('; '),
    allowed: 'what it builds',
    fix: kustomizeOutput(document.file, around),
  });
}

const DIFFERS = 'Nothing was built here, and what kustomize builds is not what was read';

/** Answers hang on them, and they are perhaps applied by nobody: no problem, since another tool may apply them. */
function belowWarning(document: FileDocument, below: readonly Bearing[], around: Around): readonly Problem[] {
  if (below.length === 0) return [];
  const all = listed(below.map(({ name, bearing }) => `${name} (${listed(bearing)})`));
  return [
    printableProblem({
      rule: 'kustomization-differs',
      where: sourceText(document, []),
      what: `Neither this kustomization nor another one that was read applies what was read below its folder: ${all}`,
      value: all,
      allowed: 'files that a kustomization lists, or that are applied in another way',
      fix: kustomizeOutput(document.file, around),
    }),
  ];
}

function partNote(document: FileDocument, around: Around): Problem {
  const ref = refOf(document.object, undefined, isClusterWide);
  const what = ref === undefined ? 'it' : objectText(ref);
  return printableProblem({
    rule: 'not-kubernetes',
    where: sourceText(document, []),
    what: `kustomize makes others of this file and does not apply it by itself, so that ${what} was passed over`,
    allowed: 'an object that is applied as it is',
    fix: kustomizeOutput(document.file, around),
  });
}
