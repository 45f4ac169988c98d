import { METHOD_OF_ENGINE, platformInCode } from '../cluster/names-in-code';
import { PLATFORMS, type PlatformName } from '../cluster/platforms';
import type { ClusterFacts } from '../model/cluster-facts';

/** What its owner writes to say more of a cluster: the call as it is, by engine, version and platform, with the properties beside. */
export function clusterCall({ engine, version, platform }: Known, ...properties: readonly string[]): string {
  const given = [
    ...(version === undefined ? [] : [`version: '${version}'`]),
    ...(platform === undefined ? [] : platformProperty(platform)),
    ...properties,
  ];
  return `Cluster.${METHOD_OF_ENGINE[engine]}(${given.length === 0 ? '' : `{ ${given.join(', ')} }`})`;
}

type Known = Pick<ClusterFacts, 'engine' | 'version' | 'platform'>;

function platformProperty(title: string): string[] {
  const names = Object.keys(PLATFORMS) as PlatformName[];
  const name = names.find((it) => PLATFORMS[it].title === title);
  return name === undefined ? [] : [`platform: ${platformInCode(name)}`];
}
