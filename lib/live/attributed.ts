import { isObject } from '../kinds/field';

type Fields = Readonly<Record<string, unknown>>;

/** Objects of a cluster as manifests would have them, and where their pods run. */
export interface Attributed {
  /** Without what controllers made of others: Pods of a Deployment are not there beside it. */
  readonly objects: readonly Fields[];
  /** Addresses of the pods that are left out, by whose they are: `models/Deployment/vllm`. */
  readonly addresses: ReadonlyMap<string, readonly string[]>;
}

/** Labels that controllers of Kubernetes put on pods beside those of the template. */
const OF_CONTROLLERS: ReadonlySet<string> = new Set([
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/job-name',
  'job-name',
  'batch.kubernetes.io/controller-uid',
  'controller-uid',
  'batch.kubernetes.io/job-completion-index',
]);

/** Kinds that Kubernetes runs pods for, by the name that owner references have. */
const RUNNERS: ReadonlySet<string> = new Set([
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'ReplicationController',
  'Job',
  'CronJob',
]);

/**
 * Gives Pods to what runs them: a Pod of a ReplicaSet to its Deployment, a Pod of a Job to its CronJob. One that is as its
 * template says adds no more than its address. One that is not (a sidecar that was put in, a label that somebody changed, a
 * rollout that goes on) stays, as a Pod of that owner; where all of them differ, they stand for the template.
 */
export function attributed(objects: readonly Fields[]): Attributed {
  const runners = new Map(objects.filter(isRunner).map((object) => [idOf(object), object]));
  const addresses = new Map<string, string[]>();
  const differing = new Set<string>();
  const pods: Fields[] = [];
  for (const pod of objects.filter(({ kind }) => kind === 'Pod')) {
    const owner = topOf(pod, runners);
    const runner = owner === undefined ? undefined : runners.get(owner);
    if (owner === undefined || runner === undefined) {
      pods.push(pod);
    } else if (isAsTemplate(pod, templateOf(runner))) {
      addressesInto(addresses, owner, pod);
    } else {
      differing.add(owner);
      pods.push(ownedBy(pod, runner));
    }
  }
  const kept = objects.filter((object) => {
    if (object.kind === 'Pod') return false;
    if (!isRunner(object)) return true;
    const id = idOf(object);
    // One that runs nothing by itself, or of which no pod is left as it says.
    const isOfAnother = topOf(object, runners) !== undefined && object.kind !== 'Deployment';
    const isHistory = object.kind === 'ReplicaSet' && templateOf(object) === undefined;
    return !isOfAnother && !isHistory && !(differing.has(id) && !addresses.has(id));
  });
  return { objects: [...kept, ...pods], addresses };
}

function isRunner({ kind }: Fields): boolean {
  return RUNNERS.has(String(kind));
}

function metadataOf({ metadata }: Fields): Fields {
  return isObject(metadata) ? metadata : {};
}

function idOf(object: Fields): string {
  const { namespace, name } = metadataOf(object);
  return `${String(namespace)}/${String(object.kind)}/${String(name)}`;
}

/** Follows controllers up as far as they are there. */
function topOf(object: Fields, runners: ReadonlyMap<string, Fields>): string | undefined {
  let top: string | undefined;
  const passed = new Set<string>();
  for (let at: Fields | undefined = object; at !== undefined; ) {
    const above = controllerOf(at);
    if (above === undefined || passed.has(above)) return top;
    passed.add(above);
    at = runners.get(above);
    if (at !== undefined) top = above;
  }
  return top;
}

function controllerOf(object: Fields): string | undefined {
  const { namespace, ownerReferences } = metadataOf(object);
  const owners = (Array.isArray(ownerReferences) ? ownerReferences : []).filter(isObject);
  const owner = owners.find(({ controller }) => controller === true);
  return owner === undefined ? undefined : `${String(namespace)}/${String(owner.kind)}/${String(owner.name)}`;
}

function ownedBy(pod: Fields, { apiVersion, kind, metadata }: Fields): Fields {
  const { name, uid } = isObject(metadata) ? metadata : {};
  const owner = { apiVersion, kind, name, uid, controller: true };
  return { ...pod, metadata: { ...metadataOf(pod), ownerReferences: [owner] } };
}

function templateOf({ kind, spec }: Fields): Fields | undefined {
  const below = kind === 'CronJob' && isObject(spec) && isObject(spec.jobTemplate) ? spec.jobTemplate.spec : spec;
  const template = isObject(below) ? below.template : undefined;
  return isObject(template) ? template : undefined;
}

function isAsTemplate(pod: Fields, template: Fields | undefined): boolean {
  return template !== undefined && textOf(pod) === textOf(template);
}

/** What policies go by, the marks of controllers aside. */
function textOf({ metadata, spec }: Fields): string {
  const labels = isObject(metadata) && isObject(metadata.labels) ? metadata.labels : {};
  const { hostNetwork, containers, initContainers } = isObject(spec) ? spec : {};
  return JSON.stringify([
    Object.entries(labels)
      .filter(([key]) => !OF_CONTROLLERS.has(key))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
    hostNetwork === true,
    portsOf(containers),
    portsOf(initContainers),
  ]);
}

function portsOf(containers: unknown): readonly string[] {
  return (Array.isArray(containers) ? containers : [])
    .filter(isObject)
    .flatMap(({ ports, restartPolicy }) =>
      (Array.isArray(ports) ? ports : [])
        .filter(isObject)
        .map(({ name, containerPort, protocol = 'TCP' }) =>
          JSON.stringify([name, containerPort, protocol, restartPolicy]),
        ),
    )
    .sort();
}

function addressesInto(addresses: Map<string, string[]>, owner: string, { status }: Fields): void {
  const known = addresses.get(owner) ?? [];
  addresses.set(owner, known);
  const listed = isObject(status) && Array.isArray(status.podIPs) ? status.podIPs.filter(isObject) : [];
  for (const { ip } of listed) if (typeof ip === 'string') known.push(ip);
}
