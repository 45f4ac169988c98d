import { ApiObject } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Pods, Tier, type ZeroTrustNamespace } from '../../../lib';
import type { BadInputs } from './refusal';
import { namespace, tier, validated, workload } from './scenarios';

export const workloads: BadInputs = {
  'a workload in another namespace': {
    rule: 'workload-namespace',
    make: () => validated(workload({ namespace: 'other' })),
    value: 'other',
    where: 'chart/ns/tier',
    says: /in the namespace other, and the policy of the tier is in ns/,
  },
  'a workload without a namespace': {
    rule: 'workload-namespace',
    make: () => validated(workload({ namespace: undefined })),
    value: '',
    where: 'chart/ns/tier',
    says: /has no namespace/,
  },
  'a workload on the host network': {
    rule: 'host-network',
    make: () => validated(workload({}, { hostNetwork: true })),
    where: 'chart/ns/tier',
    says: /no pod selector matches them/,
  },
  'a workload that cannot be read': {
    rule: 'workload-unreadable',
    make: () => {
      const space = namespace();
      const deployment = new Deployment(space, 'empty', { metadata: { namespace: 'ns' } });
      validated(tier({ pods: Pods.of(deployment) }, space));
    },
    where: 'chart/ns/tier',
    says: /cannot be read/,
  },
  'a construct without pods': {
    rule: 'workload-template',
    make: () => {
      const space = namespace();
      const config = new ApiObject(space, 'config', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { namespace: 'ns' },
      });
      validated(tier({ pods: Pods.of(config) }, space));
    },
    where: 'chart/ns/tier',
    says: /renders no pod template/,
  },
  'one workload for two tiers': {
    rule: 'workload-twice',
    make: () => {
      const first = workload();
      const { pods } =
        first.endpoint._spec.kind === 'tier'
          ? { pods: Pods.of(first.node.scope?.node.findChild('workload') as ApiObject) }
          : { pods: Pods.all() };
      validated(new Tier(first.node.scope as ZeroTrustNamespace, 'second', { pods }));
    },
    where: 'chart/ns/second',
    says: /already that of the tier ns\/tier/,
  },
  'pods that no tier has': {
    rule: 'pods-without-tier',
    make: () => {
      const space = namespace();
      new ApiObject(space, 'idle', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'idle', namespace: 'ns' },
        spec: { containers: [{ name: 'c' }] },
      });
      validated(space);
    },
    where: 'chart/ns',
    says: /can neither be reached nor reach anything/,
  },
  'pods that the namespace would refuse': {
    rule: 'pod-security',
    make: () => validated(workload({}, { hostPID: true })),
    where: 'chart/ns',
    says: /spec\.hostPID/,
  },
  'a container port that is none': {
    rule: 'workload-unreadable',
    make: () => validated(workload({}, { containers: [{ name: 'c', ports: [{ containerPort: 70000 }] }] })),
    value: 'chart/ns/workload',
    where: 'chart/ns/tier',
    says: /70000/,
  },
  'a container port with the name of none': {
    rule: 'workload-unreadable',
    make: () => validated(workload({}, { containers: [{ name: 'c', ports: [{ name: 'HTTP', containerPort: 80 }] }] })),
    where: 'chart/ns/tier',
    says: /HTTP/,
  },
  'a container port of a protocol that policies do not know': {
    rule: 'workload-unreadable',
    make: () =>
      validated(workload({}, { containers: [{ name: 'c', ports: [{ protocol: 'ICMP', containerPort: 80 }] }] })),
    where: 'chart/ns/tier',
    says: /ICMP/,
  },
  'a construct without anything': {
    rule: 'workload-template',
    make: () => {
      const space = namespace();
      validated(tier({ pods: Pods.of(new Construct(space, 'nothing')) }, space));
    },
    value: 'chart/ns/nothing',
    where: 'chart/ns/tier',
    says: /renders no pod template/,
  },
};
