import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import { ENTITIES, type Entity, type Plane, type Rule, type RulePeer } from '../../model/layer';
import { type ClassSets, EVERY_CLASS, type SetId } from './class-sets';
import { NOTHING, type VerdictId, type Verdicts } from './verdicts';

/** Of connections with the classes of a set, this is matched or admitted. */
export interface WithClasses {
  readonly set: SetId;
  readonly verdict: VerdictId;
}

/** Of connections with these addresses outside, this is matched or admitted. */
export interface WithAddresses {
  readonly addresses: IpSet;
  readonly verdict: VerdictId;
}

/** Of connections with each entity, this is matched or admitted. */
export type WithEntities = Readonly<Record<Entity, VerdictId>>;

/** What a rule surely and perhaps matches, by who is at the other end. Names of ports are as the rule has them. */
export interface Matches {
  readonly classes: readonly WithClasses[];
  readonly addresses: readonly WithAddresses[];
  readonly entities: WithEntities;
}

/**
 * A rule about requests matches none or all of its ports' traffic, depending on what is asked; so does one that is not
 * certain. To which addresses a name
 * leads is not known, nor whether nodes run the API server, and which.
 */
export function matchesOf({ peers, ports, requests, isUncertain }: Rule, sets: ClassSets, verdicts: Verdicts): Matches {
  const perhaps = () => verdicts.perhaps(ports);
  const certain = requests === undefined && !isUncertain ? verdicts.certainly(ports) : perhaps();
  const classes: WithClasses[] = [];
  const addresses: WithAddresses[] = [];
  const entities = { 'api-server': NOTHING, nodes: NOTHING, ingress: NOTHING };
  const addEntity = (entity: Entity, verdict: VerdictId) => {
    entities[entity] = verdicts.union(entities[entity], verdict);
  };
  for (const peer of peers) {
    switch (peer.kind) {
      case 'pods': {
        const { surely, perhaps: possibly } = sets.ofPods(peer.pods);
        classes.push({ set: surely, verdict: certain });
        if (possibly !== undefined) classes.push({ set: possibly, verdict: perhaps() });
        break;
      }
      case 'anything':
        classes.push({ set: EVERY_CLASS, verdict: certain });
        addresses.push({ addresses: ips.all, verdict: certain });
        for (const entity of ENTITIES) addEntity(entity, certain);
        break;
      case 'entity':
        if (peer.entity === 'ingress') {
          addEntity('ingress', certain);
          break;
        }
        classes.push({ set: sets.onNodes, verdict: peer.entity === 'nodes' ? certain : perhaps() });
        for (const entity of ON_NODES) addEntity(entity, entity === peer.entity ? certain : perhaps());
        break;
      case 'hosts':
        addresses.push({ addresses: ips.all, verdict: perhaps() });
        break;
      case 'addresses':
        break;
    }
  }
  const blocks = addressesOf(peers);
  if (blocks === undefined) return { classes, addresses, entities };
  const { surely, perhaps: possibly } = sets.ofAddresses(blocks);
  addresses.push({ addresses: blocks, verdict: certain });
  for (const set of surely) classes.push({ set, verdict: certain });
  for (const set of possibly) classes.push({ set, verdict: perhaps() });
  for (const entity of ENTITIES) {
    const match = sets.entityByAddress(entity, blocks);
    if (match !== 'no') addEntity(entity, match === 'surely' ? certain : perhaps());
  }
  return { classes, addresses, entities };
}

/** The API server may be on nodes. */
const ON_NODES: readonly Entity[] = ['api-server', 'nodes'];

/** Those that are there under a plane. */
export function entitiesUnder({ entities = ON_NODES }: Pick<Plane, 'entities'>): readonly Entity[] {
  return entities;
}

export function isEntity(text: string): text is Entity {
  return ENTITIES.some((entity) => entity === text);
}

/**
 * The addresses of all blocks of a rule in one set: what one of them has and what another has may be all that a pod can
 * have, as 0.0.0.0/0 and ::/0. Undefined where the rule has none.
 */
export function addressesOf(peers: readonly RulePeer[]): IpSet | undefined {
  let only: IpSet | undefined;
  for (const peer of peers) {
    if (peer.kind !== 'addresses') continue;
    // Most rules have no block, or one: nothing is gathered for them.
    if (only !== undefined) return ips.unionOf(peers.flatMap((it) => (it.kind === 'addresses' ? [it.addresses] : [])));
    only = peer.addresses;
  }
  return only;
}
