import type { EngineName } from '../model/engine-name';
import type { PlatformName } from './platforms';

/** The methods of `Cluster`, by the engine that they are for. */
export const METHOD_OF_ENGINE: Readonly<Record<EngineName, string>> = {
  kubernetes: 'kubernetes',
  calico: 'calico',
  cilium: 'cilium',
  antrea: 'antrea',
  'cluster-network-policy': 'clusterNetworkPolicy',
};

/** The platform as its user writes it: the member of `Platform` is the name in capitals. */
export function platformInCode(name: PlatformName): string {
  return `Platform.${name.toUpperCase().replaceAll('-', '_')}`;
}
