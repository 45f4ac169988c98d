import { privateRanges } from '../../cluster/special-addresses';
import { type Endpoint, isPods, type PodsEndpoint } from '../../model/endpoint';
import * as ips from '../../model/ip-set';
import type { Direction, Plane, Rule, RulePeer } from '../../model/layer';
import { anyPods, isEmptyPodSet, type PodSet, podSet, podSetsIntersect } from '../../model/pod-set';
import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';
import * as selectors from '../../model/selector';
import { closedBy, deniesThatComeFirst, notDenied } from '../space/denials';
import { bySubject } from '../terms/by-subject';
import { withoutAll } from '../terms/pod-set-difference';
import { anyAddress, type Hop, type Links, meets } from './hops';

/** What lets pods open connections, or be reached: a rule, or that nothing isolates them. */
interface Door {
  readonly pods: PodSet;
  readonly peers: readonly RulePeer[];
  readonly ports: PortSet;
  readonly by: string;
  /** Nothing isolates the pods. */
  readonly isOpen: boolean;
}

/**
 * Links by the rules of a plane: what one end may open and the other may admit, for every pod that could exist. Of what is
 * denied, only that is left out which is so for all the pods of a link: there may be fewer links, and never more.
 */
export function ruleLinks(plane: Plane): Links {
  const out = bySubject(doors(plane, 'egress'), ({ pods }) => pods.pods);
  const into = bySubject(doors(plane, 'ingress'), ({ pods }) => pods.pods);
  const denied = {
    egress: deniesThatComeFirst(plane.layers, 'egress'),
    ingress: deniesThatComeFirst(plane.layers, 'ingress'),
  };
  return (place) => {
    if (!isPods(place)) {
      return into(selectors.anything)
        .filter(({ peers, isOpen }) => !isOpen && peers.some((peer) => admitsFrom(peer, place)))
        .filter((door) => notDenied(denied.ingress, door.pods, place, door.ports) !== undefined)
        .map(({ pods, by }) => ({ from: place, to: end(pods), by }));
    }
    return out(place.pods.pods).flatMap((exit) => {
      const source = meet(place.pods, exit.pods);
      if (source === undefined) return [];
      return [...outOf(source, exit), ...podsFrom(source, exit)];
    });
  };

  function outOf(source: PodSet, { peers, ports: portSet, by }: Door): Hop[] {
    return peers.flatMap((peer) => {
      if (peer.kind === 'pods') return [];
      const to = notDenied(denied.egress, source, peer.kind === 'anything' ? anyAddress : peer, portSet);
      return to === undefined ? [] : [{ from: end(source), to, by }];
    });
  }

  function podsFrom(source: PodSet, exit: Door): Hop[] {
    return exit.peers.flatMap((peer) => {
      const reached = podsOf(peer, plane);
      if (reached === undefined) return [];
      return into(reached.pods).flatMap((entry) => {
        const target = meet(entry.pods, reached);
        const isAdmitted =
          target !== undefined &&
          entry.peers.some((other) => hasPods(other, source, plane)) &&
          !ports.isEmpty(ports.intersection(exit.ports, entry.ports).possible) &&
          notDenied(denied.egress, source, end(target), exit.ports) !== undefined &&
          notDenied(denied.ingress, target, end(source), entry.ports) !== undefined;
        return isAdmitted ? [{ from: end(source), to: end(target), by: `${exit.by}, ${entry.by}` }] : [];
      });
    });
  }
}

function doors(plane: Plane, direction: Direction): Door[] {
  const rules = plane.layers.flatMap((layer) =>
    layer.rules.filter((rule) => rule.direction === direction && rule.action === 'allow'),
  );
  const open = withoutAll(
    anyPods,
    plane.layers.flatMap((layer) => closedBy(layer, direction, plane)),
  );
  return [
    ...rules.map((rule) => ({
      pods: rule.subject,
      peers: rule.peers,
      ports: rule.ports,
      by: `${ruleText(rule)}${rule.isUncertain ? ', perhaps' : ''}`,
      isOpen: false,
    })),
    ...open.map((pods) => ({
      pods,
      peers: [{ kind: 'anything' as const }],
      ports: ports.everything,
      by: `no policy isolates these pods for ${direction}`,
      isOpen: true,
    })),
  ];
}

function ruleText({ direction, index, policy }: Rule): string {
  return `${direction} rule ${index} of ${policy.kind} ${policy.namespace === undefined ? '' : `${policy.namespace}/`}${policy.name}`;
}

/** For a place that is no pod. */
function admitsFrom(peer: RulePeer, place: Endpoint): boolean {
  return peer.kind === 'anything' || (peer.kind !== 'pods' && meets(peer, place));
}

function hasPods(peer: RulePeer, pods: PodSet, plane: Plane): boolean {
  const own = podsOf(peer, plane);
  return own !== undefined && podSetsIntersect(own, pods);
}

/** The pods that a peer may stand for; a private block may hold any pod, where the engine matches pods by address. */
function podsOf(peer: RulePeer, { ipBlockMode }: Plane): PodSet | undefined {
  switch (peer.kind) {
    case 'pods':
      return peer.pods;
    case 'anything':
      return anyPods;
    case 'addresses':
      return ipBlockMode !== 'external-only' && ips.intersects(peer.addresses, privateRanges) ? anyPods : undefined;
    case 'hosts':
    case 'entity':
      return undefined;
  }
}

function meet(a: PodSet, b: PodSet): PodSet | undefined {
  const met = podSet(selectors.both(a.namespaces, b.namespaces), selectors.both(a.pods, b.pods));
  return isEmptyPodSet(met) ? undefined : met;
}

function end(pods: PodSet): PodsEndpoint {
  return { kind: 'pods', pods, owner: 'the manifests' };
}
