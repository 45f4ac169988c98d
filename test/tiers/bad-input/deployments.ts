import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { Cidr, ForeignPolicy, Pods, Port, ZeroTrust, ZeroTrustNamespace } from '../../../lib';
import { everChanging } from '../scenario';
import type { BadInputs } from './refusal';
import { because, chart, foreign, namespace, tier, validated, workload } from './scenarios';

export const deployments: BadInputs = {
  'two objects of one name': {
    rule: 'duplicate-object',
    make: () => {
      const one = tier();
      new ApiObject(one, 'twin', {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'tier', namespace: 'ns' },
      });
      validated(one);
    },
    value: 'NetworkPolicy.networking.k8s.io ns/tier',
    says: /chart\/ns\/tier\/policy and chart\/ns\/tier\/twin both render/,
  },
  'one file for two objects': {
    rule: 'output-files',
    make: () => {
      const one = chart('chart', new App({ yamlOutputType: YamlOutputType.FILE_PER_RESOURCE }));
      namespace({}, one);
      validated(new ZeroTrustNamespace(one, 'other', { purpose: 'data' }));
    },
    value: 'FILE_PER_RESOURCE',
    says: /both be written to NetworkPolicy\.default-deny/,
  },
  'one file for two objects in the folder of a chart': {
    rule: 'output-files',
    make: () => {
      const one = chart('chart', new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE }));
      namespace({}, one);
      validated(new ZeroTrustNamespace(one, 'other', { purpose: 'data' }));
    },
    value: 'FOLDER_PER_CHART_FILE_PER_RESOURCE',
    says: /both be written to chart\/NetworkPolicy\.default-deny/,
  },
  'flows that do not fit into annotations': {
    rule: 'annotation-size',
    make: () => {
      const one = tier();
      for (let n = 0; n < 1200; n++) {
        one.connections.allowTo(Cidr.of(`192.0.2.${n % 256}/32`), {
          because: `${n} ${'long '.repeat(20)}`,
          ports: [Port.tcp(1 + n)],
        });
      }
      validated(one);
    },
    where: 'chart/ns/tier',
    says: /Kubernetes takes 262144/,
  },
  'a policy of others that is declared without a reason': {
    rule: 'reason',
    make: () => {
      const one = tier();
      ForeignPolicy.declare(one, [{ source: one, destination: one, because: 'meant' }]);
    },
    value: 'meant',
    where: 'chart/ns/tier',
    says: /"meant" is not a reason/,
  },
  'a policy of others between pods of any namespace': {
    rule: 'peer-namespace',
    make: () => {
      const one = tier();
      ForeignPolicy.declare(one, [{ source: Pods.labeled({ app: 'x' }), destination: one, because }]);
    },
    where: 'chart/ns/tier',
    says: /the namespace of the pods is not given/,
  },
  'a policy of others with a tier of another app': {
    rule: 'peer-other-app',
    make: () => {
      const one = tier();
      ForeignPolicy.declare(one, [{ source: tier(), destination: one, because }]);
    },
    value: 'chart/ns/tier',
    where: 'chart/ns/tier',
    says: /belongs to another app/,
  },
  'a policy of others with a construct without pods': {
    rule: 'peer-workload',
    make: () => {
      const one = tier();
      const nothing = new Construct(one, 'nothing');
      ForeignPolicy.declare(one, [{ source: Pods.of(nothing), destination: one, because }]);
      validated(one);
    },
    value: 'chart/ns/tier/nothing',
    says: /must render one pod template/,
  },
  'a workload that changes while it is synthesized': {
    rule: 'changed-in-synthesis',
    make: () => {
      const one = workload({}, {}, { app: 'x', version: everChanging() });
      one.connections.allowTo(foreign().ownedBy('others'), { because, ports: [Port.tcp(80)] });
      (one.node.root as App).synthYaml();
    },
    value: 'workload',
    where: 'chart/ns/workload',
    says: /not what was proved/,
  },
  'a folder that holds the directory that the app runs in': {
    rule: 'render-folder',
    make: () => ZeroTrust.render(rendered(), { folder: '.' }),
    where: process.cwd(),
    says: /it is, or holds, the directory that the app runs in/,
  },
  'a folder in something that is none': {
    rule: 'render-files',
    make: () => ZeroTrust.render(rendered(), { folder: '/dev/null/dist' }),
    where: '/dev/null/dist',
    says: /cannot be written, and what was there is as it was/,
  },
  'an app that renders nothing': {
    rule: 'render-nothing',
    make: () => ZeroTrust.render(new App(), { folder: join(tmpdir(), 'zero-trust-nothing') }),
    says: /renders no manifest/,
  },
};

function rendered(): App {
  const { root } = tier().node;
  return root as App;
}
