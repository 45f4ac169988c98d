import { readFileSync } from 'node:fs';
import { sourceText } from '../analysis/files/document';
import { failureProblem } from '../analysis/files/file-problems';
import { readYaml } from '../analysis/files/yaml-text';
import { Field, type FieldPath, type FieldProblem, isObject, pathText } from '../kinds/field';
import { ZeroTrustError } from '../model/problem';

/** @throws where it cannot be read. */
export function fileText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ZeroTrustError(failureProblem(path, error));
  }
}

/** Where a field stands in the file: `zero-trust.yaml, document 1, line 7`. */
export type SourceOf = (path: FieldPath) => string;

/**
 * What `read` makes of the one object that a file of ours holds, in YAML or JSON.
 *
 * @param read gives false, or reports problems, for what says nothing that could be used.
 * @param stranger what to say of text that holds no such object.
 * @throws with the line of everything that is wrong.
 */
export function readFields<T>(
  text: string,
  file: string,
  read: (top: Field, sourceOf: SourceOf) => T | false,
  stranger: (file: string) => ZeroTrustError,
): T {
  const { documents, problems: broken } = readYaml(text, file);
  if (broken.length > 0) throw new ZeroTrustError(broken);
  const [document] = documents;
  if (document === undefined || documents.length > 1 || !isObject(document.object)) throw stranger(file);
  const problems: FieldProblem[] = [];
  const result = read(Field.top(document.object, problems), (path) => sourceText(document, path));
  if (result !== false && problems.length === 0) return result;
  throw new ZeroTrustError(
    problems.map(({ path, ...problem }) => {
      const field = pathText(path);
      // What reads objects of Kubernetes speaks of who takes those.
      const what = problem.what.replace(', which the API server refuses here', '');
      return { ...problem, what, where: [sourceText(document, path), ...(field === '' ? [] : [field])].join(': ') };
    }),
  );
}
