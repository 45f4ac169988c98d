import type { Token } from 'markdown-it';
import type { Section } from './search-index';

/**
 * The sections of a page by its tokens, whose headings have their ids. Of the API, a section is a class with the names of its
 * members: each of these has a heading that says `scope` or `id` over and over.
 *
 * @param link of the page in the site.
 */
export function sectionsOf(tokens: readonly Token[], link: string, page: string): Section[] {
  const deepest = link.startsWith('api/') ? 3 : 6;
  const starts = tokens.flatMap(({ type, tag }, position) =>
    type === 'heading_open' && Number(tag.slice(1)) <= deepest ? [position] : [],
  );
  return starts.map((start, order) => {
    const heading = tokens[start + 1];
    const isFirst = order === 0;
    return {
      link: isFirst ? link : `${link}#${anchorOf(tokens[start], heading)}`,
      page,
      heading: isFirst ? page : textOf(heading),
      text: textsOf(tokens.slice(start + 3, starts[order + 1]), link.startsWith('api/')),
    };
  });
}

function textsOf(tokens: readonly Token[], isApi: boolean): string {
  const read = isApi ? tokens.filter((_, position) => tokens[position - 1]?.type === 'heading_open') : tokens;
  return [...new Set(read.map(textOf))].join(' ').trim();
}

function anchorOf(opened: Token, heading: Token): string {
  const id = opened.attrGet('id') ?? /<a [^>]*\bid="([^"]+)"/.exec(heading.content)?.[1];
  if (id === undefined) throw new Error(`the heading ${heading.content} has no id`);
  return id;
}

/** The words of a token, without markup. */
function textOf({ type, content, children }: Token): string {
  if (type === 'fence' || type === 'code_block') return content;
  const said = (children ?? []).filter((child) => child.type !== 'html_inline');
  return said.map((child) => (/break$/.test(child.type) ? ' ' : child.content)).join('');
}
