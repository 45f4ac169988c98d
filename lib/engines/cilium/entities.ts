import type { Entity } from '../../model/layer';

/** What policies of Cilium call the ends that it knows by themselves. A node is the host that the pod is on, or any other. */
export const CILIUM_ENTITIES: Readonly<Record<Entity, readonly string[]>> = {
  'api-server': ['kube-apiserver'],
  nodes: ['host', 'remote-node'],
  ingress: ['ingress'],
};
