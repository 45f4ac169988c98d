import type { Labels } from '../../model/labels';

/** Labels that are written `key=value`; undefined where there are none. What is no such text is left out. */
export function labelsOf(texts: readonly unknown[]): Labels | undefined {
  const labels: [string, string][] = [];
  for (const text of texts) {
    if (typeof text !== 'string') continue;
    const equals = text.indexOf('=');
    if (equals > 0) labels.push([text.slice(0, equals).trim(), text.slice(equals + 1).trim()]);
  }
  return labels.length === 0 ? undefined : Object.fromEntries(labels);
}
