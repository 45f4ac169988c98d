import type { PolicyRef } from '../../model/layer';
import { said } from '../../model/said';
import type { Field } from '../field';
import { memoizing } from '../networking.k8s.io';
import { policyReader, type SpecReading } from '../read-policy';
import { NOBODY, readSubject } from './peers';
import { readProtocols } from './ports';
import { oneOfTexts, type RuleForm, readAllRules, readPriority } from './rules';

/**
 * ClusterNetworkPolicy of v1alpha2 and v1beta1, which have one schema, in both of its channels, as its CRD validates it
 * (sigs.k8s.io/network-policy-api v0.3.0, `apis/v1beta1/clusternetworkpolicy_types.go`). It isolates nobody: what no rule
 * matches goes on.
 */
export const clusterNetworkPolicyReader = policyReader(
  {
    group: 'policy.networking.k8s.io',
    kind: 'ClusterNetworkPolicy',
    apiVersions: ['policy.networking.k8s.io/v1alpha2', 'policy.networking.k8s.io/v1beta1'],
    isClusterWide: true,
  },
  readSpec,
);

const FORM: RuleForm = {
  actions: { Accept: 'allow', Deny: 'deny', Pass: 'pass' },
  peers: {
    // Sources are pods alone: what comes from outside cannot be named (`ClusterNetworkPolicyIngressPeer`).
    fields: {
      ingress: ['namespaces', 'pods'],
      egress: ['namespaces', 'pods', 'nodes', 'networks', 'domainNames'],
    },
    needsNamespaceSelector: false,
  },
  portsField: 'protocols',
  readPorts: readProtocols,
  most: 25,
};

function readSpec(spec: Field, policy: PolicyRef): SpecReading {
  spec.only(['tier', 'priority', 'subject', 'ingress', 'egress']);
  const values = memoizing();
  const subject = readSubject(spec.child('subject'), FORM.peers, values);
  return {
    rules: readAllRules(spec, { policy, subject: subject ?? NOBODY, form: FORM, values }),
    isolations: [],
    ...(subject !== undefined && { mayBind: [subject] }),
    rank: { layer: readTier(spec.child('tier')), order: readPriority(spec.child('priority')) },
  };
}

function readTier(field: Field): string {
  if (field.value !== 'Admin' && field.value !== 'Baseline')
    field.refuse(oneOfTexts('policy-tier', 'a tier', field.value, ['Admin', 'Baseline']));
  return said(field.value);
}
