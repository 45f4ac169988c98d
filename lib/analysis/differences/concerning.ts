import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { Direction, IpBlockMode, Layer, Plane, Rule, RulePeer } from '../../model/layer';
import type { PodSet } from '../../model/pod-set';
import * as ports from '../../model/port-set';
import type { World } from '../../model/world';
import { addressesOf } from '../connectivity/matches';
import { podClasses } from '../connectivity/pod-classes';
import { Selected } from '../connectivity/selected';

interface State {
  readonly world: World;
  readonly plane: Plane;
  readonly podAddresses?: IpSet;
}

/**
 * The two states with the rules alone that are about a touched workload, or may have one for a peer, and of these with the
 * peers alone that may. Isolations stay. The others are the same before and after, and decide about pairs of others alone,
 * so that what changed is all there, in far fewer rules where few workloads are touched.
 */
export function concerning<S extends State>(
  touched: ReadonlySet<string>,
  before: S,
  after: S,
): { readonly before: S; readonly after: S } {
  const found = new Touched(touched, before, after);
  const reduced = (state: S): S => ({
    ...state,
    plane: { ...state.plane, layers: state.plane.layers.map((layer) => reducedLayer(layer, found)) },
  });
  return { before: reduced(before), after: reduced(after) };
}

function reducedLayer(layer: Layer, touched: Touched): Layer {
  const rules: Rule[] = [];
  const byBlocks = new RulesByBlocks();
  for (const rule of layer.rules) {
    const own = touched.has(rule.subject) ? rule : reducedRule(rule, touched, byBlocks);
    if (own !== undefined) rules.push(own);
  }
  return { ...layer, rules: [...rules, ...byBlocks.merged()] };
}

/** A rule about others, for its connections with those that are touched; undefined where it has none. */
function reducedRule(rule: Rule, touched: Touched, byBlocks: RulesByBlocks): Rule | undefined {
  const blocks = addressesOf(rule.peers);
  const inBlocks = blocks === undefined ? 'no' : touched.inBlocks(blocks);
  const isAdded = blocks !== undefined && inBlocks === 'unaddressed' && rule.action === 'allow';
  if (isAdded) byBlocks.add(rule, blocks);
  const keepsBlocks = inBlocks !== 'no' && !isAdded;
  const peers = rule.peers.filter((peer) => (peer.kind === 'addresses' ? keepsBlocks : touched.isAmong(peer)));
  if (peers.length === rule.peers.length) return rule;
  return peers.length === 0 ? undefined : { ...rule, peers };
}

/**
 * Rules of others that may match touched pods by a block, and no pod of which an address is known: to each of these pods
 * the block is one that it may be in, whichever it is. So those about the same pods are one rule that may be there, on the
 * ports of all.
 */
class RulesByBlocks {
  private readonly found = new Map<PodSet, Map<Direction, MayPass>>();

  add(rule: Rule, blocks: IpSet): void {
    let own = this.found.get(rule.subject);
    if (own === undefined) {
      own = new Map();
      this.found.set(rule.subject, own);
    }
    const known = own.get(rule.direction);
    if (known === undefined) own.set(rule.direction, { rule, blocks, ports: new Set([rule.ports]) });
    else known.ports.add(rule.ports);
  }

  merged(): readonly Rule[] {
    return [...this.found.values()].flatMap((own) =>
      [...own.values()].map(
        ({ rule: { policy, direction, index, subject }, blocks, ports: all }): Rule => ({
          policy,
          direction,
          index,
          subject,
          peers: [{ kind: 'addresses', addresses: blocks }],
          ports: ports.unionOf([...all]),
          action: 'allow',
          isUncertain: true,
        }),
      ),
    );
  }
}

interface MayPass {
  /** One of them, with its blocks. */
  readonly rule: Rule;
  readonly blocks: IpSet;
  readonly ports: Set<ports.PortSet>;
}

/** The touched workloads of both states, as rules may have them. */
class Touched {
  private readonly sides: readonly Selected[];
  private readonly mode: IpBlockMode;
  private readonly podAddresses: IpSet;
  private readonly addresses: IpSet;
  /** There is one of which no address is known. */
  private readonly hasUnaddressed: boolean;
  private readonly byPods = new WeakMap<PodSet, boolean>();
  private readonly byBlocks = new WeakMap<IpSet, InBlocks>();

  constructor(ids: ReadonlySet<string>, before: State, after: State) {
    const workloads = [before, after].map(({ world }) => world.workloads.filter(({ id }) => ids.has(id)));
    this.sides = [before, after].map(
      ({ world }, side) => new Selected(podClasses({ ...world, workloads: workloads[side] }, false).classes),
    );
    // Both states have the same of these, or it is not asked what is touched.
    this.mode = before.plane.ipBlockMode;
    this.podAddresses = before.podAddresses ?? ips.all;
    const all = workloads.flat();
    this.addresses = ips.unionOf(all.flatMap(({ addresses }) => addresses.map(ips.fromAddress)));
    this.hasUnaddressed = all.some(({ addresses }) => addresses.length === 0);
  }

  /** Whether a set of pods has one of them, or may have. */
  has(set: PodSet): boolean {
    const found = this.byPods.get(set) ?? this.sides.some((side) => hasSome(side, set));
    this.byPods.set(set, found);
    return found;
  }

  /** What has pods by something else than their labels may have one of them. */
  isAmong(peer: RulePeer): boolean {
    return peer.kind !== 'pods' || this.has(peer.pods);
  }

  inBlocks(blocks: IpSet): InBlocks {
    const found = this.byBlocks.get(blocks) ?? this.findInBlocks(blocks);
    this.byBlocks.set(blocks, found);
    return found;
  }

  private findInBlocks(blocks: IpSet): InBlocks {
    if (this.mode === 'external-only') return 'no';
    if (ips.intersects(blocks, this.addresses)) return 'known';
    if (!this.hasUnaddressed || !ips.intersects(blocks, this.podAddresses)) return 'no';
    return ips.contains(blocks, this.podAddresses) ? 'known' : 'unaddressed';
  }
}

/** Whether touched pods are in blocks: no; perhaps, and only such of which no address is known; or it is known of some. */
type InBlocks = 'no' | 'unaddressed' | 'known';

function hasSome(selected: Selected, set: PodSet): boolean {
  const { surely, perhaps } = selected.find(set);
  return surely.length + perhaps.length > 0;
}
