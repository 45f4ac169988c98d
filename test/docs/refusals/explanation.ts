import { ApiObject } from 'cdk8s';
import { Cidr, PolicyProof } from '../../../lib';
import { because, chart, flowTo, namespace, tier } from '../../tiers/bad-input/scenarios';
import { type Claim, found, refused } from './claim';

const UNREAD =
  'One that cannot be read stops the proof where it may change an answer about these pods, and is named beside the proof where it cannot.';

/** The proof beside a policy of a mesh, which may refuse what is let in and lets in nothing. */
function besideAMesh(isReached: boolean): string {
  const scope = chart();
  const one = tier({}, namespace({}, scope));
  if (isReached) one.connections.allowTo(one, { because });
  new ApiObject(scope, 'mesh', {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: 'mesh', namespace: 'ns' },
  });
  return PolicyProof.of(scope).toText();
}

export const EXPLANATION: Readonly<Record<string, readonly Claim[]>> = {
  'explanation/what-an-address-means.md': [
    refused(
      'a private block is refused as long as it might hold pods',
      'cluster-range',
      /may hold pods of the cluster, whose addresses are not known/,
      flowTo(Cidr.of('10.20.0.0/16')),
    ),
  ],
  'explanation/what-the-proof-proves.md': [
    {
      says: UNREAD,
      words:
        /^Not proved.*The AuthorizationPolicy of 'security\.istio\.io\/v1' decides on connections and is not read/s,
      read: () => besideAMesh(true),
    },
    {
      says: UNREAD,
      words: /^Proved.*not read: AuthorizationPolicy ns\/mesh, and whatever it says, this is proved/s,
      read: () => besideAMesh(false),
    },
  ],
  'explanation/why-replies-need-no-rule.md': [
    found('`check --verbose` notes it as `return-path-rule`', 'return-path-rule', /^note/),
  ],
};
