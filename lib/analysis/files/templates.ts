import { isObject } from '../../kinds/field';
import { printable } from '../../model/printable';
import type { Problem } from '../../model/problem';
import { type Around, helmOutput } from './tool-output';

/** What only Helm, or another engine of templates, makes YAML of. */
const TEMPLATE = /\{\{-?\s*[\w.$"(/][^{}]*\}\}/;

/** The same where YAML takes it for a value: a map whose key is a map. */
const AS_VALUE = /^[^#\n]*?(?:[:,[{-][ \t]*|^\s*)(?=\{\{-?\s*[\w.$"(/])/m;

/** Outside of comments. */
export function hasTemplate(text: string): boolean {
  return text.includes('{{') && TEMPLATE.test(text.replace(COMMENT_LINE, ''));
}

const COMMENT_LINE = /^[ \t]*#.*$/gm;

/**
 * Whether the text was a template that happens to be YAML: `name: {{ .Values.name }}` is a map with a map for its key, which
 * JSON, and so Kubernetes, does not have.
 */
export function isParsedTemplate(text: string, object: unknown): boolean {
  return hasTemplate(text) && hasMapForKey(object);
}

/** The line of the text, from 1, on which a template stands for a value. */
export function templateLine(text: string): number {
  const match = AS_VALUE.exec(text);
  return match === null ? 1 : text.slice(0, match.index + match[0].length).split('\n').length;
}

/** @param file that it is in. */
export function templateProblem(where: string, file: string, around: Around): Problem {
  return {
    rule: 'yaml',
    where,
    what: 'This is a template, and what it makes depends on values that are not in it',
    allowed: 'YAML 1.2, or JSON',
    fix: helmOutput(file, around),
  };
}

/** The same problem; where its value is a template in quotes, with how to read what that makes. */
export function withRendering(problem: Problem, around: Around): Problem {
  if (!hasTemplate(problem.value ?? '')) return problem;
  const file = around.files.find((each) => problem.where?.startsWith(`${printable(each)}, document `));
  return { ...problem, fix: helmOutput(file ?? '', around) };
}

/** How the two parsers write a key that is a map. No key of a Kubernetes object begins so. */
const MAP_FOR_KEY = /^(?:\[object Object\]$|\{)/;

/** Without recursion, and each once: aliases may lead round in circles. */
function hasMapForKey(object: unknown): boolean {
  const seen = new Set<unknown>();
  const waiting = [object];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (seen.has(next)) continue;
    if (Array.isArray(next)) waiting.push(...next);
    else if (isObject(next)) {
      if (Object.keys(next).some((key) => MAP_FOR_KEY.test(key))) return true;
      waiting.push(...Object.values(next));
    } else continue;
    seen.add(next);
  }
  return false;
}
