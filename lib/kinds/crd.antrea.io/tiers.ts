import { said } from '../../model/said';
import type { Field } from '../field';
import { policyReader, type SpecReading } from '../read-policy';
import { refused } from './shape';

/** The tiers that Antrea makes by itself (`pkg/controller/networkpolicy/tier.go`). */
export const STATIC_TIERS: Readonly<Record<string, number>> = {
  emergency: 50,
  securityops: 100,
  networkops: 150,
  platform: 200,
  application: 250,
  baseline: 253,
};

/** Where a policy goes that names none. */
const DEFAULT_TIER = 'application';

/** The names that tiers had before they were objects are still taken (`staticTierSet`). */
const OLD_NAMES: Readonly<Record<string, string>> = {
  Emergency: 'emergency',
  SecurityOps: 'securityops',
  NetworkOps: 'networkops',
  Platform: 'platform',
  Application: 'application',
  Baseline: 'baseline',
};

/** A Tier decides nothing: it says when the policies in it are asked. Its rank holds its name and its priority. */
export const tierReader = policyReader(
  { group: 'crd.antrea.io', kind: 'Tier', apiVersions: ['crd.antrea.io/v1beta1'], isClusterWide: true },
  (spec, { name }): SpecReading => {
    spec.only(['priority', 'description']);
    spec.child('description').text();
    return { rules: [], isolations: [], rank: { layer: name, order: readTierPriority(spec.child('priority'), name) } };
  },
);

/** The name of the tier that a policy is in. */
export function readTierName(field: Field): string {
  const name = field.text() ?? '';
  if (name === '') return DEFAULT_TIER;
  return Object.hasOwn(OLD_NAMES, name) ? OLD_NAMES[name] : name;
}

function readTierPriority(field: Field, name: string): number {
  const { value } = field;
  if (Object.hasOwn(STATIC_TIERS, name)) {
    if (value === STATIC_TIERS[name]) return value;
    refused(
      field,
      `The tier ${name} is Antrea's own, and has priority ${STATIC_TIERS[name]}`,
      'its own priority',
      value,
    );
    return STATIC_TIERS[name];
  }
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value >= STATIC_TIERS.application) {
    refused(field, `${said(value)} is not a priority of a tier`, 'a whole number from 0 to 249', value);
    return Number.POSITIVE_INFINITY;
  }
  const same = Object.keys(STATIC_TIERS).find((it) => STATIC_TIERS[it] === value);
  if (same !== undefined)
    refused(field, `The tier ${same} has priority ${value}`, 'a priority that no tier has', value);
  return value;
}
