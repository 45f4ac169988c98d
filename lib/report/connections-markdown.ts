import type { ConnectionsOf } from '../asking/connections';
import type { World } from '../model/world';
import { connectionBlocks, SHORTENED } from './connection-blocks';
import { plainMarkdown } from './markdown-escape';

/** Every allowed connection as a table: workloads of which the same is to be said share their rows. */
export function* connectionsMarkdown(found: Iterable<ConnectionsOf>, world: World): Generator<string> {
  yield '| from | to | ports |\n|---|---|---|\n';
  const { blocks, isShortened } = connectionBlocks(found, world);
  for (const { of, lines } of blocks) {
    const own = of.map(plainMarkdown).join('<br>');
    for (const { way, other, ports } of lines) {
      const [from, to] = way === 'to' ? [own, plainMarkdown(other)] : [plainMarkdown(other), own];
      yield `| ${from} | ${to} | ${plainMarkdown(ports)} |\n`;
    }
  }
  if (isShortened) yield `\n${SHORTENED}\n`;
}
