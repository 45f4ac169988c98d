import { notEnforced } from '../engines/enforced';
import type { Engine } from '../engines/engine';
import { engineNamed, enginesOfKind } from '../engines/engines';
import { composedPlane, withDoubts } from '../engines/with-unread';
import { objectText } from '../kinds/manifest';
import type { PoliciesRead } from '../kinds/policies-read';
import type { PolicyReading } from '../kinds/policy-reading';
import type { EngineName } from '../model/engine-name';
import type { IpBlockMode, Plane, PlaneDoubt } from '../model/layer';
import { isEveryPod } from '../model/pod-set';
import * as ports from '../model/port-set';
import type { Problem } from '../model/problem';

export interface PlaneOptions {
  /** The engine that the cluster runs. @default the one whose kinds are there */
  readonly engine?: EngineName;
  /** Of the engine. @default whatever version has the kinds that are there */
  readonly version?: string;
  /** Where the cluster runs, by the title of `lib/cluster/platforms`. @default nowhere in particular */
  readonly platform?: string;
  /** @default as the engine usually does */
  readonly ipBlockMode?: IpBlockMode;
}

/** How an engine decides by what was read. */
export interface PlaneReading {
  readonly engine: EngineName;
  readonly plane: Plane;
  /** With any of these, what the plane says may be wrong. */
  readonly problems: readonly Problem[];
  /** Those of them that are about some connections alone, of which the plane says that they are not certain. */
  readonly doubts: ReadonlySet<Problem>;
}

/** What a block of addresses matches unless the cluster says. Kubernetes leaves it to the implementation; sources of the others are at `IpBlockMode`. */
const USUAL_MODE: Readonly<Record<EngineName, IpBlockMode>> = {
  kubernetes: 'may',
  'cluster-network-policy': 'may',
  cilium: 'external-only',
  calico: 'pods',
  antrea: 'pods',
};

/** The plane of what was read, on the engine that is told or whose kinds are there. */
export function planeOf(
  read: PoliciesRead,
  { engine: told, version, platform, ipBlockMode }: PlaneOptions = {},
): PlaneReading {
  const others = read.others ?? [];
  const { engine, problems } = told === undefined ? engineFor(others) : { engine: engineNamed(told), problems: [] };
  const plane = composedPlane(engine, read, {
    ...(version !== undefined && { version }),
    ...(platform !== undefined && { platform }),
    ...(told === undefined && { isByKinds: true }),
    ipBlockMode: ipBlockMode ?? USUAL_MODE[engine.name],
  });
  const unenforced = problems.length > 0 ? [] : notEnforced(others, engine, version, platform);
  const doubts = [...unenforced, ...(plane.doubts ?? [])];
  return {
    engine: engine.name,
    plane: withDoubts(plane, doubts),
    problems: [...problems, ...unenforced.map(({ problem }) => problem), ...(plane.problems ?? [])],
    doubts: new Set(doubts.filter(isOfSome).map(({ problem }) => problem)),
  };
}

/** Whether there is a connection that it is not about. */
function isOfSome({ rules }: PlaneDoubt): boolean {
  return !rules.some(
    ({ subject, peers, ports: set }) =>
      isEveryPod(subject) && peers.some(({ kind }) => kind === 'anything') && ports.isEverything(set),
  );
}

/** Of engines that enforce every kind that is there, the one that enforces the fewest besides: none of them is used. */
function engineFor(others: readonly PolicyReading[]): {
  readonly engine: Engine;
  readonly problems: readonly Problem[];
} {
  const kubernetes = engineNamed('kubernetes');
  let candidates: readonly Engine[] = [];
  let before: PolicyReading | undefined;
  for (const reading of onePerKind(others)) {
    const enforcing = enginesOfKind(reading.kind);
    if (enforcing.length === 0) continue;
    const both = before === undefined ? enforcing : candidates.filter((engine) => enforcing.includes(engine));
    if (before !== undefined && both.length === 0) {
      return { engine: fewestKinds(candidates), problems: [mixed(before, candidates, reading, enforcing)] };
    }
    candidates = both;
    before = reading;
  }
  return { engine: before === undefined ? kubernetes : fewestKinds(candidates), problems: [] };
}

function onePerKind(readings: readonly PolicyReading[]): readonly PolicyReading[] {
  return readings.filter(({ kind }, position) => readings.findIndex((other) => other.kind === kind) === position);
}

function fewestKinds(engines: readonly Engine[]): Engine {
  return [...engines].sort((a, b) => a.kinds(undefined).length - b.kinds(undefined).length)[0];
}

function mixed(
  a: PolicyReading,
  enginesOfA: readonly Engine[],
  b: PolicyReading,
  enginesOfB: readonly Engine[],
): Problem {
  const [first, second] = [textOf(a), textOf(b)];
  return {
    rule: 'engine-mixed',
    ...(b.policy.source !== undefined && { where: b.policy.source }),
    what: `${first} is enforced by ${titles(enginesOfA)}, and ${second} by ${titles(enginesOfB)}, so that no cluster enforces both`,
    value: b.kind,
    allowed: 'policies of one engine, and NetworkPolicies',
    fix: 'Say which engine the cluster runs, and leave out what is for another.',
  };
}

function textOf({ policy, kind }: PolicyReading): string {
  return `${objectText(policy)} of ${kind.slice(0, kind.indexOf('/'))}`;
}

function titles(engines: readonly Engine[]): string {
  return engines.map(({ title }) => title).join(' or ');
}
