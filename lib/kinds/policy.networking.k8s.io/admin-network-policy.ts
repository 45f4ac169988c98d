import type { PolicyRef } from '../../model/layer';
import { said } from '../../model/said';
import type { Field } from '../field';
import { memoizing } from '../networking.k8s.io';
import type { PolicyReader } from '../policy-reading';
import { objectReader, type SpecReading } from '../read-policy';
import { isOldPeer } from './admin-form';
import { readAdminPorts } from './admin-ports';
import { ADMIN_LAYER, BASELINE_LAYER } from './kind-names';
import { NOBODY, readSubject } from './peers';
import { type RuleForm, readAllRules, readPriority } from './rules';

/** What both kinds share; they are of v1alpha1 in every release that has them, 0.1.0 to 0.1.8. */
const V1ALPHA1 = {
  group: 'policy.networking.k8s.io',
  apiVersions: ['policy.networking.k8s.io/v1alpha1'],
  isClusterWide: true,
};

/**
 * AdminNetworkPolicy as the CRD of release 0.1.8 validates it in its experimental channel (sigs.k8s.io/network-policy-api,
 * `apis/v1alpha1/adminnetworkpolicy_types.go`). It isolates nobody: what no rule matches goes on.
 */
export const adminNetworkPolicyReader: PolicyReader = objectReader(
  { ...V1ALPHA1, kind: 'AdminNetworkPolicy' },
  ['spec'],
  (top, policy) => {
    const spec = specOf(top, 'AdminNetworkPolicy', ['priority']);
    return {
      ...readSpec(spec, policy, ADMIN_FORM),
      rank: { layer: ADMIN_LAYER, order: readPriority(spec.child('priority')) },
    };
  },
);

/** BaselineAdminNetworkPolicy, in the same way: the last word on pods that no NetworkPolicy selects, and one in a cluster. */
export const baselineAdminNetworkPolicyReader: PolicyReader = objectReader(
  { ...V1ALPHA1, kind: 'BaselineAdminNetworkPolicy' },
  ['spec'],
  (top, policy) => {
    const spec = specOf(top, 'BaselineAdminNetworkPolicy', []);
    const name = top.child('metadata').child('name');
    if (!name.isAbsent && name.value !== ONLY_NAME) name.refuse(otherName(name.value));
    return { ...readSpec(spec, policy, BASELINE_FORM), rank: { layer: BASELINE_LAYER, order: 0 } };
  },
);

const ONLY_NAME = 'default';

const PODS = ['namespaces', 'pods'];

const BASELINE_FORM: RuleForm = {
  actions: { Allow: 'allow', Deny: 'deny' },
  peers: {
    fields: { ingress: PODS, egress: [...PODS, 'networks', 'nodes'] },
    needsNamespaceSelector: true,
    isOtherForm: isOldPeer,
  },
  portsField: 'ports',
  readPorts: readAdminPorts,
  most: 100,
};

const ADMIN_FORM: RuleForm = {
  ...BASELINE_FORM,
  actions: { ...BASELINE_FORM.actions, Pass: 'pass' },
  peers: {
    ...BASELINE_FORM.peers,
    fields: { ingress: PODS, egress: [...BASELINE_FORM.peers.fields.egress, 'domainNames'] },
  },
};

function specOf(top: Field, kind: string, more: readonly string[]): Field {
  const spec = top.child('spec');
  if (spec.isAbsent) {
    spec.refuse({
      rule: 'field-missing',
      what: `A ${kind} without a spec decides nothing`,
      allowed: 'a spec',
      fix: 'Write what it is about, and its rules.',
    });
  }
  return spec.only([...more, 'subject', 'ingress', 'egress']);
}

function readSpec(spec: Field, policy: PolicyRef, form: RuleForm): SpecReading {
  const values = memoizing();
  const subject = readSubject(spec.child('subject'), form.peers, values);
  return {
    rules: readAllRules(spec, { policy, subject: subject ?? NOBODY, form, values }),
    isolations: [],
    ...(subject !== undefined && { mayBind: [subject] }),
  };
}

function otherName(value: unknown) {
  return {
    rule: 'object-name',
    what: `There is one BaselineAdminNetworkPolicy in a cluster, and the API server refuses the name '${said(value)}'`,
    value: said(value),
    allowed: ONLY_NAME,
    fix: `Name it '${ONLY_NAME}', with the rules of all.`,
  };
}
