import type { AdministrationRequest, KnownSystem } from './known-system';
import { isVersionBefore, versionOfImage } from './recognised';

/** A container as it is written. */
export interface ContainerAsSeen {
  readonly image: string;
  /** What it is started with, a word each. */
  readonly words: readonly string[];
  /** Environment variables with their values, as far as these are written. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The requests for administrators that these containers answer whoever asks: told by their tags and by how they are started;
 * of an image without either nothing is said.
 */
export function requestsAnswered(
  { administration = [] }: KnownSystem,
  containers: readonly ContainerAsSeen[],
): readonly AdministrationRequest[] {
  return administration.filter(({ before, switchedOnBy, guardedBy = [] }) => {
    const words = containers.flatMap((container) => container.words);
    if (words.some((word) => guardedBy.some((guard) => word === guard || word.startsWith(`${guard}=`)))) return false;
    if (before === undefined && switchedOnBy === undefined) return true;
    return containers.some(({ image, words, env }) => {
      const version = versionOfImage(image);
      if (before !== undefined && version !== undefined && isVersionBefore(version, before)) return true;
      const [name, value = ''] = (switchedOnBy ?? '').split('=');
      return words.includes(switchedOnBy ?? '') || (env[name]?.toLowerCase() === value.toLowerCase() && value !== '');
    });
  });
}

/** The requests that a server may answer of which the release alone is known, where that is: how it is started is not. */
export function requestsOfRelease(
  { administration = [] }: KnownSystem,
  version: readonly number[] | undefined,
): readonly AdministrationRequest[] {
  return administration.filter(({ before, switchedOnBy }) => {
    if (before === undefined) return switchedOnBy === undefined;
    return version === undefined || isVersionBefore(version, before);
  });
}
