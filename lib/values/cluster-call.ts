import { PLATFORMS, type PlatformName } from '../cluster/platforms';
import type { ClusterFacts } from '../model/cluster-facts';
import type { EngineName } from '../model/engine-name';

/** The methods of `Cluster`, by the engine that they are for. */
const METHODS: Readonly<Record<EngineName, string>> = {
  kubernetes: 'kubernetes',
  calico: 'calico',
  cilium: 'cilium',
  antrea: 'antrea',
  'cluster-network-policy': 'clusterNetworkPolicy',
};

/** What its owner writes to say more of a cluster: the call as it is, by engine, version and platform, with the properties beside. */
export function clusterCall({ engine, version, platform }: Known, ...properties: readonly string[]): string {
  const given = [
    ...(version === undefined ? [] : [`version: '${version}'`]),
    ...(platform === undefined ? [] : platformProperty(platform)),
    ...properties,
  ];
  return `Cluster.${METHODS[engine]}(${given.length === 0 ? '' : `{ ${given.join(', ')} }`})`;
}

type Known = Pick<ClusterFacts, 'engine' | 'version' | 'platform'>;

/** The member of `Platform` is the name in capitals. */
function platformProperty(title: string): string[] {
  const names = Object.keys(PLATFORMS) as PlatformName[];
  const name = names.find((it) => PLATFORMS[it].title === title);
  return name === undefined ? [] : [`platform: Platform.${name.toUpperCase().replaceAll('-', '_')}`];
}
