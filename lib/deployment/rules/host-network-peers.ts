import { soleNamespace } from '../../model/pod-set';
import type { Selector } from '../../model/selector';
import type { PeerSpec } from '../../values/peer';
import { aboutDeclaration } from '../flows/flow-words';
import type { Located } from '../records';
import { isEmitted } from '../workloads/emitted';
import { peerOnHostNetwork } from '../workloads/host-network';
import { mayBeSelected, renderedPods } from '../workloads/rendered-pods';
import { problemAt, type RuleContext } from './rule';

/** Pods by their labels that are all on the host network, as far as the app itself renders them: no rule would find them. */
export function hostNetworkPeers({ objects, declarations }: RuleContext): Located[] {
  // Ours have no such pods, and to render them takes the state that this is a part of.
  const others = objects.filter((object) => !isEmitted(object));
  return declarations.flows.flatMap((declaration) => {
    const { tier, peer } = declaration;
    const named = podsByLabels(peer);
    if (named === undefined) return [];
    const found = others
      .filter(({ metadata }) => metadata.namespace === named.namespace)
      .flatMap((object) =>
        renderedPods(object)
          .filter((pod) => mayBeSelected(named.pods, pod))
          .map(({ hostNetwork }) => ({ object, hostNetwork })),
      );
    const isAllOnHost = found.length > 0 && found.every(({ hostNetwork }) => hostNetwork);
    if (!isAllOnHost) return [];
    const problem = peerOnHostNetwork(found[0].object.node.path);
    return [problemAt(tier.construct, { ...problem, ...aboutDeclaration(declaration, declarations) })];
  });
}

interface PodsByLabels {
  readonly namespace: string;
  readonly pods: Selector;
}

/** Of one namespace by its name: which pods of the app are in namespaces by other labels is not known here. */
function podsByLabels(peer: PeerSpec): PodsByLabels | undefined {
  if (peer.kind !== 'pods' || peer.workload !== undefined || peer.namespaces === undefined) return undefined;
  const namespace = soleNamespace(peer.namespaces);
  return namespace === undefined ? undefined : { namespace, pods: peer.pods };
}
