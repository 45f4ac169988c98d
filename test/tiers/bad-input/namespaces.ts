import { Cluster, NamespaceManagement, PodSecurity, PolicyGraph, ZeroTrustNamespace } from '../../../lib';
import type { BadInputs } from './refusal';
import { because, chart, namespace, validated } from './scenarios';

export const namespaces: BadInputs = {
  'an empty purpose': {
    rule: 'purpose',
    make: () => namespace({ purpose: '' }),
    value: '',
    where: 'chart/ns',
    says: /purpose/,
  },
  'a purpose of two words': {
    rule: 'purpose',
    make: () => namespace({ purpose: 'two words' }),
    value: 'two words',
    where: 'chart/ns',
    says: /two words/,
  },
  'a name with capitals': {
    rule: 'namespace-name',
    make: () => namespace({ name: 'AI' }),
    value: 'AI',
    where: 'chart/ns',
    says: /namespace name .AI./,
  },
  'a name of 64 letters': {
    rule: 'namespace-name',
    make: () => namespace({ name: 'a'.repeat(64) }),
    where: 'chart/ns',
    says: /63/,
  },
  'a label that is ours': {
    rule: 'label-reserved',
    make: () => namespace({ labels: { purpose: 'x' } }),
    value: 'purpose: x',
    where: 'chart/ns',
    says: /purpose/,
  },
  'a label that Kubernetes refuses': {
    rule: 'label-value',
    make: () => namespace({ labels: { team: 'a b' } }),
    value: 'a b',
    where: 'chart/ns',
    says: /a b/,
  },
  'a part-of that is no label value': {
    rule: 'label-value',
    make: () => namespace({ partOf: 'a b' }),
    where: 'chart/ns',
    says: /a b/,
  },
  'privileged pods without a word': {
    rule: 'pod-security',
    make: () => namespace({ podSecurity: PodSecurity.PRIVILEGED }),
    value: 'privileged',
    where: 'chart/ns',
    says: /host network, where no policy binds/,
  },
  'adopting a namespace without a word': {
    rule: 'adopted-namespace',
    make: () => namespace({ management: NamespaceManagement.ADOPT }),
    value: 'ns',
    where: 'chart/ns',
    says: /isolate every pod in it, theirs too/,
  },
  'an acknowledgement of no rule': {
    rule: 'acknowledgement',
    make: () => namespace({ acknowledge: [{ rule: 'whatever', because }] }),
    value: 'whatever',
    where: 'chart/ns',
    says: /no rule "whatever".*wide-egress/s,
  },
  'an acknowledgement without a reason': {
    rule: 'reason',
    make: () => namespace({ acknowledge: [{ rule: 'pod-security', because: '' }] }),
    where: 'chart/ns',
    says: /cannot be reviewed/,
  },
  'two namespaces of one name': {
    rule: 'duplicate-name',
    make: () => {
      const one = chart();
      new ZeroTrustNamespace(one, 'a', { name: 'same', purpose: 'data' });
      new ZeroTrustNamespace(one, 'b', { name: 'same', purpose: 'data' });
    },
    value: 'same',
    where: 'chart/b',
    says: /declared already, at chart\/a/,
  },
  'namespaces for two clusters': {
    rule: 'one-cluster',
    make: () => {
      const one = chart();
      namespace({ cluster: Cluster.kubernetes({ name: 'a' }) }, one);
      const other = new ZeroTrustNamespace(one, 'other', {
        purpose: 'data',
        cluster: Cluster.kubernetes({ name: 'b' }),
      });
      validated(other);
    },
    says: /chart\/ns and chart\/other are for different clusters/,
  },
  'a part-of that is said twice': {
    rule: 'label-reserved',
    make: () => namespace({ partOf: 'a', labels: { 'app.kubernetes.io/part-of': 'b' } }),
    value: 'app.kubernetes.io/part-of: b',
    where: 'chart/ns',
    says: /`partOf`/,
  },
  'the graph of an app without one': {
    rule: 'no-policy-graph',
    make: () => PolicyGraph.of(chart()),
    where: 'chart',
    says: /no zero-trust namespace/,
  },
};
