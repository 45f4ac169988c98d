import type { Labels } from '../../model/selector';
import { type Field, isObject } from '../field';
import { type AddedLabels, withLabels, withMissingLabels } from './added-labels';
import { COMPONENTS } from './inference-service';
import { LABELS_OF_JOBS, LABELS_OF_STATEFUL_SETS } from './labels-of-controllers';
import type { PodFacts } from './pod-facts';
import { readByShape, readTemplatesBelow } from './shape';
import { isTemplateOfOthers } from './templates-of-others';

/** The pods that objects of one kind run. */
type Reader = (top: Field, name: string | undefined) => PodFacts[];

/**
 * Custom kinds of which more is known than the shape of their templates. Where the labels that a controller adds are read
 * from its source, no others are there; of any other kind every further label may be there, and further ports.
 */
const READERS: Readonly<Record<string, Reader>> = {
  'argoproj.io/Rollout': rollout,
  'argoproj.io/Workflow': (top, name) => podsOfWorkflow(top.child('spec'), name),
  'argoproj.io/CronWorkflow': (top) => podsOfWorkflow(top.child('spec').child('workflowSpec'), undefined),
  'jobset.x-k8s.io/JobSet': jobSet,
  'kafka.strimzi.io/Kafka': ofStrimzi,
  'kafka.strimzi.io/KafkaBridge': ofStrimzi,
  'kafka.strimzi.io/KafkaConnect': ofStrimzi,
  'kafka.strimzi.io/KafkaMirrorMaker2': ofStrimzi,
  'kubevirt.io/VirtualMachine': (top, name) => virtualMachine(top.child('spec').child('template'), name),
  'kubevirt.io/VirtualMachineInstance': virtualMachine,
  'leaderworkerset.x-k8s.io/LeaderWorkerSet': leaderWorkerSet,
  'postgresql.cnpg.io/Cluster': (_, name) => [
    generated({ ...named('cnpg.io/cluster', name), 'cnpg.io/podRole': 'instance' }),
  ],
  'postgresql.cnpg.io/Pooler': (_, name) => [
    generated({ ...named('cnpg.io/poolerName', name), 'cnpg.io/podRole': 'pooler' }),
  ],
  'ray.io/RayCluster': (top, name) => rayCluster(top.child('spec'), name),
  'ray.io/RayJob': (top) => [
    ...rayCluster(top.child('spec').child('rayClusterSpec'), undefined),
    ...readTemplatesBelow(top.child('spec').child('submitterPodTemplate')).map(ofUnknownController),
  ],
  'ray.io/RayService': (top) => rayCluster(top.child('spec').child('rayClusterConfig'), undefined),
  'serving.knative.dev/Service': knative,
  'serving.knative.dev/Configuration': knative,
  'serving.knative.dev/Revision': knative,
  'serving.kserve.io/InferenceService': inferenceService,
  'sparkoperator.k8s.io/ScheduledSparkApplication': (top) =>
    podsOfSpark(top.child('spec').child('template'), undefined),
  'sparkoperator.k8s.io/SparkApplication': (top, name) => podsOfSpark(top.child('spec'), name),
};

/** The pods that an object of a custom kind runs. */
export function readCustomWorkload(group: string, kind: string, top: Field): PodFacts[] {
  const id = `${group}/${kind}`;
  if (isTemplateOfOthers(group, kind)) return [];
  const name = top.child('metadata').child('name').value;
  const reader = Object.hasOwn(READERS, id) ? READERS[id] : undefined;
  if (reader === undefined) return readByShape(top).map(ofUnknownController);
  return reader(top, typeof name === 'string' && name !== '' ? name : undefined);
}

/** Pods that a controller makes of which nobody here knows what it adds. */
function ofUnknownController(pod: PodFacts): PodFacts {
  return { ...withLabels(pod, { unknown: 'any' }), mayHaveMorePorts: true };
}

