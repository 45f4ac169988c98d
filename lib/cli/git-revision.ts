import { spawnSync } from 'node:child_process';
import { isReadInFolders } from '../analysis/files/find-files';
import type { GivenText } from '../analysis/files/read-files';
import { type Problem, ZeroTrustError } from '../model/problem';
import type { Io } from './io';
import { isPassedOver } from './paths';

const PREFIX = 'git:';

/** A folder or file as a commit has it: `git:main:dist`. */
export interface Revision {
  /** Whatever git takes for a commit: a branch, a tag, `HEAD~1`, a hash. */
  readonly revision: string;
  /** From the top of the repository; from the folder that one is in where it begins with `./`. Empty for everything. */
  readonly path: string;
}

/** Undefined for what is no revision but a path. */
export function revisionOf(text: string): Revision | undefined {
  if (!text.startsWith(PREFIX)) return undefined;
  const [revision, ...path] = text.slice(PREFIX.length).split(':');
  return { revision, path: path.join(':') };
}

/**
 * The YAML and JSON files of a revision. git is asked itself, without a shell between, so that nothing in a name is taken
 * for a command.
 *
 * @throws where there is no git, no repository, no such revision, or no manifest in it.
 */
export function filesAt({ revision, path }: Revision, io: Io): readonly GivenText[] {
  const text = `${PREFIX}${revision}:${path}`;
  const commit = commitOf(revision, text, io);
  const blobs = blobsAt(commit, path, io).filter(({ name }) => isManifest(name, plainPath(path)));
  if (blobs.length === 0) throw gitError(noManifests(revision, path, text));
  return textsOf(blobs, io).map((content, i) => ({ name: `${revision}:${blobs[i].name}`, text: content }));
}

function commitOf(revision: string, text: string, io: Io): string {
  // git would take a word that begins with a dash for an option, or refuse it with words of its own.
  if (revision === '' || revision.startsWith('-')) throw gitError(noRevision(revision, text));
  const { status, out } = git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`], io);
  if (status === 0) return out.toString().trim();
  const inside = git(['rev-parse', '--git-dir'], io);
  throw gitError(inside.status === 0 ? noRevision(revision, text) : noRepository(text));
}

interface Blob {
  readonly hash: string;
  readonly name: string;
}

/** Files, and no links or other repositories: what these lead to is not in the commit. */
function blobsAt(commit: string, path: string, io: Io): readonly Blob[] {
  const isHere = path === '.' || path.startsWith('./');
  const plain = plainPath(path);
  const { out } = git(
    [
      '--literal-pathspecs',
      'ls-tree',
      '-r',
      '-z',
      ...(isHere ? [] : ['--full-tree']),
      commit,
      '--',
      ...(plain === '' ? [] : [plain]),
    ],
    io,
  );
  return out
    .toString()
    .split('\0')
    .flatMap((line) => {
      const [, mode, hash, name] = /^(\d+) blob ([0-9a-f]+)\t([\s\S]+)$/.exec(line) ?? [];
      return name === undefined || mode === LINK ? [] : [{ hash, name }];
    });
}

const LINK = '120000';

/** Without what only says where it begins or that it is a folder; empty for everything. */
function plainPath(path: string): string {
  return path.replace(/^[.](\/|$)/, '').replace(/\/+$/, '');
}

/** As files are found in folders: a file that is named is read whatever it is called. */
function isManifest(name: string, path: string): boolean {
  if (name === path) return true;
  const folders = name.slice(path.length).split('/').slice(0, -1);
  return isReadInFolders(name) && !folders.some(isPassedOver);
}

/** `cat-file --batch` answers each hash with a line that has the size, and then so many bytes. */
function textsOf(blobs: readonly Blob[], io: Io): readonly string[] {
  const { out } = git(['cat-file', '--batch'], io, blobs.map(({ hash }) => `${hash}\n`).join(''));
  let at = 0;
  return blobs.map(() => {
    const end = out.indexOf('\n', at);
    const size = Number(out.toString('utf8', at, end).split(' ')[2]);
    const text = out.toString('utf8', end + 1, end + 1 + size);
    at = end + 1 + size + 1;
    return text;
  });
}

interface Answer {
  readonly status: number | null;
  readonly out: Buffer;
}

function git(args: readonly string[], { cwd, env }: Io, input = ''): Answer {
  const { error, status, stdout } = spawnSync('git', args, { cwd, env: { ...env }, input, maxBuffer: MOST_BYTES });
  if (error !== undefined) throw gitError(failed(error));
  return { status, out: stdout };
}

const MOST_BYTES = 1_000_000_000;

type Wrong = Omit<Problem, 'rule'>;

function gitError(problem: Wrong): ZeroTrustError {
  return new ZeroTrustError({ rule: 'git-revision', ...problem });
}

function failed(error: Error): Wrong {
  const isMissing = 'code' in error && error.code === 'ENOENT';
  return {
    what: isMissing ? 'There is no git to ask for a revision' : `git cannot be asked for a revision: ${error.message}`,
    fix: 'Install git, or give two folders.',
  };
}

function noRepository(text: string): Wrong {
  return {
    what: `'${text}' is a revision, and this folder is in no repository of git`,
    value: text,
    fix: 'Run it in the repository, or give a folder.',
  };
}

function noRevision(revision: string, text: string): Wrong {
  return {
    what: `There is no revision '${revision}' in this repository`,
    value: text,
    allowed: 'a branch, a tag or a commit, as in git:main:dist',
    fix: 'Check its name; in a shallow clone of a pipeline, fetch it first: git fetch --depth=1 origin main',
  };
}

function noManifests(revision: string, path: string, text: string): Wrong {
  const where = path === '' ? `the revision '${revision}'` : `'${path}' of the revision '${revision}'`;
  return {
    what: `There is no YAML or JSON file in ${where}`,
    value: text,
    allowed: 'a folder or file from the top of the repository, or from here where it begins with ./',
    fix: `Look at what is there: git ls-tree -r ${revision}`,
  };
}
