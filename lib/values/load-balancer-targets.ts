/** What a load balancer sends connections to. */
export enum LoadBalancerTargets {
  /** Pods, by their addresses: `ip` targets at AWS, network endpoint groups ("container-native") at Google. */
  IP = 'ip',
  /** Nodes, which hand connections on to pods: `instance` targets at AWS, instance groups at Google. */
  INSTANCE = 'instance',
}
