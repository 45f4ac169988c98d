import type { State } from '../analysis';
import type { Given } from './command';
import { filesAt, revisionOf } from './git-revision';
import type { Io } from './io';
import { liveSideOf } from './live-given';
import { type ManifestsGiven, readManifestsGiven } from './manifests';
import { STDIN } from './paths';
import { usageError } from './usage-error';

/** What two states are compared for: each a folder, a file, a glob, `-`, `live:<context>` or `git:<revision>:<path>`. */
export interface Sides {
  readonly old: ManifestsGiven;
  readonly own: ManifestsGiven;
}

/** @throws for what is none, and what makes every answer unreliable. */
export async function sidesGiven(given: Given, io: Io): Promise<Sides> {
  const [old, own] = given.args;
  if (old === STDIN && own === STDIN)
    throw usageError({
      what: 'Standard input cannot be both sides',
      value: '- -',
      allowed: 'one - at most',
      fix: 'diff git:main:dist -',
    });
  return { old: await sideAt(old, given, io), own: await sideAt(own, given, io) };
}

function sideAt(text: string, given: Given, io: Io): Promise<ManifestsGiven> {
  const live = liveSideOf(text);
  if (live !== undefined) return readManifestsGiven(given, io, { paths: [], live });
  const revision = revisionOf(text);
  const asked = revision === undefined ? { paths: [text] } : { paths: [], texts: filesAt(revision, io) };
  return readManifestsGiven(given, io, asked);
}

/** One side, for what compares. */
export function stateOf({ reading, plane, facts }: ManifestsGiven): State {
  return {
    world: reading.world,
    plane: plane.plane,
    written: reading.written,
    ...(facts?.podRanges && { podAddresses: facts.podRanges }),
  };
}
