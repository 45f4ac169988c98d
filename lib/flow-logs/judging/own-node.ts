import type { AttributedEnd } from '../attribution/end';
import type { Tally } from './judge';

/** Whether what passed may have passed for want of policy alone: between a pod and its own node. */
export function isOwnNode({ from, to, declared }: Tally): boolean {
  const isNode = ({ known }: AttributedEnd) => known.kind === 'entity' && known.entity === 'nodes';
  const isFromApiServer = from.known.kind === 'entity' && from.known.entity === 'api-server';
  return declared.match !== 'surely' && (isNode(from) || isNode(to) || isFromApiServer);
}
