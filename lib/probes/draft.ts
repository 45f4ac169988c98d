import { type GraphData, type GraphNamespace, type GraphTier, tierKey } from '../graph/graph-data';
import { isPods } from '../model/endpoint';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import { namespaceNamed } from '../model/pod-set';
import * as ports from '../model/port-set';
import type { Labels } from '../model/selector';
import * as selectors from '../model/selector';
import { PROBER_LABEL } from './labels';
import { mayAsk } from './name-servers';
import type { Places } from './places';
import type { Destination, Leg, Passage, ProbePlan, Prober, Untested } from './plan';
import { shortName } from './short-name';

export interface PlanOptions {
  /** The names of everything begin with it. */
  readonly name: string;
  /** A namespace without policies, for those from elsewhere. */
  readonly elsewhere: string;
  /** Tiers to test, by `namespace/name`. @default all of the graph */
  readonly tiers?: ReadonlySet<string>;
}

/** Where a tier is dialled, and the ports behind that, as policies see them. */
export interface TierPlace {
  readonly address: string;
  readonly port: ports.PortSet;
}

/** A plan as it grows. */
export class Draft {
  private readonly probers = new Map<string, Prober>();
  private readonly legs: Leg[] = [];
  private readonly passages = new Map<string, Passage>();
  private readonly untested: Untested[] = [];
  private readonly namespaces: ReadonlyMap<string, GraphNamespace>;

  constructor(
    readonly graph: GraphData,
    private readonly options: PlanOptions,
    readonly places: Places,
  ) {
    this.namespaces = new Map(graph.namespaces.map((namespace) => [namespace.name, namespace]));
  }

  plan(): ProbePlan {
    const { probers, legs, passages, untested } = this;
    const { name, elsewhere } = this.options;
    const trying = new Set(legs.map(({ prober }) => prober));
    return {
      name,
      elsewhere,
      probers: [...probers.values()].filter(({ id }) => trying.has(id)),
      legs,
      passages: [...passages.values()],
      untested,
    };
  }

  /** The same leg twice is one: two tiers have one control. */
  add(leg: Omit<Leg, 'id'>): Leg {
    const id = shortName([leg.prober, 'to', idOf(leg.destination.name)], 120);
    const known = this.legs.find((each) => each.id === id && each.expected === leg.expected);
    if (known !== undefined) return known;
    const added = { ...leg, id };
    this.legs.push(added);
    return added;
  }

  leaveOut(what: string, why: string): void {
    this.untested.push({ what, why });
  }

  /** One of the pods of a tier, with no more labels than its policy asks for: short of what a Service asks, where it can be. */
  member(tier: GraphTier): Prober {
    const resolves = mayAsk(tier, this.graph) !== undefined;
    return this.prober('member', ['member', tier.namespace, tier.name], tier.namespace, resolves, {
      ...selectors.sample(tier.pods.pods),
    });
  }

  /** A pod of no tier there; where a tier takes every pod there can be none. */
  stranger(namespace: string): Prober | { readonly why: string } {
    const stranger = this.prober('stranger', ['stranger', namespace], namespace, true, {});
    const taken = this.graph.tiers.find(
      (tier) => tier.namespace === namespace && selectors.matches(tier.pods.pods, stranger.labels),
    );
    return taken === undefined ? stranger : { why: `every pod of ${namespace} may be in the tier ${tierKey(taken)}` };
  }

  elsewhere(): Prober {
    return this.prober('elsewhere', ['elsewhere'], this.options.elsewhere, true, {});
  }

  /** That there is something to get to, a pod in a namespace without policies shows. */
  control(destination: Destination): Leg {
    const who = 'a pod in a namespace without policies';
    return this.add({ prober: this.elsewhere().id, destination, expected: 'allow', who, beside: [] });
  }

  impostor(client: GraphTier, worn: Labels): Prober {
    const parts = ['impostor', client.namespace, client.name];
    return this.prober('impostor', parts, this.options.elsewhere, true, worn);
  }

  mayBeDeclared({ namespace, labels }: Prober, tier: GraphTier, { port }: TierPlace): boolean {
    return this.graph.flows.some(
      ({ from, to, traffic }) =>
        to.kind === 'tier' &&
        tierKey(to) === tierKey(tier) &&
        isPods(from) &&
        !ports.isEmpty(ports.intersection(traffic.ports, port).possible) &&
        selectors.matches(from.pods.pods, labels) &&
        this.mayBeIn(namespace, from.pods.namespaces),
    );
  }

  letOut({ id, namespace }: Prober, tier: GraphTier, { port }: TierPlace): void {
    const known = this.passages.get(id);
    const to = { tier: tierKey(tier), pods: tier.pods, ports: port };
    this.passages.set(id, { prober: id, namespace, to: [...(known?.to ?? []), to] });
  }

  /** Of namespaces of others not every label is known. */
  private mayBeIn(name: string, asked: selectors.Selector): boolean {
    const known = this.namespaces.get(name);
    if (known !== undefined && known.labels === undefined) return selectors.intersects(asked, namespaceNamed(name));
    const labels = { ...known?.labels, [NAMESPACE_NAME_LABEL]: name };
    return selectors.matches(asked, labels);
  }

  private prober(as: Prober['as'], parts: string[], namespace: string, resolves: boolean, worn: Labels): Prober {
    const id = shortName(parts, LONGEST_ID);
    const known = this.probers.get(id);
    if (known !== undefined) return known;
    const labels = { ...worn, [PROBER_LABEL]: id };
    const made: Prober = { id, namespace, labels, as, resolves: resolves && this.places.hasNames };
    this.probers.set(id, made);
    return made;
  }
}

const LONGEST_ID = 36;

function idOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
