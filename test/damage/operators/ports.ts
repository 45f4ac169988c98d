import type { Random } from '../../judges/random';
import type { Edit } from '../edit';
import { type Files, type Port, policiesOf, portsOf, rulesOf } from '../manifests';

const LAST = 65535;

/** More ports: a range, every port of the protocol, one more entry, or no word of ports. */
export function widenPorts(files: Files, random: Random): Edit[] {
  return policiesOf(files).flatMap((policy) => [
    ...portsOf(policy).flatMap(({ port, rule }) => [
      ...widenings(port, random),
      () => {
        delete rule.ports;
      },
      () => void rule.ports?.push({ protocol: port.protocol, port: random.between(1, LAST) }),
      () =>
        void rule.ports?.push({
          protocol: random.oneOf(['TCP', 'UDP', 'SCTP']),
          port: random.oneOf(['http', 'other']),
        }),
    ]),
  ]);
}

function widenings(entry: Port, random: Random): Edit[] {
  const { port, endPort } = entry;
  if (port === undefined) return [];
  const all = () => {
    delete entry.port;
    delete entry.endPort;
  };
  if (typeof port === 'string') return [all];
  const last = endPort ?? port;
  const up = random.oneOf([1, 10, LAST]);
  const down = random.oneOf([1, 10, LAST]);
  return [
    all,
    ...(last < LAST ? [() => Object.assign(entry, { endPort: Math.min(LAST, last + up) })] : []),
    ...(port > 1 ? [() => Object.assign(entry, { port: Math.max(1, port - down), endPort: last })] : []),
  ];
}

/** Fewer ports, or others. */
export function narrowPorts(files: Files, random: Random): Edit[] {
  return policiesOf(files).flatMap((policy) => [
    ...portsOf(policy).flatMap(({ port, rule: { ports = [] } }) => [
      ...(ports.length > 1 ? [() => void ports.splice(ports.indexOf(port), 1)] : []),
      ...narrowings(port, random),
    ]),
    ...rulesOf(policy)
      .filter(({ rule }) => !rule.ports?.length)
      .map(({ rule }) => () => {
        rule.ports = [{ protocol: 'TCP' }, { protocol: 'UDP' }, { protocol: 'SCTP' }].slice(0, random.between(1, 3));
      }),
  ]);
}

function narrowings(entry: Port, random: Random): Edit[] {
  const { port, endPort } = entry;
  const set = (change: Port) => () => void Object.assign(entry, change);
  if (port === undefined) return [set({ port: random.between(1, LAST) }), set({ port: 2, endPort: LAST })];
  if (typeof port === 'string') return [set({ port: `${port}-2` }), set({ port: random.oneOf([80, 8080]) })];
  if (endPort === undefined) return [set({ port: port === LAST ? 1 : port + 1 }), set({ port: 'http' })];
  const fewer = endPort > port ? [set({ endPort: endPort - 1 }), set({ port: port + 1 })] : [];
  return [
    ...fewer,
    () => {
      delete entry.endPort;
    },
  ];
}

/** Without one it is TCP. */
export function changeProtocols(files: Files): Edit[] {
  return policiesOf(files)
    .flatMap(portsOf)
    .flatMap(({ port }) => [
      ...['TCP', 'UDP', 'SCTP']
        .filter((protocol) => protocol !== port.protocol)
        .map((protocol) => () => {
          port.protocol = protocol;
        }),
      () => {
        delete port.protocol;
      },
    ]);
}
