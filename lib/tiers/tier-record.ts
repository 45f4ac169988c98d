import type { TierRecord } from '../deployment/records';
import { DEFAULT_DENY } from '../engines/policy-kinds';
import type { TierRole } from '../graph/graph-data';
import { NAMESPACE_NAME_ALLOWED, namespaceNameProblem } from '../model/labels';
import { soleNamespace } from '../model/pod-set';
import type { PortSet } from '../model/port-set';
import { ZeroTrustError } from '../model/problem';
import * as selectors from '../model/selector';
import { shown } from '../model/shown';
import { takesUnlabelledPods } from '../model/unlabelled-pods';
import { waivers } from '../values/acknowledgement';
import { peerSpec } from '../values/peer';
import { portsOf } from '../values/port';
import type { GivenTier } from './tier-props';
import { ZeroTrustNamespace } from './zero-trust-namespace';

/** What a role adds to a tier. */
export interface RoleOfTier {
  readonly role: TierRole;
  readonly ports?: PortSet;
  /** Whether pods resolve names when nobody says. */
  readonly dns?: boolean;
  readonly notes?: readonly string[];
}

/** A tier while it is made. */
export interface DeclaredTier {
  readonly construct: TierRecord['construct'];
  readonly scope: ZeroTrustNamespace;
  readonly id: string;
  readonly role: RoleOfTier;
}

/**
 * A tier as it is kept, once everything that was handed over was looked at.
 *
 * @throws for a scope that is no namespace, a name that is refused, and pods that are not its own.
 */
export function tierRecord({ construct, scope, id, role }: DeclaredTier, props: GivenTier): TierRecord {
  refuseScope(scope);
  const name = props.name ?? id;
  refuseName(name);
  const pods = tierPods(props.pods, scope);
  return {
    construct,
    namespace: scope._record,
    name,
    role: role.role,
    pods,
    ports: portsOf(props.ports),
    rolePorts: role.ports,
    dns: props.dns ?? role.dns ?? scope._dns ?? true,
    notes: role.notes ?? [],
    ...(props.known !== undefined && { known: props.known._facts }),
    acknowledged: waivers(props.acknowledge),
  };
}

function refuseScope(scope: unknown): void {
  if (scope instanceof ZeroTrustNamespace) return;
  throw new ZeroTrustError({
    rule: 'tier-scope',
    what: 'a tier is made in a namespace, and its scope is not a ZeroTrustNamespace',
    value: shown(scope),
    allowed: 'a ZeroTrustNamespace as the first argument',
    fix: "const models = new ZeroTrustNamespace(chart, 'ai-inference', { purpose: Purpose.INFERENCE });",
  });
}

/** A name of a tier is the name of a policy and the value of a label, so it keeps the rules of both. */
function refuseName(name: string): void {
  const isReserved = name === DEFAULT_DENY;
  if (!isReserved && namespaceNameProblem(name) === undefined) return;
  throw new ZeroTrustError({
    rule: isReserved ? 'tier-name-reserved' : 'tier-name',
    what: `"${name}" cannot be the name of a tier: ${isReserved ? 'the policy that isolates the namespace has it' : 'its policy and a label are named after it'}`,
    value: name,
    allowed: `${NAMESPACE_NAME_ALLOWED}, and not ${DEFAULT_DENY}`,
    fix: "Give it one beside the id: { name: 'vllm', … }",
  });
}

function tierPods(pods: unknown, { namespaceName, _record }: ZeroTrustNamespace): TierRecord['pods'] {
  const isMissing = pods === undefined || pods === null;
  const spec = isMissing ? undefined : peerSpec(pods, '`pods`');
  if (spec?.kind !== 'pods') {
    throw new ZeroTrustError({
      rule: 'tier-pods',
      what: isMissing
        ? '`pods` is not given, and says which pods are the tier'
        : `\`pods\` is ${shown(pods)}, which is not Pods`,
      value: shown(pods),
      allowed: 'Pods.labeled, Pods.matching, Pods.of or Pods.all',
      fix: "Say which pods are the tier: { pods: Pods.labeled({ app: 'vllm' }) }",
    });
  }
  if ((spec.namespaces !== undefined && soleNamespace(spec.namespaces) !== namespaceName) || spec.owner !== undefined) {
    throw new ZeroTrustError({
      rule: 'tier-pods-elsewhere',
      what: `the pods of a tier run in its namespace, ${namespaceName}, and are its own`,
      value: spec.owner ?? selectors.selectorText(spec.namespaces ?? selectors.anything),
      allowed: 'pods without inNamespace and ownedBy',
      fix: 'Leave both out, or make the tier in the namespace that the pods run in.',
    });
  }
  if (_record.management === 'adopt' && spec.workload === undefined && takesUnlabelledPods(spec.pods)) {
    throw new ZeroTrustError({
      rule: 'tier-of-everything',
      what: `the tier would take every pod of ${namespaceName}, which belongs to somebody else, and open its flows to all of them`,
      value: selectors.isAnything(spec.pods) ? 'Pods.all()' : selectors.selectorText(spec.pods),
      allowed: 'pods by labels or of a construct, in a namespace that we adopt',
      fix: "Name the pods: Pods.labeled({ app: '…' })",
    });
  }
  return spec;
}
