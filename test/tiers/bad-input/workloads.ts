import { ApiObject } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Pods, Tier, type WorkloadChoice, type ZeroTrustNamespace } from '../../../lib';
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
    alone: true,
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
  'a construct with several workloads': {
    rule: 'workload-several',
    make: () => validated(workloadOf({})),
    value: 'Deployment api, Job load',
    where: 'chart/ns/tier',
    says: /Allowed: Deployment api, Job load\.\nSay which: Pods\.of\(…, \{ kind: 'Deployment', name: 'api' \}\)/,
  },
  'a workload that the construct does not have': {
    rule: 'workload-unknown',
    make: () => validated(workloadOf({ kind: 'Job', name: 'loader' })),
    value: 'Job loader',
    where: 'chart/ns/tier',
    alone: true,
    says: /Pods\.of\(…, \{ kind: 'Job', name: 'load' \}\)/,
  },
  'pods that an operator makes': {
    rule: 'workload-made-elsewhere',
    make: () => {
      const space = namespace();
      const postgres = new ApiObject(space, 'pg', {
        apiVersion: 'postgresql.cnpg.io/v1',
        kind: 'Cluster',
        metadata: { name: 'pg', namespace: 'ns' },
      });
      validated(tier({ pods: Pods.of(postgres) }, space));
    },
    value: 'Cluster pg',
    where: 'chart/ns/tier',
    says: /Pods\.labeled\(\{ 'cnpg\.io\/cluster': 'pg', 'cnpg\.io\/podRole': 'instance' \}\)/,
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
    says: /spec\.hostPID.*podSecurity: PodSecurity\.PRIVILEGED, acknowledge: \[\{ rule: 'pod-security'/s,
  },
  'a container port that is none': {
    rule: 'workload-unreadable',
    make: () => validated(workload({}, { containers: [{ name: 'c', ports: [{ containerPort: 70000 }] }] })),
    value: 'chart/ns/workload',
    where: 'chart/ns/tier',
    says: /container c: 70000 is not a port number.*whole numbers from 1 to 65535/s,
  },
  'a container port with the name of none': {
    rule: 'workload-unreadable',
    make: () => validated(workload({}, { containers: [{ name: 'c', ports: [{ name: 'HTTP', containerPort: 80 }] }] })),
    where: 'chart/ns/tier',
    says: /container c: The port name 'HTTP'.*Allowed: 1 to 15/s,
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

/** A tier of one of the two workloads of a construct. */
function workloadOf(choice: WorkloadChoice): Tier {
  const space = namespace();
  const both = new Construct(space, 'both');
  for (const [kind, name, apiVersion] of [
    ['Deployment', 'api', 'apps/v1'],
    ['Job', 'load', 'batch/v1'],
  ]) {
    const spec = { template: { spec: { containers: [{ name: 'c' }] } } };
    new ApiObject(both, name, { apiVersion, kind, metadata: { name, namespace: 'ns' }, spec });
  }
  return tier({ pods: Pods.of(both, choice) }, space);
}
