import type { PolicyRef } from '../../model/layer';
import type { Field } from '../field';
import { policyReader, type SpecReading } from '../read-policy';
import { readOrder } from './policy';
import { oneOf } from './shape';

interface BuiltIn {
  readonly order: number;
  readonly action: 'Deny' | 'Pass';
  /** From this version on it is a tier like any other. */
  readonly freeSince?: string;
}

/** Orders and default actions that Calico holds its own tiers to (api/pkg/apis/projectcalico/v3, `tier.go`). */
const BUILT_IN: Readonly<Record<string, BuiltIn>> = {
  'kube-admin': { order: 1_000, action: 'Pass' },
  adminnetworkpolicy: { order: 1_000, action: 'Pass', freeSince: '3.32' },
  default: { order: 1_000_000, action: 'Deny' },
  'kube-baseline': { order: 10_000_000, action: 'Pass' },
  baselineadminnetworkpolicy: { order: 10_000_000, action: 'Pass', freeSince: '3.32' },
};

/** A tier of Calico: where its policies are asked, and what meets whom they select and do not decide about. */
export const tierReader = policyReader(
  { group: 'projectcalico.org', kind: 'Tier', apiVersions: ['projectcalico.org/v3'], isClusterWide: true },
  readTier,
);

function readTier(spec: Field, { name }: PolicyRef): SpecReading {
  spec.only(['order', 'defaultAction']);
  const order = readOrder(spec.child('order'));
  const action = oneOf(spec.child('defaultAction'), ['Deny', 'Pass'] as const) ?? 'Deny';
  refuseName(spec, name);
  const fixed = Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined;
  const isOther = fixed !== undefined && (fixed.order !== order || fixed.action !== action);
  if (isOther && fixed.freeSince === undefined) {
    spec.refuse({
      rule: 'calico-tier',
      what: `The tier '${name}' is Calico's own, and has another order or default action`,
      value: name,
      allowed: `order ${fixed.order} and defaultAction ${fixed.action}`,
      fix: 'Leave the object out, or give it another name.',
    });
  }
  return {
    rules: [],
    isolations: [],
    rank: { layer: name, order },
    otherwise: action === 'Deny' ? 'deny' : 'next',
    ...(isOther && { since: fixed.freeSince }),
  };
}

function refuseName(spec: Field, name: string): void {
  if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name) && name.length <= 63) return;
  spec.refuse({
    rule: 'object-name',
    what: `'${name}' is not a name of a tier`,
    value: name,
    allowed: "1 to 63 of a-z 0-9 '-' that start and end with a letter or digit",
    fix: "Rename the tier, in the policies that name it too: metadata.name: 'platform'.",
  });
}
