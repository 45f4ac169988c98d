import { at } from '../deployment/reported';
import { flag, optional, properties } from '../model/checked';
import * as ports from '../model/port-set';
import { Port } from '../values/port';
import { accesses, type PeerAccess } from './peer-access';
import { Tier } from './tier';
import type { TierProps } from './tier-props';
import type { RoleOfTier } from './tier-record';
import type { ZeroTrustNamespace } from './zero-trust-namespace';

/** What an inference tier is. */
export interface InferenceTierProps extends TierProps {
  /**
   * Where weights are loaded from: tiers, or addresses. A volume needs no entry, since mounting is traffic of the node. The
   * reason, when none is given: "weights are loaded from model storage".
   *
   * @default - none
   */
  readonly modelStorage?: PeerAccess[];

  /**
   * Whether one model runs over several of the pods (Ray, NCCL, NIXL): opens every port among the pods of the tier, and to
   * nobody else, since their ports are chosen at run time (ray `doc/source/ray-core/configure.rst`). RDMA and secondary
   * interfaces are outside every network policy.
   *
   * @default false
   */
  readonly distributed?: boolean;
}

/**
 * Pods that serve a model: they answer requests and load weights, and have no other business.
 *
 * In: only what `connections.allowFrom` names, on TCP 8000 unless ports are given or its workload declares them (vLLM's
 * `serve`; Triton and NIM have the same). Out: `modelStorage` and DNS. All its flows to addresses together may not be wide
 * (over 65,536 IPv4 addresses, or a /48 of IPv6) unless `wide-egress` is acknowledged, since weights are what an intruder
 * takes.
 *
 * @example
 * const vllm = new InferenceTier(models, 'vllm', { pods: Pods.labeled({ app: 'vllm' }), modelStorage: [{ peer: minio }] });
 * vllm.connections.allowFrom(gateway, { because: 'users reach the model through the gateway' });
 */
export class InferenceTier extends Tier {
  /**
   * Declares the tier.
   *
   * @param scope the namespace that its pods run in.
   * @param id of the construct, and the name of the tier where none is given.
   * @param props what it is.
   * @throws for a name that is taken, reserved or refused by Kubernetes, and pods of another namespace.
   */
  constructor(scope: ZeroTrustNamespace, id: string, props: InferenceTierProps) {
    super(scope, id, props);
    const given = at(this, () => properties(props, FLOWS, 'the props of the tier'));
    this._open('egress', given.modelStorage, 'modelStorage', 'weights are loaded from model storage');
    if (given.distributed === true) {
      this.connections._declare('egress', this, {
        ports: [Port.allTraffic()],
        because: 'one model runs over several pods',
        notes: ['RDMA and secondary interfaces are outside policy'],
      });
    }
  }

  /** @internal */
  public override _role(): RoleOfTier {
    return { role: 'inference', ports: ports.number('TCP', 8000) };
  }
}

const FLOWS = { modelStorage: accesses, distributed: optional(flag) };
