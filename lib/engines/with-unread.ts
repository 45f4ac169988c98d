import type { ComposeFacts, PoliciesRead } from '../kinds/policies-read';
import type { PolicyReading } from '../kinds/policy-reading';
import { unreadLayer, unreadRules } from '../kinds/unread-rules';
import type { Plane } from '../model/layer';
import type { UnreadPolicy } from '../model/unread-policy';
import type { Engine } from './engine';

/**
 * How an engine decides by what was read, and by what policies may say that are not read whole. One of the engine's own
 * kinds stands where it says that it stands; how others are ordered among those that are read is not known, so that they
 * come before everything. Refused ones are among these: whoever puts them right makes them say something.
 */
export function composedPlane(engine: Engine, read: PoliciesRead, facts: ComposeFacts): Plane {
  const { others, unread = [], refused = [] } = read;
  const composed = engine.compose(others === undefined ? read : { ...read, others: others.map(standingIn) }, facts);
  return withUnread(composed, [...unread, ...refused]);
}

/** The plane with policies before it that are not read. */
export function withUnread(plane: Plane, unread: readonly UnreadPolicy[]): Plane {
  return unread.length === 0 ? plane : { ...plane, layers: [unreadLayer(unread), ...plane.layers] };
}

function standingIn(reading: PolicyReading): PolicyReading {
  return reading.unread === undefined ? reading : { ...reading, rules: reading.unread.flatMap(unreadRules) };
}
