import { isObject } from '../../kinds/field';
import type { EngineName } from '../../model/engine-name';
import { type Evidence, itemsOf } from '../evidence';

type Fields = Readonly<Record<string, unknown>>;

/** What enforces policies on nodes, or is there in its place. */
export type AgentName =
  | 'Cilium'
  | 'GKE Dataplane V2'
  | 'Calico'
  | 'Antrea'
  | 'OVN-Kubernetes'
  | 'kube-network-policies'
  | 'Azure NPM'
  | 'Weave Net'
  | 'VPC CNI'
  | 'kindnet'
  | 'k3s'
  | 'flannel';

/** An agent that runs on nodes. */
export interface Agent {
  readonly name: AgentName;
  readonly engine: EngineName;
  /** As a person finds it: `DaemonSet kube-system/cilium`. */
  readonly where: string;
  /** The tag of its image: `v1.20.2`. */
  readonly tag: string | undefined;
  /** Absent where nodes themselves enforce (k3s). */
  readonly daemonSet?: Fields;
}

interface Sign {
  readonly name: AgentName;
  readonly engine: EngineName;
  readonly isIt: (name: string, labels: Fields) => boolean;
}

/**
 * By what each installs (their manifests and charts), the one that decides first: a policy engine beside another network
 * plugin comes before that, as Calico does on the VPC CNI, or Cilium chained to it.
 */
export const SIGNS: readonly Sign[] = [
  { name: 'GKE Dataplane V2', engine: 'kubernetes', isIt: (name) => name === 'anetd' },
  { name: 'Cilium', engine: 'cilium', isIt: (name, labels) => name === 'cilium' || labels['k8s-app'] === 'cilium' },
  { name: 'Calico', engine: 'calico', isIt: (name) => name === 'calico-node' },
  { name: 'Antrea', engine: 'antrea', isIt: (name) => name === 'antrea-agent' },
  { name: 'OVN-Kubernetes', engine: 'kubernetes', isIt: (name) => name.startsWith('ovnkube-node') },
  { name: 'kube-network-policies', engine: 'kubernetes', isIt: (name) => name === 'kube-network-policies' },
  { name: 'Azure NPM', engine: 'kubernetes', isIt: (name) => name === 'azure-npm' },
  { name: 'Weave Net', engine: 'kubernetes', isIt: (name) => name === 'weave-net' },
  { name: 'VPC CNI', engine: 'kubernetes', isIt: (name) => name === 'aws-node' },
  { name: 'kindnet', engine: 'kubernetes', isIt: (name) => name === 'kindnet' },
  { name: 'flannel', engine: 'kubernetes', isIt: (name) => name.startsWith('kube-flannel') },
];

/** Every agent that is there, the one that decides first. */
export function agentsIn(evidence: Evidence): readonly Agent[] {
  const daemonSets = itemsOf(evidence.list('apps', 'DaemonSet'));
  const found = SIGNS.flatMap(({ name, engine, isIt }) => {
    const own = daemonSets.find((each) => {
      const { name: called, labels } = metadataOf(each);
      return isIt(String(called), isObject(labels) ? labels : {});
    });
    if (own === undefined) return [];
    const { namespace, name: called } = metadataOf(own);
    return [{ name, engine, where: `DaemonSet ${namespace}/${called}`, tag: tagOf(own), daemonSet: own }];
  });
  // k3s runs flannel and the controller of kube-router in its own process (k3s documentation, "Networking").
  const isK3s = evidence.kubernetes?.includes('+k3s') === true;
  if (!isK3s || found.some(({ name }) => name !== 'flannel')) return found;
  return [{ name: 'k3s', engine: 'kubernetes', where: `Kubernetes ${evidence.kubernetes}`, tag: undefined }, ...found];
}

/** Containers of a DaemonSet. */
export function containersOf(daemonSet: Fields): readonly Fields[] {
  const { spec } = daemonSet;
  const template = isObject(spec) ? spec.template : undefined;
  const pod = isObject(template) ? template.spec : undefined;
  return isObject(pod) && Array.isArray(pod.containers) ? pod.containers.filter(isObject) : [];
}

function tagOf(daemonSet: Fields): string | undefined {
  const image = containersOf(daemonSet)[0]?.image;
  return typeof image === 'string' ? /:([\w.-]+)(@|$)/.exec(image)?.[1] : undefined;
}

export function metadataOf({ metadata }: Fields): Fields {
  return isObject(metadata) ? metadata : {};
}

/** `v1.20.2-cee.1` as `1.20`; undefined for what has no such number. */
export function minorOf(version: string | undefined): string | undefined {
  const parts = /^v?(\d+)\.(\d+)/.exec(version ?? '');
  return parts === null ? undefined : `${parts[1]}.${parts[2]}`;
}
