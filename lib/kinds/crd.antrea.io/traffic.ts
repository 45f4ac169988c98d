import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';
import { canonicalRequests, type HttpMatch, type RequestMatch } from '../../model/request-match';
import type { Field } from '../field';
import { readPort } from '../networking.k8s.io';
import { notRead, oneOf, refused } from './shape';

/** What of TCP, UDP and SCTP a rule is about: `ports`, and nothing of them where it has `protocols` alone. */
export function readTraffic(rule: Field): PortSet {
  const entries = rule.child('ports').items();
  const protocols = rule.child('protocols').items();
  for (const protocol of protocols) readProtocol(protocol);
  if (entries.length === 0) return protocols.length === 0 ? ports.everything : ports.none;
  return ports.unionOf(entries.map(readEntry));
}

function readEntry(entry: Field): PortSet {
  const isBySource = ['sourcePort', 'sourceEndPort'].some((name) => !entry.child(name).isAbsent);
  if (!isBySource) return readPort(entry);
  entry.only(['protocol', 'port', 'endPort', 'sourcePort', 'sourceEndPort']);
  notRead(entry, 'It tells connections apart by the port that they come from', 'ports of destinations');
  return ports.none;
}

/** ICMP and IGMP are none of the protocols that are reckoned with. */
function readProtocol(protocol: Field): void {
  const given = protocol.only(['icmp', 'igmp']).names();
  if (given.length !== 1) refused(protocol, 'It names not one protocol', 'icmp or igmp');
}

const METHODS = ['GET', 'POST', 'PUT', 'HEAD', 'DELETE', 'TRACE', 'OPTIONS', 'CONNECT', 'PATCH'];

/** `l7Protocols` of a rule; undefined where it has none. */
export function readRequests(rule: Field): RequestMatch[] | undefined {
  const items = rule.child('l7Protocols').items();
  if (items.length === 0) return undefined;
  return canonicalRequests(items.map(readL7));
}

function readL7(field: Field): RequestMatch {
  const given = field.only(['http', 'tls']).names();
  if (given.length !== 1) refused(field, 'It names not one protocol', 'http or tls');
  return given[0] === 'tls' ? readTls(field.child('tls').only(['sni'])) : readHttp(field.child('http'));
}

function readTls(tls: Field): RequestMatch {
  return { protocol: 'opaque', text: `tls ${tls.child('sni').text() ?? '*'}` };
}

/**
 * `*` is any text in a path and in a host, and a path is held against the whole URI, with its query
 * (`pkg/agent/controller/networkpolicy/l7engine`): a path is none of the patterns that the model compares.
 */
function readHttp(http: Field): RequestMatch {
  http.only(['method', 'path', 'host']);
  const method = http.child('method').isAbsent ? undefined : oneOf(http.child('method'), METHODS);
  const path = http.child('path').text() ?? '';
  const host = http.child('host').text() ?? '';
  if (path !== '' || host.includes('*')) {
    return {
      protocol: 'opaque',
      text: `http ${method ?? '*'} ${host === '' ? '*' : host} ${path === '' ? '*' : path}`,
    };
  }
  const match: HttpMatch = {
    protocol: 'http',
    ...(method !== undefined && { methods: [method] }),
    ...(host !== '' && { host: host.toLowerCase() }),
  };
  return match;
}
