import type { FileOptions } from '../analysis';
import type * as Kubectl from '../live/kubectl';
import type * as LiveSnapshot from '../live/snapshot';
import type * as Source from '../live/source';
import type { LiveCluster } from '../live/transport';
import { NAMESPACE_NAME_ALLOWED, namespaceNameProblem } from '../model/labels';
import type { Given } from './command';
import type { Io } from './io';
import { usageError } from './usage-error';

/** The side of a comparison that is a cluster: `live:`, or `live:staging` for a context. */
const PREFIX = 'live:';

/** The variable that names what asks, where no option does. */
const KUBECTL = 'KUBECTL';

/** Which cluster a command line means. */
export interface LiveAsked {
  readonly context?: string;
}

/** Undefined for what is no cluster but a path. */
export function liveSideOf(text: string): LiveAsked | undefined {
  if (!text.startsWith(PREFIX)) return undefined;
  const context = text.slice(PREFIX.length);
  return context === '' ? {} : { context };
}

/** The cluster that a command line means. @throws where there is nothing to ask it by. */
export async function liveCluster(given: Given, io: Io, asked: LiveAsked = {}): Promise<LiveCluster> {
  const context = asked.context ?? given.value('context');
  const kubectl = given.value('kubectl') ?? io.env[KUBECTL];
  const target = { ...(context !== undefined && { context }), ...(kubectl !== undefined && { kubectl }) };
  if (io.cluster !== undefined) return io.cluster(target);
  return (require('../live/kubectl') as typeof Kubectl).clusterByKubectl(target, io);
}

/** What a cluster has, as it is. */
export async function snapshotGiven(given: Given, io: Io, asked?: LiveAsked): Promise<LiveSnapshot.Snapshot> {
  const onlyNamespace = namespaceGiven(given);
  const cluster = await liveCluster(given, io, asked);
  const { snapshotOf } = require('../live/snapshot') as typeof LiveSnapshot;
  return snapshotOf(cluster, { ...(onlyNamespace !== undefined && { onlyNamespace }) });
}

/** The objects of a cluster, as what reads files takes them. */
export function objectsIn({
  name,
  objects,
  addresses,
}: LiveSnapshot.Snapshot): Pick<FileOptions, 'objects' | 'addressesOf'> {
  const { liveName, liveObjectText } = require('../live/source') as typeof Source;
  const file = liveName(name);
  return {
    objects: objects.map((object) => ({ object, file, source: `${file}: ${liveObjectText(object)}` })),
    addressesOf: (workload) => addresses.get(workload),
  };
}

function namespaceGiven(given: Given): string | undefined {
  const namespace = given.value('only-namespace');
  const what = namespace === undefined ? undefined : namespaceNameProblem(namespace);
  if (what === undefined) return namespace;
  throw usageError({ what, value: namespace, allowed: NAMESPACE_NAME_ALLOWED, fix: '--only-namespace models' });
}
