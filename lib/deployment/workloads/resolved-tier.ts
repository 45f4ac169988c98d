import type { TierEndpoint } from '../../model/endpoint';
import { namespaceNamed, podSet } from '../../model/pod-set';
import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';
import type { Problem } from '../../model/problem';
import { remembered } from '../../model/remembered';
import * as selectors from '../../model/selector';
import type { NamespaceRecord, TierRecord } from '../records';
import { reasonOf } from '../reported';
import { tierOnHostNetwork } from './host-network';
import {
  apiObjectsOf,
  type DeclaredPorts,
  declaredPorts,
  labelPods,
  type NamedPort,
  type PodTemplate,
  readWorkload,
  TIER_LABEL,
} from './workload';

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
  readonly problems: readonly Problem[];
}

/** Reads the tier's workload, where it has one, and puts the tier's label on pods that lack it. */
export function resolveTier(record: TierRecord): ResolvedTier {
  const { workload } = record.pods;
  if (workload === undefined) {
    return {
      record,
      endpoint: endpointOf(record),
      ports: record.ports ?? record.rolePorts,
      portNames: undefined,
      problems: [],
    };
  }
  labelWorkload(record);
  const { declared, problems } = readTemplates(record);
  return {
    record,
    endpoint: endpointOf(record),
    ports: record.ports ?? (ports.isEmpty(declared.ports) ? record.rolePorts : declared.ports),
    portNames: declared.portNames,
    named: declared.named,
    problems,
  };
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
  if (record.pods.workload === undefined) return;
  for (const object of apiObjectsOf(record.pods.workload)) {
    if (labeled.has(object)) continue;
    labeled.set(object, record);
    labelPods(object, record.name);
  }
}

/** The tier that an object's pods were given to. */
function tierOfObject(object: object): TierRecord | undefined {
  return labeled.get(object);
}

function readTemplates(record: TierRecord): { declared: DeclaredPorts; problems: Problem[] } {
  const where = record.construct.node.path;
  const templates: PodTemplate[] = [];
  let declared = declaredPorts([]);
  const problems: Problem[] = [];
  const path = record.pods.workload?.node.path ?? '';
  for (const object of apiObjectsOf(record.pods.workload as NonNullable<typeof record.pods.workload>)) {
    try {
      const rendered = readWorkload(object);
      if (rendered.templates.length === 0) continue;
      declared = declaredPorts([...templates, ...rendered.templates]);
      templates.push(...rendered.templates);
      problems.push(...placeProblems(record, object.node.path, rendered.namespace), ...sharedProblems(record, object));
    } catch (error) {
      problems.push(unreadable(where, object.node.path, error));
    }
  }
  if (templates.length === 0 && problems.length === 0) problems.push(noTemplate(where, path));
  if (templates.some(({ spec }) => spec.hostNetwork === true)) {
    problems.push({ where, ...tierOnHostNetwork(path) });
  }
  return { declared, problems };
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

function noTemplate(where: string, path: string): Problem {
  return {
    rule: 'workload-template',
    where,
    what: `${path} renders no pod template, so there are no pods to select`,
    value: path,
    allowed:
      'a construct with a pod template: a workload of cdk8s-plus, an ApiObject of a Deployment, a custom resource that holds one',
    fix: "Give the workload itself, or select by labels: Pods.labeled({ app: '…' })",
  };
}

function unreadable(where: string, path: string, error: unknown): Problem {
  return {
    rule: 'workload-unreadable',
    where,
    what: `the workload ${path} cannot be read: ${reasonOf(error)}`,
    value: path,
    fix: 'Complete the workload; its pods are read from what it renders.',
  };
}