/** Pods whose template is the controller's own. */
function generated(labels: Labels): PodFacts {
  return ofUnknownController({ labels, ports: [], hostNetwork: false, addresses: [] });
}

function named(key: string, name: string | undefined): Labels {
  return name === undefined ? {} : { [key]: name };
}

/** Those with a name where it is known, and with an unknown value where not. */
function knownOrNot(key: string, name: string | undefined): AddedLabels {
  return name === undefined ? { unknown: [key] } : { known: { [key]: name } };
}

/** argo-rollouts, `utils/replicaset` and `rollout/ephemeralmetadata.go`: labels come and go with the step of a rollout. */
function rollout(top: Field): PodFacts[] {
  const { canary, blueGreen } = fieldsOf(top.child('spec').child('strategy'), 'canary', 'blueGreen');
  const passing = [
    ...Object.values(fieldsOf(canary, 'canaryMetadata', 'stableMetadata')),
    ...Object.values(fieldsOf(blueGreen, 'activeMetadata', 'previewMetadata')),
  ].flatMap((metadata) => keysOf(metadata.child('labels')));
  const unknown = ['rollouts-pod-template-hash', ...passing];
  return readTemplatesBelow(top.child('spec').child('template')).map((pod) => withLabels(pod, { unknown }));
}

/** Those of a StatefulSet, and its own (lws, `pkg/controllers` and `pkg/webhooks/pod_webhook.go`). */
function leaderWorkerSet(top: Field, name: string | undefined): PodFacts[] {
  const own = (key: string) => `leaderworkerset.sigs.k8s.io/${key}`;
  const { known, unknown = [] } = knownOrNot(own('name'), name);
  const keys = ['group-index', 'worker-index', 'group-key', 'template-revision-hash', 'subgroup-index', 'subgroup-key'];
  const added = { known, unknown: [...unknown, ...keys.map(own), ...LABELS_OF_STATEFUL_SETS] };
  return readTemplatesBelow(top.child('spec').child('leaderWorkerTemplate')).map((pod) => withLabels(pod, added));
}

/** Those of a Job, and its own (jobset, `labelAndAnnotateObject`). */
function jobSet(top: Field, name: string | undefined): PodFacts[] {
  const own = (key: string) => `jobset.sigs.k8s.io/${key}`;
  const ofSet = knownOrNot(own('jobset-name'), name);
  const keys = [
    ...['restart-attempt', 'replicatedjob-replicas', 'global-replicas', 'job-index', 'job-key', 'job-global-index'],
    ...['group-name', 'group-replicas', 'job-group-index', 'jobset-uid', 'coordinator', 'priority'],
  ];
  return top
    .child('spec')
    .child('replicatedJobs')
    .items()
    .flatMap((job) => {
      const ofJob = knownOrNot(own('replicatedjob-name'), textOf(job.child('name')));
      const unknown = [...(ofSet.unknown ?? []), ...(ofJob.unknown ?? []), ...keys.map(own), ...LABELS_OF_JOBS];
      const added = { known: { ...ofSet.known, ...ofJob.known }, unknown: unknown as string[] };
      return readTemplatesBelow(job.child('template')).map((pod) => withLabels(pod, added));
    });
}

