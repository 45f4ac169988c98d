import type { App, AppProps } from 'cdk8s';
import { Cluster } from '../lib';
import { aiServiceMesh, meshRanges } from './ai-service-mesh';

/** The engines that the mesh is rendered for, by the name that its folder ends with. */
export const portableClusters: Readonly<Record<string, () => Cluster>> = {
  kubernetes: () => Cluster.kubernetes(meshRanges),
  cilium: () => Cluster.cilium({ version: '1.20', ...meshRanges }),
  calico: () => Cluster.calico({ version: '3.32', ...meshRanges }),
  antrea: () => Cluster.antrea({ version: '2.7', ...meshRanges }),
  'cluster-network-policy': () => Cluster.clusterNetworkPolicy(meshRanges),
};

/** The same declaration, the AI service mesh, rendered for each engine: one App for one cluster. */
export const portable: Readonly<Record<string, (props: AppProps) => App>> = Object.fromEntries(
  Object.entries(portableClusters).map(([engine, cluster]) => [
    `portable-${engine}`,
    (props: AppProps) => aiServiceMesh({ ...props, cluster: cluster() }),
  ]),
);
