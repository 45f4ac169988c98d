import { anything, listOf, optional, struct, text } from '../model/checked';
import type { Waiver } from '../model/flow';
import { ZeroTrustError } from '../model/problem';
import { reason } from './reason';

/**
 * A rule of the library that is waived on purpose: it names the rule and says why. It shows in the policy graph.
 */
export interface Acknowledgement {
  /** Id of the rule, as the error or warning that it answers prints it, and as `Rule` has it: `Rule.WIDE_EGRESS`, say. */
  readonly rule: string;

  /** Why the rule does not hold here: at least two words. */
  readonly because: string;
}

/** Every rule that can be waived, with what waiving it admits. */
export const WAIVABLE: Readonly<Record<string, string>> = {
  'adopted-namespace': 'the default deny isolates pods of a namespace that somebody else owns',
  'agent-all-ports': 'an agent reaches the internet on every port',
  'api-server': 'agents may reach the API server',
  'cluster-range': 'addresses may belong to pods of the cluster',
  'dns-missing': 'a tier that speaks to others resolves no names',
  'dns-unused': 'a tier that speaks to nobody resolves names',
  'engine-host-names': 'every address of the internet passes where the engine does not know names',
  'engine-nodes': 'every node may open connections where the engine cannot tell one from another by address',
  'engine-requests': 'all traffic on the ports passes where the engine cannot tell requests apart',
  'labels-miss-tier': 'a workload nearly has the labels of a tier, and is in none',
  'metadata-service': 'agents may reach a metadata service, which hands out credentials',
  'namespace-misspelt': 'the namespace of a peer is spelt nearly as one of the app',
  'overlapping-tiers': 'one pod can belong to two tiers and gets the flows of both',
  'pod-security': 'pods of the namespace may be privileged or on the host network, where policies do not bind',
  'pods-without-tier': 'pods without a tier can neither be reached nor reach anything',
  'port-not-served': 'a port is open that no container declares',
  'service-without-exposure': 'a Service has an address outside, and no flow lets clients in',
  'source-not-preserved': 'pods may see addresses of nodes where those of clients are declared',
  'tier-unreached': 'a model server or data is reached by nobody',
  'unnamed-clients': 'data is served to clients that are not named one by one',
  'whole-namespace': 'agents may reach every pod or tier of a namespace, also those that join later',
  'wide-egress': 'model weights can leave to a wide range of addresses',
};

/** The acknowledgements as waivers; a rule that cannot be waived is refused. */
export function waivers(acknowledge: unknown): Waiver[] {
  return (optional(acknowledgements)(acknowledge, 'acknowledge') ?? []).map(({ rule, because }) => {
    if (!Object.hasOwn(WAIVABLE, rule)) {
      throw new ZeroTrustError({
        rule: 'acknowledgement',
        what: `there is no rule "${rule}" to acknowledge`,
        value: rule,
        allowed: Object.keys(WAIVABLE).join(', '),
        fix: 'Name the rule that the error printed, or remove the acknowledgement.',
      });
    }
    return { rule, because: reason(because, 'an acknowledgement') };
  });
}

const acknowledgements = listOf(
  struct<{ rule: string; because: unknown }>({ rule: text, because: anything }, 'an acknowledgement'),
  "{ rule: '…', because: '…' }",
);
