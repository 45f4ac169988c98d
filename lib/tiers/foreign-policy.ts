import type { IConstruct } from 'constructs';
import { declaredAt as placeOfCaller } from '../deployment/declared-at';
import { Deployment } from '../deployment/deployment';
import { aboutForeign } from '../deployment/flows/flow-words';
import { placeProblems } from '../deployment/flows/peer-refusals';
import { at } from '../deployment/reported';
import { reason } from '../findings/reason';
import { givenConstruct } from '../graph/given-construct';
import { anything, listOf, struct } from '../model/checked';
import { ZeroTrustError } from '../model/problem';
import type { IPeer } from '../values/peer';
import { peerSpec } from '../values/peer';
import { type Port, portsOf } from '../values/port';

/** What a policy that is not ours lets through, in the words of flows. */
export interface ForeignFlow {
  /** Who opens connections. */
  readonly source: IPeer;

  /** To whom. */
  readonly destination: IPeer;

  /** Why that is right: at least two words. */
  readonly because: string;

  /**
   * Pod ports of the destination.
   *
   * @default - the ports of the destination, where it has any; every port otherwise
   */
  readonly ports?: Port[];
}

/**
 * Policies that others wrote (a cdk8s-plus NetworkPolicy, an included chart) add up with ours where they select pods of a
 * zero-trust namespace, so a synthesis fails for what they let through beyond the declared flows. What is meant is declared
 * here, and shows in the graph as a note of the tiers that it concerns.
 *
 * @example
 * ForeignPolicy.declare(chart, [{ source: operator, destination: postgres, because: 'the operator manages replicas' }]);
 */
export class ForeignPolicy {
  /**
   * Declares what the policies of a construct let through.
   *
   * @param construct the policy, or whatever holds it.
   * @param flows what it lets through.
   * @throws for a missing reason, a peer that is none or of another app, and pods without a namespace.
   */
  public static declare(construct: IConstruct, flows: ForeignFlow[]): void {
    const declaredAt = placeOfCaller(ForeignPolicy.declare);
    at(givenConstruct(construct, 'construct'), () => {
      const declared = foreignFlows(flows, 'flows').map(({ source, destination, because, ports }, index) => ({
        construct,
        source: peerSpec(source, 'the source of a flow'),
        destination: peerSpec(destination, 'the destination of a flow'),
        ports: portsOf(ports, `flows[${index}].ports`),
        because: reason(because),
        declaredAt,
      }));
      const { declarations } = Deployment.of(construct);
      const problems = declared.flatMap((one) =>
        [one.source, one.destination]
          .flatMap((peer) => placeProblems(peer, construct))
          .map((problem) => ({ ...aboutForeign(one, declarations), ...problem })),
      );
      if (problems.length > 0) throw new ZeroTrustError(problems);
      declarations.addForeign(declared);
    });
  }

  private constructor() {}
}

/** What a policy lets through, as it was handed over. */
interface GivenFlow {
  readonly source?: unknown;
  readonly destination?: unknown;
  readonly because?: unknown;
  readonly ports?: unknown;
}

const foreignFlows = listOf(
  struct<GivenFlow>(
    { source: anything, destination: anything, because: anything, ports: anything },
    'a flow with its two ends',
  ),
  '{ source: …, destination: …, because: … }',
);
