import { at } from '../deployment/reported';
import { properties } from '../model/checked';
import { accesses, type PeerAccess } from './peer-access';
import { Tier } from './tier';
import type { TierProps } from './tier-props';
import type { RoleOfTier } from './tier-record';
import type { ZeroTrustNamespace } from './zero-trust-namespace';

/** What an agent tier is. */
export interface AgentTierProps extends TierProps {
  /**
   * Tools that the agents call: tiers, pods elsewhere, or addresses. The reason, when none is given: "agents call their
   * tools".
   *
   * @default - none
   */
  readonly tools?: PeerAccess[];

  /**
   * Vector stores that the agents look passages up in. The reason, when none is given: "retrieval looks up passages".
   *
   * @default - none
   */
  readonly vectorStores?: PeerAccess[];
}

/**
 * Pods that act on prompts: they call models, tools and vector stores, and a prompt may come from anybody.
 *
 * So the API server, the metadata services of clouds and whole namespaces are refused unless acknowledged (`api-server`,
 * `metadata-service`, `whole-namespace`). That goes by what is meant: pods that are named by no label of their own are a
 * whole namespace, a name may lead to a metadata service, and the API server is on nodes of the control plane. Blocks of
 * addresses and the internet have metadata services and the API server taken out, and the graph says so; where the API
 * server is was not said (`apiServer` of the cluster), the graph notes it at the flow, and the proof among its assumptions.
 *
 * @example
 * const agent = new AgentTier(agents, 'agent', { pods: Pods.labeled({ app: 'ai-agent' }), vectorStores: [{ peer: weaviate }] });
 */
export class AgentTier extends Tier {
  /**
   * Declares the tier.
   *
   * @param scope the namespace that its pods run in.
   * @param id of the construct, and the name of the tier where none is given.
   * @param props what it is.
   * @throws for a name that is taken, reserved or refused by Kubernetes, pods of another namespace, and peers that agents are refused.
   */
  constructor(scope: ZeroTrustNamespace, id: string, props: AgentTierProps) {
    super(scope, id, props);
    const given = at(this, () => properties(props, FLOWS, 'the props of the tier'));
    this._open('egress', given.tools, 'tools', 'agents call their tools');
    this._open('egress', given.vectorStores, 'vectorStores', 'retrieval looks up passages');
  }

  /** @internal */
  public override _role(): RoleOfTier {
    return { role: 'agent' };
  }
}

const FLOWS = { tools: accesses, vectorStores: accesses };
