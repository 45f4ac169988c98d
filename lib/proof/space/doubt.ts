import type { Connection } from './cell';
import type { Vocabulary } from './vocabulary';

/** More unknowns than this are not tried out. */
const MOST = 8;

/**
 * Why it is not certain that a connection is as it is said to be: it would not be so if something that is not understood
 * matched otherwise. Undefined where it is so in any case.
 */
export function doubtAbout(
  connection: Connection,
  isSo: (connection: Connection) => boolean,
  { opaque, queries }: Vocabulary,
): string | undefined {
  if (connection.sent?.protocol === 'dns' && queries.size > 1)
    return `how the DNS patterns ${[...queries].join(', ')} overlap is not known`;
  const texts = [...opaque];
  if (texts.length === 0) return undefined;
  const what = `what these match is not known: ${texts.map((text) => JSON.stringify(text)).join(', ')}`;
  if (texts.length > MOST) return what;
  const cases = Array.from({ length: 2 ** texts.length }, (_, bits) => texts.filter((_text, i) => bits & (1 << i)));
  return cases.every((assumed) => isSo({ ...connection, assumed })) ? undefined : what;
}
