import {
  CALICO_NAME,
  type CalicoEnd,
  type CalicoPolicy,
  calicoPort,
  calicoRules,
  IS_POD,
  isCalico,
  tiersOf,
} from './calico';
import { meaningOf, parsed } from './calico-selector';
import { and, FALSE, type Formula, ite, not, or, TRUE } from './formula';
import { NAME_LABEL, namespaceOf } from './manifests';
import { bindsSubject, isAllowedBy, type Layer, type Without } from './network-policy';
import type { PodTerms, Situation } from './situation';
import { knownLabel, type LabelTerms } from './unknowns';
import type { World } from './world';

/**
 * Tier after tier, rule after rule: the first that matches decides, Pass leaves it to the next tier, and
 * Log decides nothing. At the end of a tier
 * that denies, whom some policy of it selects has nothing else; others go on, and pass after the last one.
 */
export function calicoLayers({ manifests }: World, at: Situation, without: Without): Layer[] {
  return tiersOf(manifests, at.direction).map(({ policies, denies }) => {
    const bound = policies
      .map((policy) => ({ policy, binds: isCalico(policy) ? isSubject(policy, at) : bindsSubject(policy, at) }))
      .filter(({ binds }) => binds !== FALSE);
    const rules = bound
      .flatMap(({ policy, binds }) =>
        isCalico(policy)
          ? calicoRules(policy, at.direction).map(({ rule: { action, protocol }, own, other, ports }) => ({
              action,
              matches: and(
                binds,
                isEnd(own, policy, at, 'subject'),
                isEnd(other, policy, at, 'peer'),
                isOn(protocol, ports, at),
              ),
            }))
          : [{ action: 'Allow', matches: and(binds, isAllowedBy(policy, at)) }],
      )
      .filter(({ action }) => action !== 'Log' && !(without.allows && action === 'Allow'));
    const first = (wanted: string, atEnd: Formula) =>
      rules.reduceRight((rest, { action, matches }) => ite(matches, action === wanted ? TRUE : FALSE, rest), atEnd);
    const isolated = denies && !without.isolation ? or(...bound.map(({ binds }) => binds)) : FALSE;
    return { allows: first('Allow', FALSE), denies: first('Deny', isolated) };
  });
}

function isSubject(policy: CalicoPolicy, { subject }: Situation): Formula {
  const { selector = '', namespaceSelector = '' } = policy.spec;
  return and(
    policy.metadata.namespace == null
      ? holdsForNamespace(namespaceSelector, subject)
      : isIn(namespaceOf(policy), subject),
    holdsForPod(selector, subject),
  );
}

/** Selectors mean pods; without a selector of namespaces those of the policy's own, if it has one. All that is said must hold. */
function isEnd(
  { selector, namespaceSelector, nets, notNets }: CalicoEnd,
  policy: CalicoPolicy,
  at: Situation,
  whose: 'subject' | 'peer',
): Formula {
  const pod = at[whose];
  const isByLabels = selector !== undefined || namespaceSelector !== undefined;
  if (whose === 'subject' && (nets ?? notNets) !== undefined) throw new Error('not encoded: subjects by address');
  const isOwn = policy.metadata.namespace != null && namespaceSelector === undefined;
  const matchesAddress = at.isSeenByAddress();
  return and(
    ...(isByLabels
      ? [
          whose === 'peer' ? at.peerIsPod : TRUE,
          isOwn ? isIn(namespaceOf(policy), pod) : holdsForNamespace(namespaceSelector ?? '', pod),
          holdsForPod(selector ?? '', pod),
        ]
      : []),
    ...(nets === undefined ? [] : [matchesAddress, or(...nets.map(at.peerIsAt))]),
    ...(notNets ?? []).map((net) => not(and(matchesAddress, at.peerIsAt(net)))),
  );
}

function isOn(protocol: string | undefined, ports: readonly (number | string)[] | undefined, at: Situation): Formula {
  if (protocol === undefined) {
    if (ports !== undefined) throw new Error('not encoded: ports without a protocol');
    return TRUE;
  }
  return ports === undefined ? at.isOn({ protocol }) : or(...ports.map((port) => at.isOn(calicoPort(protocol, port))));
}

function isIn(name: string, pod: PodTerms): Formula {
  return pod.namespace(NAME_LABEL).is(name);
}

function holdsForPod(selector: string, { label }: PodTerms): Formula {
  return holds(selector, (key) => (key === IS_POD.key ? knownLabel(IS_POD.value) : label(key)));
}

function holdsForNamespace(selector: string, { namespace }: PodTerms): Formula {
  return holds(selector, (key) => namespace(key === CALICO_NAME ? NAME_LABEL : key));
}

function holds(selector: string, label: LabelTerms): Formula {
  return meaningOf<Formula>(parsed(selector), {
    all: (parts) => and(...parts),
    any: (parts) => or(...parts),
    not,
    has: (key) => not(label(key).isAbsent),
    is: (key, value) => label(key).is(value),
  });
}
