import type { RuleInfo } from './findings-report';
import { wrapped } from './wrapped';

/** The rules for people: a paragraph each, with what goes wrong, what to do, and the page. */
export function rulesAsText(rules: readonly RuleInfo[], columns?: number): string {
  const paragraphs = rules.map(({ id, level, title, why, fix, link }) => {
    const lines = [
      title,
      ...(why === undefined ? [] : [`${why}.`]),
      ...(fix === undefined ? [] : fix.split('\n')),
      ...(link === undefined ? [] : [link]),
    ];
    return [`${id}  ${level}`, ...lines.flatMap((line) => wrapped(line, columns, '  '))].join('\n');
  });
  return paragraphs.length === 0 ? '' : `${paragraphs.join('\n\n')}\n`;
}
