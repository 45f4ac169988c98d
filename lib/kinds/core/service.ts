import { isIP } from 'node:net';
import { portNumberProblem, protocolProblem } from '../../model/port-problem';
import type { Protocol } from '../../model/port-set';
import type { Service, ServicePort } from '../../model/world';
import type { Field } from '../field';
import { nameOf, namespaceOf } from '../metadata';

export function readService(top: Field, defaultNamespace: string): Service {
  const metadata = top.child('metadata');
  const spec = top.child('spec').object();
  return {
    namespace: namespaceOf(metadata, defaultNamespace),
    name: nameOf(metadata),
    selector: spec.child('selector').texts(),
    ports: spec.child('ports').items().map(readPort),
    ...addressesOf(spec),
  };
}

/** `None` of a headless Service is no address. */
function addressesOf(spec: Field): Pick<Service, 'addresses'> {
  const given = [
    spec.child('clusterIP').value,
    spec.child('loadBalancerIP').value,
    ...['clusterIPs', 'externalIPs'].flatMap((name) => {
      const { value } = spec.child(name);
      return Array.isArray(value) ? value : [];
    }),
  ];
  const addresses = [...new Set(given.filter((it) => typeof it === 'string' && isIP(it) !== 0))];
  return addresses.length === 0 ? {} : { addresses: addresses as string[] };
}

/** The port of the pod is that of the Service unless `targetPort` says another. */
function readPort(entry: Field): ServicePort {
  const port = readNumber(entry.child('port'));
  const target = entry.child('targetPort');
  const isSame = target.isAbsent || target.value === 0 || target.value === '';
  const targetPort = isSame ? port : typeof target.value === 'string' ? target.value : readNumber(target);
  return { protocol: readProtocol(entry.child('protocol')), port, targetPort };
}

/** A port that a container or a Service declares; reported where it is none. */
export function readNumber(field: Field): number {
  const problem = portNumberProblem(field.value);
  if (problem !== undefined) field.refuse(problem);
  return Number(field.value);
}

/** TCP unless it is said. */
export function readProtocol(field: Field): Protocol {
  if (field.isAbsent) return 'TCP';
  const problem = protocolProblem(field.value);
  if (problem !== undefined) field.refuse(problem);
  return field.value as Protocol;
}
