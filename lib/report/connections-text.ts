import type { ConnectionsOf } from '../asking/connections';
import { printable } from '../model/printable';
import type { World } from '../model/world';
import { type ConnectionBlock, connectionBlocks, SHORTENED } from './connection-blocks';

/** Every allowed connection as a person reads it: a block for workloads of which the same is to be said. */
export function* connectionsText(found: Iterable<ConnectionsOf>, world: World): Generator<string> {
  const { blocks, isShortened } = connectionBlocks(found, world);
  if (world.workloads.length === 0) yield NOBODY;
  else if (blocks.length === 0) yield 'Nothing is allowed between what was asked for.\n';
  for (const [i, block] of blocks.entries()) yield `${i === 0 ? '' : '\n'}${blockText(block)}`;
  if (isShortened) yield `\n${SHORTENED}\n`;
}

const NOBODY = 'These manifests show no workload, and no policy that is about any.\n';

const SIGNS = { to: '->', from: '<-' } as const;

function blockText({ of, lines }: ConnectionBlock): string {
  const widest = lines.reduce((most, { other }) => Math.max(most, other.length), 0);
  const width = Math.min(WIDEST, widest);
  return [
    ...of.map(printable),
    ...lines.map(({ way, other, ports }) => `  ${SIGNS[way]} ${printable(other).padEnd(width)}  ${printable(ports)}`),
    '',
  ].join('\n');
}

/** Lists of addresses may be longer than any terminal. */
const WIDEST = 48;
