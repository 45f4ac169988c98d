import type * as Markdown from './difference-markdown';
import type * as Dot from './dot';
import type * as GraphFile from './graph-file';
import type * as Json from './json';
import type * as JsonRead from './json-read';
import type * as Mermaid from './mermaid';
import type * as Text from './text';

/** Forms of a graph: loaded when one is first asked for, so that importing the package does not wait for them. */
export const forms = {
  text: (): typeof Text => require('./text'),
  json: (): typeof Json => require('./json'),
  jsonRead: (): typeof JsonRead => require('./json-read'),
  graphFile: (): typeof GraphFile => require('./graph-file'),
  mermaid: (): typeof Mermaid => require('./mermaid'),
  dot: (): typeof Dot => require('./dot'),
  differenceMarkdown: (): typeof Markdown => require('./difference-markdown'),
};
