import type { GraphData } from '../../graph/graph-data';
import type { Endpoint } from '../../model/endpoint';
import type { Guardrail, GuardrailDeny } from '../../model/guardrail';
import * as ips from '../../model/ip-set';
import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import type { Direction, Layer, Plane, Rule } from '../../model/layer';
import { matchesPod, type PodSet, podSetText } from '../../model/pod-set';
import { endName } from '../assumptions';
import { connectionAnywhere, impossibleSubjects, overAnyNamespace, subjectOf } from '../space/any-namespace';
import { type Box, isWithin, meet, overlaps } from '../space/box';
import { boxesOfEndpoint, boxesOfRule, everyConnection } from '../space/boxes';
import type { Connection } from '../space/cell';
import { decide, hasPorts, isPeer, passesByDefault } from '../space/decision';
import { deniesThatComeFirst } from '../space/denials';
import { type Effective, effective, peersOf } from '../space/effective-relation';
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
  const impossible = lazily(() => impossibleSubjects(inquiry.ground));
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
        ...admissions.flatMap((each) => each.regions().map((region) => ({ region, doubt: each.rule.doubt }))),
        ...byDefault.map((region) => ({ region, doubt: undefined })),
      ];
      for (const { region, doubt } of regions) {
        if (doubt !== undefined && inquiry.dependsOn(doubt)) continue;
        const both = overlaps(region.box, box) ? meet(region.box, box) : undefined;
        const cell = both && inquiry.outside(both, [...region.minus, ...impossible()], () => `whether ${name}`);
        if (cell === undefined) continue;
        const connection = connectionAnywhere(cell, direction);
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
          connectionAnywhere(cell, direction),
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

function isAbout(pods: PodSet, { subject }: Connection): boolean {
  return matchesPod(pods, subject.namespace, subject.labels);
}
