// What `cdk8s-zero-trust/analysis` exports: questions about anybody's manifests, as functions on plain values. Not part of
// the jsii surface. `docs/analysis.md` shows it.

import type { EngineName } from '../model/engine-name';
import type { IpSet } from '../model/ip-set';
import * as ips from '../model/ip-set';
import type { IpBlockMode, Plane } from '../model/layer';
import type { Problem } from '../model/problem';
import type { World } from '../model/world';
import { type Connectivity as ByPairsAndClasses, connectivity as connectivityOf } from './connectivity/connectivity';
import { type Differences, differences as differencesOf } from './differences';
import { type Asked, type Explanation, explain as explainOne } from './explanation/explain';
import { type Exposure, exposure as exposureOf } from './exposure';
import { readFiles, readText as readYaml, type WrittenObject } from './files/read-files';
import { planeOf } from './plane-of';
import { type Reach, reach as reachOf } from './reach';
import type { ManifestReading } from './read-manifests';
import { readManifests } from './read-manifests';
import { type WaysIn, waysIn as waysInOf } from './ways-in';

export type { EngineName } from '../model/engine-name';
export type { IpInterval, IpSet } from '../model/ip-set';
export { ipsText as addressesText } from '../model/ip-set';
export type { Direction, Entity, IpBlockMode, PolicyRef } from '../model/layer';
export { type PortSet, type Protocol, portsText } from '../model/port-set';
export { type Problem, problemText, ZeroTrustError } from '../model/problem';
export type { Namespace, Service, Workload, World } from '../model/world';
export type { AddressVerdict, Allowed, Counts, End, EntityVerdict, PairVerdict } from './connectivity/connectivity';
export type { Verdict } from './connectivity/verdicts';
export type {
  Cause,
  Change,
  ChangeEnd,
  ChangeKind,
  Differences,
  PolicyChange,
  Presence,
  RequestsChange,
} from './differences';
export type { Asked, Explanation, Nearest, Side } from './explanation/explain';
export { explanationText } from './explanation/text';
export type { Exposure, Opening, StrangePods, Stranger } from './exposure';
export type { Exit, Reach, ReachEnd, Reached, Step } from './reach';
export type { WayIn, WaysIn, WayTo } from './ways-in';

/** How manifests are read. */
export interface ReadOptions {
  /** The engine that the cluster runs. @default the one whose kinds are there */
  readonly engine?: EngineName;
  /** Of the engine. @default whatever version has the kinds that are there */
  readonly version?: string;
  /** Whether blocks of addresses match pods. @default as the engine usually does */
  readonly ipBlockMode?: IpBlockMode;
  /** Blocks that the cluster gives pods addresses from, such as `10.244.0.0/16`. @default any address may be one of a pod */
  readonly podCidrs?: readonly string[];
  /** Of objects that name none. @default 'default' */
  readonly defaultNamespace?: string;
}

/** Manifests that were read, with how the engine decides by them: what every question is asked about. */
export interface Manifests {
  readonly world: World;
  readonly plane: Plane;
  readonly engine: EngineName;
  /** With any of these, no answer is to be relied on. Nothing is thrown for what is wrong in a manifest. */
  readonly problems: readonly Problem[];
  /** What was passed over and could still bear on connections, each a sentence. */
  readonly assumptions: readonly string[];
  /** The objects as they are written. */
  readonly written: readonly Pick<WrittenObject, 'object' | 'sourceOf'>[];
  readonly podAddresses?: IpSet;
}

/** Who reaches whom. */
export type Connectivity = Omit<ByPairsAndClasses, 'byClass'>;

/** Reads files, and folders of files at any depth: plain manifests, `helm template` output, `kubectl get -o yaml`. */
export function read(paths: string | readonly string[], options: ReadOptions = {}): Manifests {
  const reading = readFiles(typeof paths === 'string' ? [paths] : paths, readingOptions(options));
  return manifestsOf(reading, reading.written, options);
}

/** Reads YAML or JSON text; `file` is what it is called in problems. */
export function readText(text: string, file = 'text', options: ReadOptions = {}): Manifests {
  const reading = readYaml(text, file, readingOptions(options));
  return manifestsOf(reading, reading.written, options);
}

/** Reads objects, as a parser gives them, or `Testing.synth(chart)` of cdk8s. */
export function readObjects(objects: readonly unknown[], options: ReadOptions = {}): Manifests {
  const written = objects.map((object, i) => ({ object, sourceOf: () => `object ${i + 1}` }));
  return manifestsOf(readManifests(objects, readingOptions(options)), written, options);
}

/** Works out who reaches whom; made once, asked often. */
export function connectivity({ world, plane, ...manifests }: Manifests): Connectivity {
  return connectivityOf(world, plane, podAddressesOf(manifests));
}

/**
 * Which policies and rules decide about one connection, at each end, and what is missing where it is denied.
 *
 * @throws ZeroTrustError for an end that is neither a workload of the manifests, an address nor an entity, and for a port
 *   that is none.
 */
export function explain({ world, plane, ...manifests }: Manifests, asked: Asked): Explanation {
  return explainOne(world, plane, asked, podAddressesOf(manifests));
}

/** Which paths are new, wider, narrower or lost, and which policies made them so. */
export function differences(before: Manifests, after: Manifests): Differences {
  return differencesOf(before, after);
}

/**
 * What some workloads reach, hop by hop, if every one that is reached is taken over; and where data can leave.
 *
 * @throws ZeroTrustError for a workload that is not in the manifests.
 */
export function reach(
  { world, plane, ...manifests }: Manifests,
  from: string | readonly string[],
  { hops }: { readonly hops?: number } = {},
): Reach {
  return reachOf(world, plane, from, { ...(hops !== undefined && { hops }), ...podAddressesOf(manifests) });
}

/** What could reach workloads although no manifest shows it. */
export function exposure({ world, plane, ...manifests }: Manifests): readonly Exposure[] {
  return exposureOf(world, plane, podAddressesOf(manifests));
}

/** The ways in from outside: Ingress, routes of the Gateway API and of OpenShift, Services of type LoadBalancer or NodePort. */
export function waysIn(manifests: Manifests): WaysIn {
  return waysInOf(manifests, manifests.plane);
}

function readingOptions({ defaultNamespace }: ReadOptions): Pick<ReadOptions, 'defaultNamespace'> {
  return defaultNamespace === undefined ? {} : { defaultNamespace };
}

function manifestsOf(
  reading: ManifestReading,
  written: Manifests['written'],
  { engine, version, ipBlockMode, podCidrs }: ReadOptions,
): Manifests {
  const plane = planeOf(reading, {
    ...(engine !== undefined && { engine }),
    ...(version !== undefined && { version }),
    ...(ipBlockMode !== undefined && { ipBlockMode }),
  });
  return {
    world: reading.world,
    plane: plane.plane,
    engine: plane.engine,
    problems: [...reading.problems, ...plane.problems],
    assumptions: reading.assumptions,
    written,
    ...(podCidrs && { podAddresses: ips.fromBlocks(podCidrs) }),
  };
}

function podAddressesOf({ podAddresses }: Pick<Manifests, 'podAddresses'>): Pick<Manifests, 'podAddresses'> {
  return podAddresses === undefined ? {} : { podAddresses };
}
