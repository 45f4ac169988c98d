import type { Problem } from '../../model/problem';

/** What the operating system says, in words. */
const FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'It is not there, or it is a link to what is not there',
  EACCES: 'It may not be read by this user',
  EPERM: 'It may not be read by this user',
  ENOTDIR: 'Its path goes through a file as if that were a folder',
  EISDIR: 'It is a folder, and a file is wanted',
  ELOOP: 'It is a link that leads back to itself',
};

/** @throws what is no failure of the operating system. */
export function failureProblem(path: string, error: unknown): Problem {
  // Not by its class: what Node throws is of another realm where tests run.
  if (typeof error !== 'object' || error === null || !('code' in error)) throw error;
  const code = String(error.code);
  return {
    rule: 'unreadable-file',
    where: path,
    what: FAILURES[code] ?? `It cannot be read (${code})`,
    value: path,
    allowed: 'files and folders that can be read',
    fix: 'Check the path and its permissions.',
  };
}

export function loopProblem(path: string, real: string): Problem {
  return {
    rule: 'symlink-loop',
    where: path,
    what: `This link leads back to '${real}', which it is in`,
    value: path,
    allowed: 'links that lead elsewhere',
    fix: 'Take the link out.',
  };
}

export function notAFileProblem(path: string): Problem {
  return {
    rule: 'unreadable-file',
    where: path,
    what: 'This is neither a file nor a folder, and reading it might never end',
    value: path,
    allowed: 'files and folders',
    fix: 'Write what it gives into a file first.',
  };
}

export function emptyFolderProblem(path: string): Problem {
  return {
    rule: 'no-manifests',
    where: path,
    what: 'There is no YAML or JSON file in this folder, so that there is nothing to judge',
    value: path,
    allowed: 'a folder with files that end in .yaml, .yml or .json',
    fix: 'Check the path.',
  };
}

/** Of what was given as a whole, in which no object is: a pipe whose beginning failed, a file of comments. */
export function nothingProblem(where: string): Problem {
  return {
    rule: 'no-manifests',
    where,
    what: 'There is no object of Kubernetes here, so that there is nothing to judge',
    value: where,
    allowed: 'at least one object',
    fix: 'Check the path; and of a pipe, whether what writes into it went well (set -o pipefail).',
  };
}

export function tooLargeProblem(path: string, bytes: number, most: number): Problem {
  return {
    rule: 'file-too-large',
    where: path,
    what: `The file has ${inMegabytes(bytes)} MB, and was not read`,
    value: String(bytes),
    allowed: `files of at most ${inMegabytes(most)} MB`,
    fix: 'Split it, or leave it out if it holds no manifests.',
  };
}

export function notTextProblem(path: string): Problem {
  return {
    rule: 'not-text',
    where: path,
    what: 'This is not text in UTF-8, so that it cannot be YAML',
    value: path,
    allowed: 'YAML or JSON in UTF-8',
    fix: 'Leave it out, or save it as UTF-8.',
  };
}

function inMegabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
