import { ApiObject, type Chart, Cron } from 'cdk8s';
import { CronJob, Deployment, Service } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';

/** A server in a container of its own, with a Service before it on port 80. */
export function server(chart: Chart, namespace: string, name: string, image: string, port: number): IConstruct {
  const metadata = { name, namespace };
  const deployment = new Deployment(chart, name, { metadata, securityContext: { ensureNonRoot: true } });
  deployment.addContainer({ name: 'server', image, ports: [{ name: 'http', number: port }], resources: {} });
  new Service(chart, `${name}-service`, {
    metadata,
    selector: deployment,
    ports: [{ name: 'http', port: 80, targetPort: port }],
  });
  return deployment;
}

/** A Ray cluster that serves a model too large for one node. */
export function rayCluster(chart: Chart, namespace: string, name: string): ApiObject {
  const container = {
    name: 'ray',
    image: 'rayproject/ray-llm:2.60.0',
    env: [{ name: 'RAY_USAGE_STATS_ENABLED', value: '0' }],
    ports: [{ name: 'serve', containerPort: 8000 }],
  };
  const template = { spec: { containers: [container] } };
  return new ApiObject(chart, name, {
    apiVersion: 'ray.io/v1',
    kind: 'RayCluster',
    metadata: { name, namespace },
    spec: {
      headGroupSpec: { rayStartParams: {}, template },
      workerGroupSpecs: [{ groupName: 'gpu', replicas: 4, rayStartParams: {}, template }],
    },
  });
}

/** A database that the CloudNativePG operator runs, whose pods inherit its label `app`. */
export function postgres(chart: Chart, namespace: string, name: string): void {
  new ApiObject(chart, name, {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: { name, namespace },
    spec: { instances: 3, storage: { size: '100Gi' }, inheritedMetadata: { labels: { app: name } } },
  });
}

/** A job that looks for new weights every night. */
export function nightly(chart: Chart, namespace: string, name: string, image: string): IConstruct {
  const job = new CronJob(chart, name, {
    metadata: { name, namespace },
    schedule: Cron.schedule({ minute: '0', hour: '2' }),
    securityContext: { ensureNonRoot: true },
  });
  job.addContainer({ name: 'pull', image, resources: {} });
  return job;
}
