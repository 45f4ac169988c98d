import { leadsToMetadata, metadataNameIn } from '../../cluster/metadata-services';
import { WAIVABLE } from '../../findings/waivable';
import { isWaived } from '../../findings/waiver-uses';
import { type HostPattern, hostText } from '../../model/host-pattern';
import * as ips from '../../model/ip-set';
import type { Problem } from '../../model/problem';
import { takesUnlabelledPods } from '../../model/unlabelled-pods';
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
      return peer.identity === undefined ? [metadataRefusal('CloudMetadata')] : [];
    case 'block':
      return peer.parts.filter(isOfMetadata).map((part) => metadataRefusal(ips.ipsText(part)));
    case 'host':
      return metadataNames([peer.pattern]);
    case 'hosts':
      return metadataNames(peer.patterns);
    default:
      return [];
  }
}

function isOfMetadata(block: ips.IpSet): boolean {
  return ips.isEmpty(ips.difference(block, leadsToMetadata));
}

function metadataNames(patterns: readonly HostPattern[]): Problem[] {
  return patterns.flatMap((pattern) => {
    const name = metadataNameIn(pattern);
    return name === undefined ? [] : [metadataNameRefusal(hostText(pattern), name)];
  });
}

function metadataRefusal(text: string): Problem {
  return refusal('metadata-service', {
    what: `${text} is or leads to a metadata service, which hands out the credentials of the node or the workload`,
    value: text,
    allowed: 'addresses of tools; CloudMetadata.eksPodIdentity() and CloudMetadata.gkeWorkloadIdentity()',
    fix: 'Give the tool that needs credentials a tier of its own',
  });
}

function metadataNameRefusal(text: string, name: string): Problem {
  return refusal('metadata-service', {
    what: `${text === name ? name : `${text} has ${name} in it, which`} leads to a metadata service, which hands out the credentials of the node or the workload`,
    value: text,
    allowed: 'names of tools, one by one where they are in the same domain',
    fix: 'Give the tool that needs credentials a tier of its own',
  });
}

/** For engines that name nodes by themselves, and for nodes by address among which the API server is not told apart. */
export function apiServerOnNodes(text: string): Problem {
  return refusal('api-server', {
    what: `an agent that reaches every node on ${text} reaches the API server on those of the control plane, and can use there whatever its service account may do`,
    value: text,
    allowed:
      'ports of nodes but those of the API server; where nodes are known by address, any port once `apiServer` of the cluster is given, which is then taken out',
    fix: 'Name the other ports',
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
  return workload === undefined && takesUnlabelledPods(pods);
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
