import type { ApiObject } from 'cdk8s';
import type { KnownSystem } from '../../known-systems';
import { isEmitted } from '../workloads/emitted';
import { rendering } from '../workloads/rendering';
import { type KnownTier, knownTiers, systems } from './known-tiers';
import type { Seen } from './seen';
import type { Suspicion, Warning } from './warning';

/** A policy that the chart of a system brings along. Policies add up, so that it undoes what the tier closes. */
export const knownPolicy: Warning = {
  id: 'known-policy',
  level: 'warning',
  why: 'Policies add up, so that what it lets through passes beside what the tier declares',
  fix: 'Turn the policy off by the value of the chart that the message names.',
  // Where the chart's policy has the name of ours, turning it off is what mends that as well.
  besides: ['duplicate-object'],
  find: (seen) => [...ofCharts(seen), ...ofSandboxes(seen)],
};

function ofCharts(seen: Seen): Suspicion[] {
  const known = knownTiers(seen).filter(({ system }) => system.policies !== undefined);
  if (known.length === 0) return [];
  const policies = seen.objects.filter((object) => object.kind === 'NetworkPolicy' && !isEmitted(object));
  return known.flatMap((one) =>
    policies
      .filter((policy) => selects(policy, one))
      .map((policy) => {
        const { tier, system } = one;
        return {
          construct: tier.record.construct,
          about: `NetworkPolicy ${tier.record.namespace.name}/${policy.name}`,
          ...said(system, policy.node.path),
          value: policy.name,
          acknowledged: [tier.record.acknowledged, tier.record.namespace.acknowledged],
        };
      }),
  );
}

/** Every policy that the system may come with, where there are several: nothing of the object says which of them it is. */
function said({ title, policies = [] }: KnownSystem, path: string): { readonly what: string; readonly fix: string } {
  const waiver = `or acknowledge it: acknowledge: [{ rule: 'known-policy', because: '…' }]`;
  const effects = policies
    .map(({ by, effect }) => `that of ${by}${by.includes(',') ? ',' : ''} opens ${effect}`)
    .join('; ');
  if (policies.length === 1)
    return {
      what: `${title} comes with a policy of its own, ${path}: ${effects}`,
      fix: `Turn it off in its values, ${policies[0].off}; ${waiver}`,
    };
  return {
    what: `${title} comes with policies of its own, and ${path} may be any of them: ${effects}`,
    fix: `Turn it off in its values: ${policies.map(({ by, off }) => `${off} (${by})`).join('; ')}; ${waiver}`,
  };
}

/** The controller of agent-sandbox writes one for a template, which nobody sees among the objects, unless the template says not to. */
function ofSandboxes({ seenTiers }: Seen): Suspicion[] {
  return seenTiers.flatMap(({ record, object, key }) => {
    if (object?.kind !== 'SandboxTemplate' || object.apiGroup !== 'extensions.agents.x-k8s.io') return [];
    const { networkPolicyManagement, networkPolicy } = rendering(object).spec ?? {};
    if (networkPolicyManagement === 'Unmanaged' || networkPolicy !== undefined) return [];
    const [shipped] = systems().KNOWN_SYSTEMS.find(({ id }) => id === 'agent-sandbox')?.policies ?? [];
    if (shipped === undefined) return [];
    return [
      {
        construct: record.construct,
        about: key,
        what: `${shipped.by}, writes a policy for ${object.node.path} that opens: ${shipped.effect}`,
        value: `${object.name}-network-policy`,
        fix: `Set ${shipped.off}; or acknowledge it: acknowledge: [{ rule: 'known-policy', because: '…' }]`,
        acknowledged: [record.acknowledged, record.namespace.acknowledged],
      },
    ];
  });
}

/** By the labels of the pods that the app renders; an expression is taken to hold. */
function selects(policy: ApiObject, { tier }: KnownTier): boolean {
  if (policy.metadata.namespace !== tier.record.namespace.name) return false;
  const wanted = Object.entries(matchLabelsOf(policy));
  return tier.pods.some(({ pods: { labels } }) => wanted.every(([key, value]) => labels[key] === value));
}

function matchLabelsOf(policy: ApiObject): Readonly<Record<string, unknown>> {
  return rendering(policy).spec?.podSelector?.matchLabels ?? {};
}
