import { metadataServices } from '../../cluster/special-addresses';
import * as ips from '../../model/ip-set';
import type { Problem } from '../../model/problem';
import * as selectors from '../../model/selector';
import { isWaived, WAIVABLE } from '../../values/acknowledgement';
import type { PeerSpec } from '../../values/peer';
import type { Declaration } from '../records';

/** What the role of the tier forbids in a declaration, as far as the declaration alone tells. */
export function refusedByRole(declaration: Declaration): Problem[] {
  const { acknowledged } = declaration.tier;
  return refusals(declaration).filter(({ rule }) => !isWaived(rule, acknowledged, declaration.acknowledged));
}

function refusals(declaration: Declaration): Problem[] {
  switch (declaration.tier.role) {
    case 'agent':
      return agentRefusals(declaration);
    case 'data':
      return dataRefusals(declaration);
    default:
      return [];
  }
}

/** An agent does what its prompt says, and a prompt can come from anybody. */
function agentRefusals({ peer, direction }: Declaration): Problem[] {
  if (direction === 'ingress') return [];
  switch (peer.kind) {
    case 'namespace':
      return [wholeNamespace(peer.construct.node.path)];
    case 'pods':
      return isEveryPod(peer) ? [wholeNamespace('Pods.all()')] : [];
    case 'api-server':
      return [
        refusal('api-server', {
          what: 'an agent that reaches the API server can use whatever its service account may do',
          value: 'api-server',
          allowed: 'tools and vector stores',
          fix: 'Put a tool of your own before it',
        }),
      ];
    case 'metadata':
      return [metadataRefusal('CloudMetadata')];
    case 'block':
      if (!ips.isEmpty(ips.difference(peer.addresses, metadataServices))) return [];
      return [metadataRefusal(peer.text)];
    default:
      return [];
  }
}

function metadataRefusal(text: string): Problem {
  return refusal('metadata-service', {
    what: `${text} is a metadata service, which hands out the credentials of the node or the workload`,
    value: text,
    allowed: 'addresses of tools',
    fix: 'Give the tool that needs credentials a tier of its own',
  });
}

/** Data is served to those who are named. */
function dataRefusals({ peer, direction }: Declaration): Problem[] {
  if (direction === 'egress') return [];
  const unnamed = peer.kind === 'internet' || peer.kind === 'namespace' || (peer.kind === 'pods' && isEveryPod(peer));
  if (!unnamed) return [];
  return [
    refusal('unnamed-clients', {
      what: `data would be served to ${clientWords(peer.kind)}, and not to clients by name`,
      value: peer.kind,
      allowed: 'tiers, pods by labels, and blocks of addresses',
      fix: 'Name the clients',
    }),
  ];
}

function wholeNamespace(value: string): Problem {
  return refusal('whole-namespace', {
    what: 'an agent may call named tiers and pods only, and a whole namespace also holds those that join it later',
    value,
    allowed: 'tiers, one by one, and pods by labels',
    fix: 'Name them',
  });
}

function isEveryPod({ pods, workload }: Extract<PeerSpec, { kind: 'pods' }>): boolean {
  return workload === undefined && selectors.isAnything(pods);
}

function clientWords(kind: string): string {
  return kind === 'internet' ? 'the internet' : 'every pod of a namespace';
}

function refusal(rule: string, problem: Omit<Problem, 'rule' | 'where'> & { fix: string }): Problem {
  return {
    rule,
    ...problem,
    fix: `${problem.fix}, or acknowledge that ${WAIVABLE[rule]}: acknowledge: [{ rule: '${rule}', because: '…' }]`,
  };
}
