import type { ApiObject } from 'cdk8s';
import type { TierEndpoint } from '../../model/endpoint';
import { namespaceNamed, podSet } from '../../model/pod-set';
import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';
import type { Problem } from '../../model/problem';
import { remembered } from '../../model/remembered';
import * as selectors from '../../model/selector';
import type { NamespaceRecord, TierRecord } from '../records';
import { chosenWorkload, unreadable } from './chosen-workload';
import { type GivenWorkload, objectsMeant } from './given-workload';
import { tierOnHostNetwork } from './host-network';
import { type DeclaredPorts, declaredPorts, labelPods, type NamedPort, type PodTemplate, TIER_LABEL } from './workload';

/** A tier with what its workload renders. */
export interface ResolvedTier {
  readonly record: TierRecord;
  readonly endpoint: TierEndpoint;
  /** What flows to the tier are allowed on when they name no ports; undefined when nobody says. */
  readonly ports: PortSet | undefined;
  /** Names of container ports; undefined when the pods are not seen. */
  readonly portNames: PortSet | undefined;
  /** What these names stand for. */
  readonly named?: readonly NamedPort[];
  /** The object that runs the pods, where the tier was made of one. */
  readonly object?: ApiObject;
  readonly problems: readonly Problem[];
}

/** Reads the tier's workload, where it has one, and puts the tier's label on pods that lack it. */
export function resolveTier(record: TierRecord): ResolvedTier {
  const given = givenWorkload(record);
  if (given === undefined) {
    return {
      record,
      endpoint: endpointOf(record),
      ports: record.ports ?? record.rolePorts,
      portNames: undefined,
      problems: [],
    };
  }
  labelWorkload(record);
  const { declared, object, problems } = readTemplates(record, given);
  return {
    record,
    endpoint: endpointOf(record),
    ports: record.ports ?? (ports.isEmpty(declared.ports) ? record.rolePorts : declared.ports),
    portNames: declared.portNames,
    named: declared.named,
    ...(object && { object }),
    problems,
  };
}

function givenWorkload({ pods: { workload, choice } }: TierRecord): GivenWorkload | undefined {
  return workload && { workload, choice };
}

function endpointOf({ namespace, name, pods }: TierRecord): TierEndpoint {
  const selector = pods.workload === undefined ? pods.pods : selectors.fromLabels({ [TIER_LABEL]: name });
  return { kind: 'tier', namespace: namespace.name, name, pods: podSet(selectorOf(namespace), selector) };
}

/** One for all tiers of the namespace, so that what is remembered of it is worked out once. */
const selectorOf = remembered(({ name }: NamespaceRecord) => namespaceNamed(name));

/** Objects whose pods carry the label of a tier, and which tier that is. */
const labeled = new WeakMap<object, TierRecord>();

/** Idempotent: objects that joined the workload later are labelled when the tree is next looked at. */
export function labelWorkload(record: TierRecord): void {
  const given = givenWorkload(record);
  if (given === undefined) return;
  for (const object of objectsMeant(given)) {
    if (labeled.has(object)) continue;
    labeled.set(object, record);
    labelPods(object, record.name);
  }
}

/** The tier that an object's pods were given to. */
function tierOfObject(object: object): TierRecord | undefined {
  return labeled.get(object);
}

interface ReadWorkload extends Pick<ResolvedTier, 'object' | 'problems'> {
  readonly declared: DeclaredPorts;
}

function readTemplates(record: TierRecord, given: GivenWorkload): ReadWorkload {
  const where = record.construct.node.path;
  const chosen = chosenWorkload(given, 'tier');
  // What it serves on is not known either, and its flows need not say so as well.
  if (chosen.problem !== undefined) {
    return { declared: { ...declaredPorts([]), ports: ports.everything }, problems: [{ where, ...chosen.problem }] };
  }
  const { object, namespace, templates } = chosen;
  const { path } = object.node;
  const read = readPorts(templates);
  return {
    declared: read.declared,
    object,
    problems: [
      ...(read.error === undefined ? [] : [{ where, ...unreadable(path, read.error) }]),
      ...placeProblems(record, path, namespace),
      ...sharedProblems(record, object),
      ...(templates.some(({ spec }) => spec.hostNetwork === true) ? [{ where, ...tierOnHostNetwork(path) }] : []),
    ],
  };
}

/** Ports that Kubernetes refuses make the workload one that cannot be read. */
function readPorts(templates: readonly PodTemplate[]): { readonly declared: DeclaredPorts; readonly error?: unknown } {
  try {
    return { declared: declaredPorts(templates) };
  } catch (error) {
    return { declared: declaredPorts([]), error };
  }
}

function placeProblems(record: TierRecord, path: string, namespace: string | undefined): Problem[] {
  const own = record.namespace.name;
  if (namespace === own) return [];
  return [
    {
      rule: 'workload-namespace',
      where: record.construct.node.path,
      what:
        namespace === undefined
          ? `the workload ${path} has no namespace, so its pods run wherever it is applied, and the policy of the tier is in ${own}`
          : `the workload ${path} is in the namespace ${namespace}, and the policy of the tier is in ${own}`,
      value: namespace ?? '',
      allowed: own,
      fix: `Set metadata.namespace of the workload (or \`namespace\` of its chart) to '${own}'.`,
    },
  ];
}

function sharedProblems(record: TierRecord, object: object): Problem[] {
  const other = tierOfObject(object);
  if (other === undefined || other === record) return [];
  return [
    {
      rule: 'workload-twice',
      where: record.construct.node.path,
      what: `its workload is already that of the tier ${other.namespace.name}/${other.name}`,
      value: other.construct.node.path,
      allowed: 'one tier for a workload',
      fix: 'Declare the flows of both on one tier.',
    },
  ];
}
