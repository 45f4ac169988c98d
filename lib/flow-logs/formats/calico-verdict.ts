import type { FlowVerdict, PolicySeen } from '../flow-record';
import { fieldsOf, listOf, textOf } from '../reading/fields';

/** Enumerations by number (projectcalico/calico `goldmane/proto/api.proto`); Whisker writes their names. */
export const ACTIONS = ['ActionUnspecified', 'Allow', 'Deny', 'Pass'];
const KINDS = [
  'KindUnspecified',
  'CalicoNetworkPolicy',
  'GlobalNetworkPolicy',
  'StagedNetworkPolicy',
  'StagedGlobalNetworkPolicy',
  'StagedKubernetesNetworkPolicy',
  'NetworkPolicy',
  undefined,
  undefined,
  'Profile',
  'EndOfTier',
  'ClusterNetworkPolicy',
];

/** A step of Calico's decision: a policy, or the end of a tier. */
interface Step {
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly action?: string;
}

interface Hit extends Step {
  /** The policy that isolates, where the end of a tier denies. */
  readonly trigger?: Step;
}

interface Decided {
  readonly verdict: FlowVerdict;
  readonly byPolicy?: boolean;
  readonly reason?: string;
  readonly policies?: readonly PolicySeen[];
}

/**
 * What was decided, and by whom. `pending` is what would be decided if staged policies were enforced. The last step
 * decides: those before it pass on.
 */
export function calicoVerdict(action: unknown, enforced: unknown, pending: unknown): Decided {
  const said = wordOf(ACTIONS, action);
  const decided = hitOf(listOf(enforced).at(-1));
  if (said === 'Deny') {
    return { verdict: 'dropped', byPolicy: true, reason: reasonOf(decided), policies: policiesOf(decided) };
  }
  if (said !== 'Allow') return { verdict: 'unknown' };
  const wouldDecide = hitOf(listOf(pending).at(-1));
  if (wouldDecide?.action === 'Deny') return { verdict: 'audited', policies: policiesOf(wouldDecide) };
  return { verdict: 'passed', policies: policiesOf(decided) };
}

/** The word of an enumeration, whether it is written or numbered. */
export function wordOf(words: readonly (string | undefined)[], value: unknown): string | undefined {
  return typeof value === 'number' ? words[value] : textOf(value);
}

function hitOf(value: unknown): Hit | undefined {
  const hit = fieldsOf(value);
  return hit === undefined ? undefined : { ...stepOf(hit), trigger: stepOf(hit['trigger']) };
}

function stepOf(value: unknown): Step | undefined {
  const step = fieldsOf(value);
  if (step === undefined) return undefined;
  return {
    kind: wordOf(KINDS, step['kind']),
    namespace: textOf(step['namespace']),
    name: textOf(step['name']),
    action: wordOf(ACTIONS, step['action']),
  };
}

function reasonOf(hit: Hit | undefined): string | undefined {
  return hit?.kind === undefined ? undefined : `${hit.kind} ${hit.action ?? ''}`.trim();
}

/** A profile decides where no policy selects the pod: it is none itself. */
function policiesOf(hit: Hit | undefined): readonly PolicySeen[] | undefined {
  const policy = hit?.kind === 'EndOfTier' ? hit.trigger : hit;
  if (policy?.name === undefined || policy.kind === 'Profile') return undefined;
  return [{ kind: policy.kind, namespace: policy.namespace, name: policy.name }];
}
