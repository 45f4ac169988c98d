import { into } from '../model/into';
import { remembered } from '../model/remembered';
import type { Labels } from '../model/selector';
import type { KnownSystem, PartLabels, SystemPart } from './known-system';

/** Pods as manifests show them. */
export interface PodsAsSeen {
  /** Group and kind of the object, `apps/Deployment`. */
  readonly kind: string;
  readonly labels: Labels;
  readonly images: readonly string[];
}

/** Which of the systems these pods are: by the kind of the object, by labels of an operator, or else by an image. */
export function systemOf(
  { kind, labels, images }: PodsAsSeen,
  systems: readonly KnownSystem[],
): KnownSystem | undefined {
  return (
    systemOfOperator(kind, labels, systems) ??
    first(images.entries(), ([i, image]) => systemOfImage(repositoryOf(image), i === 0, systems))
  );
}

/** The first whose operator makes such a kind, or gives pods such a label. */
function systemOfOperator(kind: string, labels: Labels, systems: readonly KnownSystem[]): KnownSystem | undefined {
  const { byKind, byLabelKey } = byOperator(systems);
  let position = byKind.get(kind) ?? systems.length;
  for (const key of Object.keys(labels)) position = Math.min(position, byLabelKey.get(key) ?? position);
  return systems[position];
}

/** The position of the first system of each kind, and of each label, so that pods are not held against every system. */
const byOperator = remembered((systems: readonly KnownSystem[]) => {
  const byKind = new Map<string, number>();
  const byLabelKey = new Map<string, number>();
  const add = (found: Map<string, number>, key: string, position: number) => {
    if (!found.has(key)) found.set(key, position);
  };
  for (const [position, { known }] of systems.entries()) {
    for (const kind of known.kinds ?? []) add(byKind, kind, position);
    for (const key of known.labelKeys ?? []) add(byLabelKey, key, position);
  }
  return { byKind, byLabelKey };
});

/** Of images that run beside others, the one of the first container says what the pod is. */
function systemOfImage(repository: string, isFirst: boolean, systems: readonly KnownSystem[]): KnownSystem | undefined {
  const names = byLastName(systems).get(lastNameOf(repository)) ?? [];
  return names.find(({ known, system }) => (isFirst || !system.known.runsBesideOthers) && isOf(repository, known))
    ?.system;
}

/** Every repository by what is behind its last slash, so that an image is held against few. */
const byLastName = remembered((systems: readonly KnownSystem[]) => {
  const found = new Map<string, { readonly known: string; readonly system: KnownSystem }[]>();
  for (const system of systems) {
    for (const known of imagesOf(system)) into(found, lastNameOf(known), { known, system });
  }
  return found;
});

/** The repositories of a system and of its parts. */
export function imagesOf({ known, parts }: KnownSystem): readonly string[] {
  return [...known.images, ...parts.flatMap(({ images = [] }) => images)];
}

function first<A, B>(items: Iterable<A>, of: (item: A) => B | undefined): B | undefined {
  for (const item of items) {
    const found = of(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The systems that pods may be by the labels of official charts and operators, for those whose image says nothing: anybody
 * may write these labels, so that they are a guess.
 */
export function systemsByLabels(labels: Labels, systems: readonly KnownSystem[]): readonly KnownSystem[] {
  return systems.filter(({ parts }) =>
    parts.some((part) => part.labels.some((of) => of.isGeneric !== true && hasLabels(labels, of))),
  );
}

/**
 * The parts of the system that the pods may be: those whose labels they have, or else whose image, or else those that have
 * no image of their own, since that would have told them.
 */
export function partsOf({ parts }: KnownSystem, labels: Labels, images: readonly string[] = []): readonly SystemPart[] {
  const labelled = parts.filter((part) => part.labels.some((of) => hasLabels(labels, of)));
  if (labelled.length > 0) return labelled;
  const repositories = images.map(repositoryOf);
  const own = parts.filter(({ images: known = [] }) =>
    repositories.some((repository) => known.some((each) => isOf(repository, each))),
  );
  if (own.length > 0) return own;
  const others = parts.filter(({ images: known }) => known === undefined);
  return others.length > 0 ? others : parts;
}

function hasLabels(labels: Labels, { labels: wanted, keys = [] }: PartLabels): boolean {
  const pairs = Object.entries(wanted);
  // An instance of its own is the user's business, and says nothing of the part.
  if (pairs.length === 0) return keys.length > 0 && keys.every((key) => Object.hasOwn(labels, key));
  return pairs.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value);
}

function isOf(repository: string, known: string): boolean {
  return repository === known || repository.endsWith(`/${known}`);
}

function lastNameOf(repository: string): string {
  return repository.slice(repository.lastIndexOf('/') + 1);
}

/** Without tag and digest: the colon of a registry has its port behind it, and a slash after that. */
function repositoryOf(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
}

/** The numbers of a version that the tag starts with, `[0, 33, 0]` of `v0.33.0-cu128`; undefined where it starts with none. */
export function versionOfImage(image: string): readonly number[] | undefined {
  const [, tag] = /:([^/:]*)$/.exec(image.replace(/@.*$/, '')) ?? [];
  const [, numbers] = /^v?(\d+(?:\.\d+)+)/.exec(tag ?? '') ?? [];
  return numbers?.split('.').map(Number);
}

/** Whether a version comes before another one, `0.33`. */
export function isVersionBefore(version: readonly number[], other: string): boolean {
  const wanted = other.split('.').map(Number);
  const first = wanted.findIndex((number, i) => (version[i] ?? 0) !== number);
  return first !== -1 && (version[first] ?? 0) < wanted[first];
}