/** kuberay, `labelPod`: of its own labels, these three cannot be written in a template. Containers get a port for metrics. */
function rayCluster(spec: Field, name: string | undefined): PodFacts[] {
  const groups = [
    { template: spec.child('headGroupSpec').child('template'), type: 'head', group: 'headgroup' as string | undefined },
    ...spec
      .child('workerGroupSpecs')
      .items()
      .map((group) => ({ template: group.child('template'), type: 'worker', group: textOf(group.child('groupName')) })),
  ];
  return groups.flatMap(({ template, type, group }) => {
    const ofCluster = knownOrNot('ray.io/cluster', name);
    const ofGroup = knownOrNot('ray.io/group', group);
    const fixed = {
      known: { ...ofCluster.known, ...ofGroup.known, 'ray.io/node-type': type },
      unknown: [...(ofCluster.unknown ?? []), ...(ofGroup.unknown ?? [])] as string[],
    };
    const usual = {
      known: {
        'ray.io/is-ray-node': 'yes',
        'app.kubernetes.io/name': 'kuberay',
        'app.kubernetes.io/created-by': 'kuberay-operator',
      },
      // Cut where it is long; the others come from the object that made the cluster, the scheduler or a feature that is on.
      unknown: [
        'ray.io/identifier',
        'ray.io/originated-from-cr-name',
        'ray.io/originated-from-crd',
        'ray.io/serve',
        'ray.io/cluster-dashboard',
        'ray.io/worker-group-replica-index',
        'ray.io/worker-group-replica-name',
        'ray.io/replica-host-index',
      ],
    };
    return readTemplatesBelow(template).map((pod) => ({
      ...withMissingLabels(withLabels(pod, fixed), usual),
      mayHaveMorePorts: true,
    }));
  });
}

/** The port of the container goes by a name of Knative's, and a proxy stands before it (serving, `resources/deploy.go`). */
function knative(top: Field): PodFacts[] {
  return readByShape(top, { defaultPort: 8080 }).map((pod) => {
    const ports = pod.ports.length > 0 ? pod.ports : [{ protocol: 'TCP' as const, number: 8080 }];
    return ofUnknownController({ ...pod, ports: ports.map((port) => ({ ...port, name: 'user-port' })) });
  });
}

/** kserve, `pkg/controller/v1beta1/inferenceservice/components`. */
function inferenceService(top: Field, name: string | undefined): PodFacts[] {
  return COMPONENTS.flatMap((component) =>
    readByShape(top, { below: ['spec', component] }).map((pod) => {
      const known = { ...named('serving.kserve.io/inferenceservice', name), component };
      return ofUnknownController(withLabels(pod, { known }));
    }),
  );
}

/** Brokers, and what else the operator runs for one (strimzi, `Labels.java`). */
function ofStrimzi(_: Field, name: string | undefined): PodFacts[] {
  return [generated(named('strimzi.io/cluster', name))];
}

/** The launcher has the labels of the template (kubevirt, `pkg/virt-controller/services/template.go`). */
function virtualMachine(top: Field, name: string | undefined): PodFacts[] {
  const known = { ...labelsOf(top), 'kubevirt.io': 'virt-launcher', ...named('vm.kubevirt.io/name', name) };
  return [generated(known)];
}

/** A pod for each template that runs something, and one for what it does with other objects (workflows, `createWorkflowPod`). */
function podsOfWorkflow(spec: Field, name: string | undefined): PodFacts[] {
  const common = { ...labelsIn(spec.child('podMetadata')), ...named('workflows.argoproj.io/workflow', name) };
  return spec
    .child('templates')
    .items()
    .filter((template) => RUNNING.some((field) => isObject(template.child(field).value)))
    .map((template) => generated({ ...labelsOf(template), ...common }));
}

const RUNNING = ['container', 'containerSet', 'script', 'resource', 'data', 'http', 'plugin'];

/** spark-operator, `internal/controller/sparkapplication`. */
function podsOfSpark(spec: Field, name: string | undefined): PodFacts[] {
  return ['driver', 'executor'].map((role) =>
    generated({
      ...labelsIn(spec.child(role)),
      'spark-role': role,
      ...named('sparkoperator.k8s.io/app-name', name),
    }),
  );
}

function fieldsOf<K extends string>(field: Field, ...names: readonly K[]): Record<K, Field> {
  return Object.fromEntries(names.map((name) => [name, field.child(name)])) as Record<K, Field>;
}

function labelsOf(object: Field): Labels {
  return labelsIn(object.child('metadata'));
}

function labelsIn(metadata: Field): Labels {
  return metadata.child('labels').texts();
}

function keysOf({ value }: Field): string[] {
  return isObject(value) ? Object.keys(value) : [];
}

function textOf({ value }: Field): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
