import { Cluster, type ClusterProps, Platform } from '../lib';

/** Where the platform runs: a cluster, and what of its network the platform itself must know. */
export interface PlatformSite {
  readonly cluster: Cluster;
  /** Subnets that the Network Load Balancer is in: public ones, in which no pod has its address. */
  readonly balancerSubnets: string[];
}

/** The network of an EKS cluster: the VPC CNI gives pods their addresses from the subnets of the nodes. */
function onEks(name: string, block: '10.20' | '10.30'): ClusterProps {
  return {
    name,
    platform: Platform.EKS,
    podCidrs: [`${block}.0.0/17`],
    nodeCidrs: [`${block}.0.0/17`],
    serviceCidrs: ['172.20.0.0/16'],
    apiServer: { addresses: [`${block}.192.10/32`, `${block}.193.10/32`] },
  };
}

const STAGING_SUBNETS = ['10.20.128.0/24', '10.20.129.0/24'];
const PRODUCTION_SUBNETS = ['10.30.128.0/24', '10.30.129.0/24'];

/** Every site, by the end of the name of its folder. */
export const platformSites: Readonly<Record<string, () => PlatformSite>> = {
  staging: () => ({
    cluster: Cluster.cilium({ version: '1.20', ...onEks('staging', '10.20') }),
    balancerSubnets: STAGING_SUBNETS,
  }),
  production: () => ({
    cluster: Cluster.cilium({ version: '1.20', ...onEks('production', '10.30') }),
    balancerSubnets: PRODUCTION_SUBNETS,
  }),
  'vpc-cni': () => ({
    cluster: Cluster.awsVpcCni({
      version: '1.33',
      ...onEks('staging', '10.20'),
      // The VPC CNI decides before a Service is translated, so the API server is its ClusterIP.
      apiServer: { addresses: ['172.20.0.1/32'] },
    }),
    balancerSubnets: STAGING_SUBNETS,
  }),
  calico: () => ({
    cluster: Cluster.calico({ version: '3.32', ...onEks('staging', '10.20') }),
    balancerSubnets: STAGING_SUBNETS,
  }),
};
