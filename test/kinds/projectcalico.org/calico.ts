import { Beside } from '../../../lib/kinds/beside';
import { pathText } from '../../../lib/kinds/field';
import type { PolicyReading } from '../../../lib/kinds/policy-reading';
import { policyReaderOf } from '../../../lib/kinds/readers';
import { ipsText } from '../../../lib/model/ip-set';
import type { Rule, RulePeer } from '../../../lib/model/layer';
import { podSetText } from '../../../lib/model/pod-set';
import { portsText } from '../../../lib/model/port-set';
import { requestText } from '../../../lib/model/request-match';

export type Json = Readonly<Record<string, unknown>>;

export function read(kind: string, spec: Json, name = 'it'): PolicyReading {
  const reader = policyReaderOf('projectcalico.org', kind);
  if (reader === undefined) throw new Error(`no reader of ${kind}`);
  const metadata = reader.isClusterWide ? { name } : { name, namespace: 'own' };
  return reader.read({ apiVersion: 'projectcalico.org/v3', kind, metadata, spec });
}

/** A policy of the namespace `own` with these ingress rules. */
export function readIngress(...ingress: Json[]): PolicyReading {
  return read('NetworkPolicy', { types: ['Ingress'], ingress });
}

export function readEgress(...egress: Json[]): PolicyReading {
  return read('NetworkPolicy', { types: ['Egress'], egress });
}

export function readGlobal(spec: Json): PolicyReading {
  return read('GlobalNetworkPolicy', { types: ['Ingress', 'Egress'], ...spec });
}

/** The reading of an object beside others, which are of Calico too unless they say otherwise. */
export function readBeside(beside: readonly Json[], kind: string, spec: Json): PolicyReading {
  const reader = policyReaderOf('projectcalico.org', kind);
  if (reader === undefined) throw new Error(`no reader of ${kind}`);
  const metadata = reader.isClusterWide ? { name: 'it' } : { name: 'it', namespace: 'own' };
  const of = (object: Json) => ({ apiVersion: 'projectcalico.org/v3', ...object });
  return reader.read(of({ kind, metadata, spec }), { beside: new Beside(beside.map(of), 'default') });
}

/** `allow own/{*} from anything on TCP/80`; a rule that may say less has `may` before it. */
export function texts({ rules, problems }: PolicyReading): string[] {
  if (problems.length > 0) return problems.map(({ rule, path }) => `${rule} at ${pathText(path)}`);
  return rules.map(ruleText);
}

function ruleText({ action, direction, subject, peers, ports, requests, isUncertain }: Rule): string {
  const to = direction === 'ingress' ? 'from' : 'to';
  const only = requests === undefined ? '' : ` as ${requests.map(requestText).join(' or ')}`;
  const may = isUncertain === true ? 'may ' : '';
  return `${may}${action} ${podSetText(subject)} ${to} ${peers.map(peerText).join(', ')} on ${portsText(ports)}${only}`;
}

function peerText(peer: RulePeer): string {
  switch (peer.kind) {
    case 'pods':
      return podSetText(peer.pods);
    case 'addresses':
      return ipsText(peer.addresses);
    case 'entity':
      return peer.entity;
    default:
      return peer.kind;
  }
}
