import type { WorkloadIdentity } from '../cluster/workload-identity';
import { Endpoint, type IPeer } from './peer';

/**
 * The metadata services of clouds, which hand out the credentials of the node or of the workload: 169.254.169.254 (AWS,
 * Azure, Google), 169.254.169.252 (GKE), 169.254.170.2 and 169.254.170.23 (ECS, EKS Pod Identity), fd00:ec2::254 and
 * fd00:ec2::23 (AWS), fd20:ce::254 (Google). For a workload that signs in with the identity of its platform; agents must
 * acknowledge it, but for the servers that hand a workload nothing but its own credentials. Those of other clouds are named as blocks (`Cidr.of('100.100.100.200/32')`).
 */
export class CloudMetadata implements IPeer {
  /** All of them. */
  public static service(): CloudMetadata {
    return new CloudMetadata(undefined);
  }

  /**
   * The agent of EKS Pod Identity, which hands a pod the credentials of its service account: 169.254.170.23 and fd00:ec2::23,
   * TCP 80. The flow names no ports. Agents may, since it hands out nothing of the node; on Cilium the agent is also known as
   * the node that it is on, so TCP 80 of nodes is open beside it. What signs in by IRSA asks AWS, and needs none of it.
   *
   * @example
   * agent.connections.allowTo(CloudMetadata.eksPodIdentity(), { because: 'tools in S3 are read' });
   */
  public static eksPodIdentity(): CloudMetadata {
    return new CloudMetadata('eks');
  }

  /**
   * The metadata server of GKE, which hands a pod the credentials of its service account where Workload Identity Federation
   * is on: 169.254.169.254 on TCP 80 and 8080 where Dataplane V2 enforces, 169.254.169.252 on TCP 987 and 988 where Calico
   * does, both where it is not known which. The flow names no ports. Agents may: on node pools with this server, nothing of
   * the node is handed out there.
   *
   * @example
   * agent.connections.allowTo(CloudMetadata.gkeWorkloadIdentity(), { because: 'tools in Cloud Storage are read' });
   */
  public static gkeWorkloadIdentity(): CloudMetadata {
    return new CloudMetadata('gke');
  }

  readonly #endpoint: Endpoint;

  private constructor(identity: unknown) {
    this.#endpoint = Endpoint._of({
      kind: 'metadata',
      ...(identity !== undefined && { identity: identity as WorkloadIdentity }),
    });
  }

  /** The services. */
  public get endpoint(): Endpoint {
    return this.#endpoint;
  }
}
