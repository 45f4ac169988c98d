import type { GraphData } from '../../graph/graph-data';
import type { Endpoint } from '../../model/endpoint';
import type { Guardrail, GuardrailDeny } from '../../model/guardrail';
import * as ips from '../../model/ip-set';
import { keyConstraint } from '../../model/key-constraint';
import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import type { Direction, Layer, Plane, Rule } from '../../model/layer';
import { matchesPod, type PodSet, podSetText } from '../../model/pod-set';
import type { Labels, Selector } from '../../model/selector';
import * as selectors from '../../model/selector';
import { fromConstraints } from '../../model/selector-algebra';
import { endName } from '../assumptions';
import { type Box, isWithin, meet, overlaps } from '../space/box';
import { boxesOfEndpoint, boxesOfRule, everyConnection } from '../space/boxes';
import type { Cell, Connection } from '../space/cell';
import { decide, hasPorts, isPeer, passesByDefault } from '../space/decision';
import { deniesThatComeFirst } from '../space/denials';
import { type Effective, effective, peersOf } from '../space/effective-relation';
import { impossibleNamespaces } from '../terms/facts';
import { lazily } from '../terms/made-once';
import { decidedBy } from './declared-and-effective';
import type { Inquiry } from './inquiry';

/**
 * Guardrails hold for every pod of their subjects in every namespace that could exist, zero-trust or not. What they deny
 * is denied by a rule, before anything that the owner of a namespace may write is asked: that no policy allows it today, or
 * that pods happen to be isolated, is not enough. What they isolate has nothing for want of a policy.
 */
export function findBreaches({ guardrails = [] }: Pick<GraphData, 'guardrails'>, inquiry: Inquiry): void {
  if (guardrails.length === 0) return;
  const everywhere = { ingress: lazily(() => inEffect('ingress')), egress: lazily(() => inEffect('egress')) };
  const impossible = lazily(() => impossibleSubjects(inquiry));
  for (const guardrail of guardrails) {
    if (guardrail.denies.length + guardrail.isolates.length === 0)
      inquiry.notProved.push({
        reason: 'vacuous',
        what: `the guardrail ${guardrail.name} denies and isolates nothing`,
      });
    for (const deny of guardrail.denies) findUndenied(guardrail, deny);
    for (const pods of guardrail.isolates) {
      for (const direction of ['ingress', 'egress'] as const) findUnisolated(guardrail, pods, direction);
    }
  }

  function inEffect(direction: Direction): InEffect {
    const layers = inquiry.plane.layers.map((layer) => overAnyNamespace(layer, direction));
    const denying = layers.map((layer) => ({ ...layer, isolations: [] }));
    return {
      first: deniedFirst(denying, direction, inquiry),
      byRules: lazily(() => effective(denying, direction, inquiry.ground, 'may')),
      byAll: lazily(() => effective(layers, direction, inquiry.ground, 'may')),
    };
  }

  function findUndenied(guardrail: Guardrail, deny: GuardrailDeny): void {
    inquiry.cells++;
    const { direction, subject, peer, ports } = deny;
    const boxes = boxesOfEndpoint(subjectOf(subject), outside(peer, inquiry), direction, inquiry.ground, ports);
    const name = `the guardrail ${guardrail.name} denies ${podSetText(subject)} ${direction === 'egress' ? 'to' : 'from'} ${endName(peer)}`;
    if (boxes.length === 0)
      inquiry.notProved.push({ reason: 'vacuous', what: `${name}, which is no connection at all` });
    const plane = withoutIsolations(inquiry.plane);
    const planeAsRead = withoutIsolations(inquiry.planeAsRead);
    for (const box of boxes) {
      if (everywhere[direction]().first.some((denied) => isWithin(box, denied))) continue;
      const { admissions, byDefault } = everywhere[direction]().byRules();
      const regions = [
        ...admissions.flatMap(({ rule, regions: own }) => own().map((region) => ({ region, doubt: rule.doubt }))),
        ...byDefault.map((region) => ({ region, doubt: undefined })),
      ];
      for (const { region, doubt } of regions) {
        if (doubt !== undefined && inquiry.dependsOn(doubt)) continue;
        const both = overlaps(region.box, box) ? meet(region.box, box) : undefined;
        const cell = both && inquiry.outside(both, [...region.minus, ...impossible()], () => `whether ${name}`);
        if (cell === undefined) continue;
        const connection = connectionOf(cell, direction);
        report(
          guardrail,
          connection,
          decidedBy(decide(doubt === undefined ? planeAsRead : plane, connection, 'may')),
          (each) =>
            decide(plane, each, 'may').admitted &&
            isAbout(subject, each) &&
            isPeer(peer, each) &&
            hasPorts(ports, each),
          { doubt },
        );
        if (doubt === undefined) return;
      }
    }
  }

  function findUnisolated(guardrail: Guardrail, pods: PodSet, direction: Direction): void {
    inquiry.cells++;
    const boxes = everyConnection(subjectOf(pods), inquiry.ground);
    const name = `the guardrail ${guardrail.name} isolates ${podSetText(pods)} for ${direction}`;
    if (boxes.length === 0) inquiry.notProved.push({ reason: 'vacuous', what: `${name}, which is no pod at all` });
    for (const region of everywhere[direction]().byAll().byDefault) {
      for (const box of boxes) {
        const both = meet(region.box, box);
        const cell = both && inquiry.outside(both, [...region.minus, ...impossible()], () => `whether ${name}`);
        if (cell === undefined) continue;
        report(
          guardrail,
          connectionOf(cell, direction),
          [],
          (each) => passesByDefault(inquiry.plane, each) && isAbout(pods, each),
        );
        return;
      }
    }
  }

  function report(
    guardrail: Guardrail,
    connection: Connection,
    by: ReturnType<typeof decidedBy>,
    isSo: (connection: Connection) => boolean,
    on: Pick<Rule, 'doubt'> = {},
  ): void {
    const namespace = connection.subject.namespace[NAMESPACE_NAME_LABEL];
    const { direction } = connection;
    inquiry.report(
      { statement: 'guardrail', namespace, direction, connection, decidedBy: by, guardrail: guardrail.name },
      isSo,
      on,
    );
  }
}

