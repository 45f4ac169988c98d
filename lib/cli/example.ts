import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { unknownName } from './usage-error';

const PREFIX = 'example:';

/** Those that the package has with it, by their folders. */
const EXAMPLES: readonly string[] = ['guide'];

/**
 * The folder of an example that comes with the package, for `example:guide`: something to ask about where nothing is yet.
 * Undefined for what is no example but a path.
 *
 * @throws for an example that there is not.
 */
export function exampleFolder(path: string): string | undefined {
  if (!path.startsWith(PREFIX)) return undefined;
  const name = path.slice(PREFIX.length);
  // Sources and what is built of them lie at different depths below the folder.
  const places = ['../..', '../../..'].map((above) => join(__dirname, above, 'examples', name));
  const found = EXAMPLES.includes(name) ? places.find((place) => existsSync(place)) : undefined;
  if (found !== undefined) return found;
  throw unknownName('example', name, EXAMPLES);
}
