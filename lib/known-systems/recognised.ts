import type { Labels } from '../model/selector';
import type { KnownSystem, PartLabels, SystemPart } from './known-system';

/** Pods as manifests show them. */
export interface PodsAsSeen {
  /** Group and kind of the object, `apps/Deployment`. */
  readonly kind: string;
  readonly labels: Labels;
  readonly images: readonly string[];
}

/** Which of the systems these pods are: by the kind of the object, by labels of an operator, or by an image. */
export function systemOf(pods: PodsAsSeen, systems: readonly KnownSystem[]): KnownSystem | undefined {
  return systems.find(({ known }) => isKnown(pods, known));
}

function isKnown(
  { kind, labels, images }: PodsAsSeen,
  { kinds = [], labelKeys = [], images: known }: KnownSystem['known'],
): boolean {
  return (
    kinds.includes(kind) ||
    labelKeys.some((key) => Object.hasOwn(labels, key)) ||
    images.some((image) => known.some((repository) => isOf(repositoryOf(image), repository)))
  );
}

/** The parts of the system that the pods may be: those whose labels they have, or else all. */
export function partsOf({ parts }: KnownSystem, labels: Labels): readonly SystemPart[] {
  const own = parts.filter((part) => part.labels.some((of) => hasLabels(labels, of)));
  return own.length > 0 ? own : parts;
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
