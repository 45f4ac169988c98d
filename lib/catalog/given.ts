import { givenConstruct } from '../graph/given-construct';
import type { KnownSystem } from '../known-systems';
import {
  anything,
  type Checked,
  flag,
  isObject,
  listOf,
  optional,
  properties,
  type Shape,
  text,
  wrongKind,
} from '../model/checked';
import { ZeroTrustError } from '../model/problem';
import type { Acknowledgement } from '../values/acknowledgement';
import { type IPeer, peerSpec } from '../values/peer';
import type { Pods } from '../values/pods';
import type { Port } from '../values/port';
import { conditionsOf, flowsWithOthers } from './known';
import type { CatalogOptions, CatalogSystemOptions, CatalogTierOptions } from './options';

const aPeer: Checked<IPeer> = (value, name) => {
  peerSpec(value, `\`${name}\``);
  return value as IPeer;
};

const peerList = optional(listOf(aPeer, '…'));

/** What stands under names. */
function byName<T>(entry: Checked<T>, is: string): Checked<{ [name: string]: T }> {
  return (value, name) => {
    if (!isObject(value)) throw wrongKind(value, name, { is, allowed: 'names with their values, in braces' });
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, entry(each, `${name}.${key}`)]));
  };
}

const COMMON: Shape<CatalogOptions> = {
  version: optional(text),
  instance: optional(text),
  peers: optional(byName(aPeer, 'peers by name')),
  given: optional(listOf(text)),
  metricsFrom: peerList,
  administrationFrom: peerList,
  callsHosts: optional(flag),
  sendsTelemetry: optional(flag),
  acknowledge: anything as Checked<Acknowledgement[] | undefined>,
};

const TIER: Shape<CatalogTierOptions> = {
  ...COMMON,
  pods: anything as Checked<Pods | undefined>,
  servingPorts: optional(listOf(anything as Checked<Port>)),
};

const SYSTEM: Shape<CatalogSystemOptions> = {
  ...COMMON,
  workload: optional(givenConstruct),
  pods: optional(byName(anything as Checked<Pods>, 'pods by part')),
  parts: optional(listOf(text)),
  servingPorts: optional(byName(listOf(anything as Checked<Port>), 'ports by part')),
};

/** The options of a system that is one tier. */
export function tierOptions(system: KnownSystem, options: unknown): CatalogTierOptions {
  return properties(options ?? {}, TIER, `the options of ${system.title}`);
}

/** The options of a system that is several tiers. */
export function systemOptions(system: KnownSystem, options: unknown): CatalogSystemOptions {
  return properties(options ?? {}, SYSTEM, `the options of ${system.title}`);
}

/** Names that the facts know nothing of would open nothing, and nobody would be told. */
export function refuseUnknownNames(
  system: KnownSystem,
  here: ReadonlySet<string>,
  { peers = {}, given = [] }: CatalogOptions,
): void {
  const others = [...new Set(flowsWithOthers(system, here).map(({ other }) => other))];
  refuseUnknown(system, 'peers', Object.keys(peers), others, 'others');
  refuseUnknown(system, 'given', given, conditionsOf(system), 'conditions');
}

function refuseUnknown(
  { id, title }: KnownSystem,
  property: string,
  names: readonly string[],
  known: readonly string[],
  list: string,
): void {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new ZeroTrustError({
    rule: 'catalog-name',
    what: `\`${property}\` of ${title} has "${unknown}", and no flow of its facts is about that`,
    value: unknown,
    allowed: known.length === 0 ? `nothing: \`${property}\` of ${title} is empty` : known.join(', '),
    fix: `Write one of these (Catalog.entry('${id}').${list}), or declare the flow on the tier: connections.allowTo(…)`,
  });
}

/** What is no version could not be told from one that was not looked at. */
export function refuseVersion({ title, versions }: KnownSystem, version: string | undefined): void {
  if (version === undefined || /^v?\d+(\.\d+)*([-+.][\w.+-]*)?$/.test(version)) return;
  throw new ZeroTrustError({
    rule: 'catalog-version',
    what: `"${version}" is no version of ${title}`,
    value: version,
    allowed: `numbers with dots between them; the facts are of ${versions}`,
    fix: "Write the release: { version: '0.33' }",
  });
}
