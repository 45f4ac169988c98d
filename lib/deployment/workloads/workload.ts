import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type Component, componentsOf, DEFAULT_PORT } from '../../kinds/core/inference-service';
import { isTemplateOfOthers } from '../../kinds/core/templates-of-others';
import { groupOf } from '../../kinds/manifest';
import { portNameProblem, portNumberProblem, protocolProblem } from '../../model/port-problem';
import type { PortSet, Protocol } from '../../model/port-set';
import * as ports from '../../model/port-set';
import { ZeroTrustError } from '../../model/problem';
import { changeRendering } from './rendering';

/** The label by which a tier selects the pods that it was given as a construct: it depends on names alone. */
export const TIER_LABEL = 'cdk8s-zero-trust/tier';

/** A pod template, or a Pod, as the rendered manifest has it. */
export interface PodTemplate {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
  readonly spec: PodSpec;
}

export interface PodSpec {
  readonly hostNetwork?: boolean;
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly [field: string]: unknown;
}

interface Declared {
  readonly containerPort: number;
  readonly protocol?: Protocol;
  readonly name?: string;
}

interface Container {
  readonly name?: string;
  readonly ports?: readonly Declared[];
  readonly restartPolicy?: string;
  readonly [field: string]: unknown;
}

/** The API objects of a construct: itself, or all below it. */
export function apiObjectsOf(construct: IConstruct): ApiObject[] {
  return construct.node.findAll().filter((node) => ApiObject.isApiObject(node)) as ApiObject[];
}

/**
 * Every pod template in an object: by its shape, a `spec` with `containers`, whatever kind holds it; and the components of an
 * InferenceService, which are templates in all but the shape.
 */
export function podTemplates(json: unknown): PodTemplate[] {
  const found: PodTemplate[] = [];
  findTemplates(json, found);
  return [...found, ...componentsOf(json).map(templateOf)];
}

/** Those of them whose labels are on pods that the object itself runs, with the ports that these listen on. */
export function ownTemplates(json: Rendered): PodTemplate[] {
  return [...labelledTemplates(json), ...componentsOf(json).map(templateOf).map(withDefaultPort)];
}

/** Puts the tier's label on every pod that the object renders. */
export function labelPods(object: ApiObject, tier: string): void {
  changeRendering(object, (json) => {
    for (const template of labelledTemplates(json) as { metadata?: Labelled }[]) {
      template.metadata = { ...template.metadata, labels: { ...template.metadata?.labels, [TIER_LABEL]: tier } };
    }
    for (const component of componentsOf(json)) component.labels = { ...component.labels, [TIER_LABEL]: tier };
    return json;
  });
}

type Rendered = ReturnType<ApiObject['toJson']>;

interface Labelled {
  readonly labels?: Record<string, string>;
}

/**
 * An object that has containers right in its `spec` labels itself by its metadata, and its pods as its controller likes:
 * only of a Pod the two are one. A kind that is a template for others runs nothing.
 */
function labelledTemplates(json: Rendered): PodTemplate[] {
  if (isTemplateOfOthers(groupOf(String(json.apiVersion)), String(json.kind))) return [];
  const found: PodTemplate[] = [];
  findTemplates(json, found);
  return json.kind === 'Pod' ? found : found.filter((template) => (template as unknown) !== json);
}

/** Asked of every workload several times in a synthesis, and most of its values are no templates. */
function findTemplates(json: unknown, found: PodTemplate[]): void {
  if (typeof json !== 'object' || json === null) return;
  if (isPodTemplate(json)) found.push(json);
  else for (const value of Object.values(json)) findTemplates(value, found);
}

function isPodTemplate(json: object): json is PodTemplate {
  const spec = (json as { spec?: { containers?: unknown } }).spec;
  return typeof spec === 'object' && spec !== null && Array.isArray(spec.containers);
}

function templateOf(component: Component): PodTemplate {
  const containers = (Array.isArray(component.containers) ? component.containers : []) as Container[];
  return { metadata: component, spec: { ...component, containers } };
}

/** A component with a model has no container here: the runtime brings it, and listens where KServe looks for it. */
function withDefaultPort({ metadata, spec }: PodTemplate): PodTemplate {
  const hasPorts = spec.containers.some(({ ports }) => ports !== undefined && ports.length > 0);
  const listening = { ports: [{ containerPort: DEFAULT_PORT }] };
  return hasPorts ? { metadata, spec } : { metadata, spec: { ...spec, containers: [...spec.containers, listening] } };
}

/** Ports that templates declare. */
export interface DeclaredPorts {
  readonly ports: PortSet;
  /** Every named port as a set of names. */
  readonly portNames: PortSet;
  /** What the names stand for. */
  readonly named: readonly NamedPort[];
}

/** A port of a container that has a name. */
export interface NamedPort {
  readonly name: string;
  readonly protocol: Protocol;
  readonly number: number;
  /** Of an init container that runs beside the others; engines differ on whose names they resolve. */
  readonly of?: 'sidecar';
}

/** @throws ZeroTrustError for a port that Kubernetes refuses. */
export function declaredPorts(templates: readonly PodTemplate[]): DeclaredPorts {
  refuseWrongPorts(templates);
  return { ports: containerPorts(templates), portNames: portNames(templates), named: namedPorts(templates) };
}

/** What is wrong with the port of a container is said of the container. */
function refuseWrongPorts(templates: readonly PodTemplate[]): void {
  const containers = templates.flatMap(({ spec }) => [...spec.containers, ...sidecarsOf(spec)]);
  const problems = containers.flatMap(({ name, ports: declared = [] }) =>
    declared.flatMap((port) =>
      [
        port.protocol === undefined ? undefined : protocolProblem(port.protocol),
        portNumberProblem(port.containerPort),
        port.name === undefined ? undefined : portNameProblem(port.name),
      ].flatMap((problem) =>
        problem === undefined ? [] : [{ ...problem, what: `container ${name}: ${problem.what}` }],
      ),
    ),
  );
  if (problems.length > 0) throw new ZeroTrustError(problems);
}

/** Every port that a container declares, with its protocol (TCP where none is given, as Kubernetes defaults it). */
function containerPorts(templates: readonly PodTemplate[]): PortSet {
  return ports.union(
    ...portsOfContainers(templates).map(({ containerPort, protocol }) =>
      ports.number(protocol ?? 'TCP', containerPort),
    ),
  );
}

function portNames(templates: readonly PodTemplate[]): PortSet {
  return ports.union(
    ...portsOfContainers(templates).flatMap(({ name, protocol }) =>
      name === undefined ? [] : [ports.named(protocol ?? 'TCP', name)],
    ),
  );
}

function namedPorts(templates: readonly PodTemplate[]): NamedPort[] {
  return portsOfContainers(templates).flatMap(({ name, protocol, containerPort, of }) =>
    name === undefined ? [] : [{ name, protocol: protocol ?? 'TCP', number: containerPort, ...(of && { of }) }],
  );
}

/** Containers that run beside the main ones for good are init containers with `restartPolicy: Always`. */
function sidecarsOf({ initContainers = [] }: PodSpec): readonly Container[] {
  return initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always');
}

function portsOfContainers(templates: readonly PodTemplate[]): (Declared & Pick<NamedPort, 'of'>)[] {
  return templates.flatMap(({ spec }) => [
    ...spec.containers.flatMap((container) => container.ports ?? []),
    ...sidecarsOf(spec)
      .flatMap((container) => container.ports ?? [])
      .map((port) => ({ ...port, of: 'sidecar' as const })),
  ]);
}
