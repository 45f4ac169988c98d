// What the search of the site knows: a document for each section of a page, in an index that is built with the site.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import MiniSearch, { type Options } from 'minisearch';

/** A heading with what stands under it, up to the next one. */
export interface Section {
  /** Of the page in the site, with the anchor of the heading. */
  readonly link: string;
  readonly page: string;
  readonly heading: string;
  readonly text: string;
}

const OPTIONS: Options<Section> = {
  idField: 'link',
  fields: ['heading', 'page', 'text'],
  storeFields: ['page', 'heading'],
  searchOptions: {
    boost: { heading: 4, page: 2 },
    prefix: true,
    fuzzy: 0.15,
    combineWith: 'AND',
  },
};

/**
 * A script that gives `siteSearch`, which makes a MiniSearch with the index in it. It is a script and no JSON, since a page
 * that is opened as a file may not fetch.
 */
export function searchIndex(sections: readonly Section[]): string {
  const index = new MiniSearch(OPTIONS);
  index.addAll(sections);
  const library = readFileSync(join(__dirname, '../node_modules/minisearch/dist/umd/index.js'), 'utf8');
  return `${library.replace(/^\/\/# sourceMappingURL=.*$/m, '')}
const siteSearch = () => MiniSearch.loadJS(${JSON.stringify(index)}, ${JSON.stringify(OPTIONS)});
`;
}
