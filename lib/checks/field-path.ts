import type { FieldPath } from '../kinds/field';

const STEP = /\[(?<position>\d+)\]|\['(?<quoted>.*?)'\]|\.?(?<name>[\w-]+)/sy;

/** The path that a text of `pathText` is of; of a text that is none, as much as can be told. */
export function fieldPath(text: string): FieldPath {
  const path: (string | number)[] = [];
  STEP.lastIndex = 0;
  for (let match = STEP.exec(text); match !== null; match = STEP.exec(text)) {
    const { position, quoted, name } = match.groups ?? {};
    path.push(position === undefined ? (quoted ?? name) : Number(position));
  }
  return path;
}
