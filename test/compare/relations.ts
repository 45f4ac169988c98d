import type { Plane } from '../../lib/model/layer';
import { admits, binds, toldApart, withoutAllows } from '../proof/brute-force/evaluator';
import {
  BY_LABELS,
  EXTRAS,
  nameLabel,
  type Peer,
  type Pod,
  type Point,
  podPoints,
  podsIn,
  type World,
} from '../proof/brute-force/points';

/** Two planes by what each of the two and both admit, at the pods of any namespace, each namespace with one set of labels. */
export function relations(a: Plane, b: Plane, world: World = BY_LABELS): Relations {
  const spaces = ['a', 'b', 'c', 'fresh', 'fresh-2'].flatMap((name) => [
    nameLabel(name),
    { ...nameLabel(name), env: 'fresh' },
  ]);
  const subjects = spaces.flatMap((labels) => podsIn(labels, podPoints[0], EXTRAS));
  const peers = [
    ...podPoints.flatMap((address) => spaces.flatMap((labels) => podsIn(labels, address, EXTRAS))),
    ...world.peers.filter((peer) => !('labels' in peer)),
  ];
  const couldBe = (subject: Pod, peer: Peer) =>
    !('labels' in peer) ||
    peer.namespace === subject.namespace ||
    peer.namespace['kubernetes.io/metadata.name'] !== subject.namespace['kubernetes.io/metadata.name'];
  const found: Relations = {};
  for (const subject of subjects) {
    for (const direction of ['ingress', 'egress'] as const) {
      for (const sent of toldApart(world.sent, { flows: [] }, { ...a, layers: [...a.layers, ...b.layers] })) {
        const [own, others] = [a, b].map(({ layers }) => layers.map((layer) => binds(layer, direction, subject, sent)));
        const [ownDenials, othersDenials] = [own, others].map((layers) => layers.map(withoutAllows));
        if (found.onlyA && found.onlyB && found.both) return found;
        for (const peer of peers.filter((each) => couldBe(subject, each))) {
          for (const port of world.ports) {
            const point: Point = { direction, subject, peer, port, sent };
            const byA = admits(own, point, () => true, a.ipBlockMode);
            const byB = admits(others, point, () => true, b.ipBlockMode);
            if (byA && !byB) found.onlyA ??= point;
            if (byB && !byA) found.onlyB ??= point;
            if (!byA || !byB || found.both) continue;
            const passes =
              admits(ownDenials, point, () => true, a.ipBlockMode) &&
              admits(othersDenials, point, () => true, b.ipBlockMode);
            if (!passes) found.both = point;
          }
        }
      }
    }
  }
  return found;
}

/** A connection that shows it, where there is one. */
export interface Relations {
  onlyA?: Point;
  onlyB?: Point;
  /** Both admit it, and one of them not only by default. */
  both?: Point;
}
