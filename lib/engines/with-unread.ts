import { unreadLayer } from '../kinds/unread-rules';
import type { Plane } from '../model/layer';
import type { UnreadPolicy } from '../model/unread-policy';

/** The plane with what policies may do that are not read whole: before everything that is read, whatever the engine. */
export function withUnread(plane: Plane, unread: readonly UnreadPolicy[]): Plane {
  return unread.length === 0 ? plane : { ...plane, layers: [unreadLayer(unread), ...plane.layers] };
}
