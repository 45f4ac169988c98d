import { Endpoint, type IPeer } from './peer';

/**
 * The metadata services of clouds, which hand out the credentials of the node or of the workload: 169.254.169.254 (AWS,
 * Azure, Google), 169.254.169.252 (GKE), 169.254.170.2 and 169.254.170.23 (ECS, EKS Pod Identity), fd00:ec2::254 and
 * fd00:ec2::23 (AWS), fd20:ce::254 (Google). For a workload that signs in with the identity of its platform; agents must
 * acknowledge it. Those of other clouds are named as blocks (`Cidr.of('100.100.100.200/32')`).
 */
export class CloudMetadata implements IPeer {
  /** All of them. */
  public static service(): CloudMetadata {
    return new CloudMetadata();
  }

  readonly #endpoint: Endpoint;

  private constructor() {
    this.#endpoint = Endpoint._of({ kind: 'metadata' });
  }

  /** The services. */
  public get endpoint(): Endpoint {
    return this.#endpoint;
  }
}
