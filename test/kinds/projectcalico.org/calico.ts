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

/** `allow own/{*} from anything on TCP/80`. */
export function texts({ rules, problems }: PolicyReading): string[] {
  if (problems.length > 0) return problems.map(({ rule, path }) => `${rule} at ${pathText(path)}`);
  return rules.map(ruleText);
}

function ruleText({ action, direction, subject, peers, ports, requests }: Rule): string {
  const to = direction === 'ingress' ? 'from' : 'to';
  const only = requests === undefined ? '' : ` as ${requests.map(requestText).join(' or ')}`;
  return `${action} ${podSetText(subject)} ${to} ${peers.map(peerText).join(', ')} on ${portsText(ports)}${only}`;
}

function peerText(peer: RulePeer): string {
  switch (peer.kind) {
    case 'pods':
      return podSetText(peer.pods);
    case 'addresses':
      return ipsText(peer.addresses);
    default:
      return peer.kind;
  }
}
