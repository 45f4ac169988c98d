import * as ips from '../../model/ip-set';
import type { ContainerPort, InitContainer } from '../../model/world';
import type { Field } from '../field';
import type { Memory } from '../memory';
import { labelsOf } from '../metadata';
import type { PodFacts } from './pod-facts';
import { readNumber, readProtocol } from './service';
import { injectionOfPod } from './sidecars';

export interface PodReading {
  /** What a port without a number is, where a kind lets it be left out. @default it is refused */
  readonly defaultPort?: number;
  /** What was read before of the same manifests: many pods declare the same ports. @default nothing */
  readonly memory?: Memory;
}

/** From an object with `metadata` and `spec`, as a Pod and a PodTemplateSpec have them. */
export function readPodTemplate(template: Field, reading: PodReading = {}): PodFacts {
  const [spec, metadata] = [template.child('spec').object(), template.child('metadata').object()];
  return readPod(spec, metadata, template.child('status'), reading);
}

/** From a pod spec, and from what holds the labels beside it. */
export function readPodSpec(spec: Field, labelled: Field, reading: PodReading = {}): PodFacts {
  return readPod(spec, labelled, undefined, reading);
}

function readPod(spec: Field, labelled: Field, status: Field | undefined, reading: PodReading): PodFacts {
  labelled.child('annotations').object();
  const injection = injectionOfPod(labelled);
  return {
    labels: labelsOf(labelled),
    ports: readDeclared(declaringContainers(spec), reading),
    hostNetwork: spec.child('hostNetwork').value === true,
    ...(hasOtherNetworks(labelled) && { hasOtherNetworks: true }),
    addresses: status === undefined ? [] : readAddresses(status.object()),
    ...(injection !== undefined && { injection }),
  };
}

interface DeclaringContainer {
  readonly container: Field;
  readonly of?: InitContainer;
}

function readDeclared(containers: readonly DeclaringContainer[], reading: PodReading): readonly ContainerPort[] {
  const [only] = containers;
  // As it was read before where it can be, which most are.
  if (containers.length === 1 && only.of === undefined) return readPorts(only.container, reading);
  return containers.flatMap(({ container, of }) => {
    const ports = readPorts(container, reading);
    if (of === undefined) return ports;
    // What ends before the pod serves leaves nothing but the names of its ports.
    return ports.map((port) => ({ ...port, of })).filter(({ name }) => of !== 'init' || name !== undefined);
  });
}

/** The ports of one container. */
function readPorts(container: Field, { defaultPort, memory }: PodReading): readonly ContainerPort[] {
  const read = (field: Field) => field.items().map((port) => readPort(port, defaultPort));
  const ports = container.child('ports');
  return memory === undefined ? read(ports) : memory.once(`ports, else ${defaultPort}`, ports, read);
}

/** Containers, and before them init containers: those that never end are sidecars (KEP-753). */
function declaringContainers(spec: Field): readonly DeclaringContainer[] {
  return [
    ...spec
      .child('containers')
      .items()
      .map((container) => ({ container: container.object() })),
    ...spec
      .child('initContainers')
      .items()
      .map((container) => ({
        container: container.object(),
        of: container.child('restartPolicy').value === 'Always' ? ('sidecar' as const) : ('init' as const),
      })),
  ];
}

function readPort(port: Field, defaultPort: number | undefined): ContainerPort {
  const name = port.child('name').text();
  const protocol = readProtocol(port.child('protocol'));
  const written = port.child('containerPort');
  const number = written.isAbsent && defaultPort !== undefined ? defaultPort : readNumber(written);
  return { ...(name !== undefined && name !== '' && { name }), protocol, number };
}

/** As Multus is asked for them; empty text asks for none (k8snetworkplumbingwg, multi-network specification). */
const NETWORKS_ANNOTATION = 'k8s.v1.cni.cncf.io/networks';

function hasOtherNetworks(metadata: Field): boolean {
  const { value } = metadata.child('annotations').child(NETWORKS_ANNOTATION);
  return typeof value === 'string' && value.trim() !== '';
}

function readAddresses(status: Field): string[] {
  const listed = status
    .child('podIPs')
    .items()
    .flatMap((entry) => readAddress(entry.child('ip')));
  const single = readAddress(status.child('podIP'))[0];
  const all = listed.length > 0 || single === undefined ? listed : [single];
  return [...new Set(all)].sort();
}

function readAddress(field: Field): string[] {
  const text = field.text();
  if (text === undefined || text === '') return [];
  return field.try(() => ips.fromAddress(text)) === undefined ? [] : [text];
}