/** Addresses are what lies outside: where it is known which pods have, nothing else has them. */
function outside(peer: Endpoint, { ground: { facts } }: Inquiry): Endpoint {
  if (peer.kind !== 'addresses' || !facts.podAddressesAreKnown) return peer;
  return { ...peer, addresses: ips.difference(peer.addresses, facts.podAddresses) };
}

/** What is in effect for pods of any namespace, in one direction. */
interface InEffect {
  /** What is denied before anything is allowed or passed on: the quick answer to most questions. */
  readonly first: readonly Box[];
  /** As if nothing were isolated. */
  readonly byRules: () => Effective;
  readonly byAll: () => Effective;
}

function deniedFirst(layers: readonly Layer[], direction: Direction, { ground }: Inquiry): Box[] {
  // What may be allowed before it is left to the search.
  const denied = deniesThatComeFirst(layers, direction).filter(({ unless }) => unless === undefined);
  return denied.flatMap((rule) => peersOf(rule).flatMap((peer) => boxesOfRule(rule, peer, direction, ground, 'must')));
}

function withoutIsolations(plane: Plane): Plane {
  return { ...plane, layers: plane.layers.map((layer) => ({ ...layer, isolations: [] })) };
}

// Elsewhere the namespace of the subject is given, and a box speaks of the pod alone. Here the subject of a box has the
// labels of both, each kind under its prefix.

const NAMESPACE = 'namespace ';
const POD = 'pod ';

function subjectOf({ namespaces, pods }: PodSet): Selector {
  if (selectors.isNothing(namespaces) || selectors.isNothing(pods)) return selectors.nothing;
  return fromConstraints([
    // Behind a prefix the name label is a key like others, so that it is never absent has to be said.
    keyConstraint(NAMESPACE + NAMESPACE_NAME_LABEL, [], { excluded: true, mayBeAbsent: false }),
    ...namespaces.constraints.map((each) => ({ ...each, key: NAMESPACE + each.key })),
    ...pods.constraints.map((each) => ({ ...each, key: POD + each.key })),
  ]);
}

function overAnyNamespace(layer: Layer, direction: Direction): Layer {
  const moved = <T extends { readonly direction: Direction; readonly subject: PodSet }>(all: readonly T[]): T[] =>
    all
      .filter((each) => each.direction === direction)
      .map((each) => ({ ...each, subject: { namespaces: selectors.anything, pods: subjectOf(each.subject) } }));
  return { ...layer, rules: moved(layer.rules), isolations: moved(layer.isolations) };
}

/** Pods in namespaces that cannot exist, since one of that name is known with other labels. */
function impossibleSubjects({ ground }: Inquiry): Box[] {
  const { facts, namespaceKeys } = ground;
  return [...facts.namespaces.keys()]
    .flatMap((name) => impossibleNamespaces(facts, name, namespaceKeys))
    .flatMap((namespaces) => everyConnection(subjectOf({ namespaces, pods: selectors.anything }), ground));
}

function connectionOf(cell: Cell, direction: Direction): Connection {
  return {
    ...cell,
    direction,
    subject: { kind: 'pod', namespace: under(NAMESPACE, cell.subject), labels: under(POD, cell.subject) },
  };
}

function under(prefix: string, labels: Labels): Labels {
  return Object.fromEntries(
    Object.entries(labels).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
    ),
  );
}

function isAbout(pods: PodSet, { subject }: Connection): boolean {
  return matchesPod(pods, subject.namespace, subject.labels);
}
