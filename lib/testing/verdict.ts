import { connectivity, explain, explanationText } from '../analysis';
import { privateRanges } from '../cluster/special-addresses';
import type { IpSet } from '../model/ip-set';
import * as ips from '../model/ip-set';
import { worldNamedBy } from '../model/named-ports';
import type { PortSet, Protocol } from '../model/port-set';
import * as ports from '../model/port-set';
import type { Workload, World } from '../model/world';
import { type ResolvedEnd, resolveEnd, type TestEnd } from './ends';
import { type ReadSubject, readSubject } from './subject';

/** What is known of every connection between two ends. */
export interface TestVerdict {
  readonly from: ResolvedEnd;
  readonly to: ResolvedEnd;
  /** Connections that surely pass on every port asked for. */
  readonly passes: boolean;
  /** Connections of which none can pass on any port asked for. */
  readonly isDenied: boolean;
  /** Ports are asked for by a name that no container of the destination has, so that there is nothing to ask about. */
  readonly isUnknownPort: boolean;
  /** Why, for the first connection that is otherwise than expected. */
  explanation(expected: 'allowed' | 'denied'): string;
  /** Whether the first connection that is otherwise than expected is neither surely allowed nor surely denied. */
  isPerhaps(expected: 'allowed' | 'denied'): boolean;
}

/** Asks about every pair of workloads that the two ends stand for. */
export function verdictOf(subject: unknown, from: TestEnd, to: TestEnd, set: PortSet): TestVerdict {
  const read = readSubject(subject);
  const source = resolveEnd(from, 'client', read.world, read.plane);
  const destination = resolveEnd(to, 'server', read.world, read.plane);
  const every = withWorkloads(read.world, [...source.workloads, ...destination.workloads]);
  const world = worldNamedBy(read.plane, every);
  const options = { podAddresses: read.podAddresses };
  const reach = connectivity(world, read.plane, options);
  const pairs = endIds(source).flatMap((a) => endIds(destination).map((b) => ({ a, b, ...reach.between(a, b) })));
  const asked = (id: string) =>
    askedPorts(
      set,
      world.workloads.find((workload) => workload.id === id),
    );
  const notSure = pairs.filter(({ b, must }) => !ports.covers(must, asked(b)));
  const perhaps = possibleIds(source, read).flatMap((a) =>
    possibleIds(destination, read).map((b) => ({ a, b, ...reach.between(a, b) })),
  );
  const possible = [...pairs, ...perhaps].filter(
    ({ b, may }) => !ports.isEmpty(ports.intersection(may, asked(b)).possible),
  );
  const isUnknownPort = ports.hasNames(set) && pairs.every(({ b }) => ports.isEmpty(asked(b)));
  const otherwise = (expected: 'allowed' | 'denied') => {
    const [pair] = expected === 'allowed' ? notSure : possible;
    if (pair === undefined) return undefined;
    const wanted =
      expected === 'allowed'
        ? ports.difference(asked(pair.b), pair.must)
        : ports.intersection(pair.may, asked(pair.b)).possible;
    return { ...pair, wanted };
  };
  return {
    from: source,
    to: destination,
    isUnknownPort,
    passes: notSure.length === 0,
    isDenied: possible.length === 0,
    explanation: (expected) => {
      const found = otherwise(expected);
      return found === undefined ? '' : explanationOf({ ...read, world }, found.a, found.b, found.wanted, options);
    },
    isPerhaps: (expected) => {
      const found = otherwise(expected);
      if (found === undefined) return false;
      const has = (verdict: PortSet) => !ports.isEmpty(ports.intersection(verdict, found.wanted).possible);
      return has(found.may) && !has(found.must);
    },
  };
}

function explanationOf(read: ReadSubject, from: string, to: string, wanted: PortSet, options: object): string {
  const one = ports.PROTOCOLS.flatMap((protocol): [Protocol, number][] =>
    wanted[protocol].ranges.slice(0, 1).map(([first]) => [protocol, first]),
  )[0];
  if (one === undefined) return `On ${ports.portsText(wanted)}, which no single port stands for.`;
  const [protocol, port] = one;
  return explanationText(explain(read.world, read.plane, { from, to, protocol, port }, options));
}

/** Names are taken as the destination's containers have them; where these are not all known, a name may be any number. */
function askedPorts(set: PortSet, to: Workload | undefined): PortSet {
  if (to?.mayHaveMorePorts) return ports.withAnyNumber(set);
  return ports.resolve(set, to?.ports ?? []);
}

function endIds({ workloads, endpoint, name }: ResolvedEnd): string[] {
  return endpoint.kind === 'addresses' && workloads.length === 0 ? [name] : workloads.map(({ id }) => id);
}

/**
 * What an end may be besides: on an engine that tells nodes and the API server by what they are, an address may be one of
 * theirs, unless the cluster says which these are. Addresses that nobody numbers nodes from are not asked about.
 */
function possibleIds(end: ResolvedEnd, { plane, nodeAddresses, apiServerAddresses }: ReadSubject): string[] {
  const { endpoint } = end;
  if (endpoint.kind !== 'addresses' || end.workloads.length > 0 || plane.ipBlockMode !== 'external-only') {
    return endIds(end);
  }
  const mayBe = (known: IpSet | undefined) => ips.intersects(endpoint.addresses, known ?? privateRanges);
  return [
    ...endIds(end),
    ...(mayBe(nodeAddresses) ? ['nodes'] : []),
    ...(mayBe(apiServerAddresses) ? ['api-server'] : []),
  ];
}

function withWorkloads(world: World, more: readonly Workload[]): World {
  const known = new Set(world.workloads.map(({ id }) => id));
  const fresh = more.filter(({ id }) => !known.has(id) && known.add(id));
  const names = new Set(world.namespaces.map(({ name }) => name));
  const mentioned = [...new Set(fresh.map(({ namespace }) => namespace))].filter((name) => !names.has(name));
  return {
    ...world,
    workloads: [...world.workloads, ...fresh],
    namespaces: [
      ...world.namespaces,
      ...mentioned.map((name) => ({ name, labels: { 'kubernetes.io/metadata.name': name } })),
    ],
  };
}
