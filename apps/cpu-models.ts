import { App, type AppProps, Chart } from 'cdk8s';
import { Deployment, Service } from 'cdk8s-plus-28';
import { InferenceTier, Pods, Port, Purpose, Tier, ZeroTrustNamespace } from '../lib';

/**
 * Lightweight models that run on CPUs, each fed by one service. Only that service comes in, a monitoring namespace scrapes,
 * and nothing goes out but name resolution for the service; pods of other projects cannot cross in.
 *
 * The workloads are real cdk8s-plus Deployments: labels, ports and namespace are read from what they render.
 *
 * The usual YAML lets in `namespaceSelector: { purpose: monitoring }`, which any namespace may wear; here the namespace is
 * named, and only Prometheus in it.
 */
export function cpuModels(props: AppProps = {}): App {
  const app = new App(props);
  const chart = new Chart(app, 'cpu-models', { namespace: 'cpu-models' });
  const namespace = new ZeroTrustNamespace(chart, 'cpu-models', { purpose: Purpose.INFERENCE, partOf: 'cpu-models' });
  const prometheus = Pods.labeled({ 'app.kubernetes.io/name': 'prometheus' })
    .inNamespace('monitoring')
    .ownedBy('platform team');

  const classifier = new InferenceTier(namespace, 'classifier', {
    pods: Pods.of(modelServer(chart, 'classifier', 'registry.example/classifier:1.4.0')),
    ports: [Port.named('http')],
    dns: false,
    metrics: [{ peer: prometheus, ports: [Port.named('metrics')] }],
  });
  const embedder = new InferenceTier(namespace, 'embedder', {
    pods: Pods.of(modelServer(chart, 'embedder', 'registry.example/embedder:2.0.1')),
    ports: [Port.named('http')],
    dns: false,
    metrics: [{ peer: prometheus, ports: [Port.named('metrics')] }],
  });
  const ingest = new Tier(namespace, 'ingest', { pods: Pods.of(ingestService(chart)) });

  ingest.connections.allowTo(classifier, { because: 'every document is classified on arrival' });
  ingest.connections.allowTo(embedder, { because: 'every document is embedded for search' });
  ingest.connections.allowFrom(
    Pods.labeled({ app: 'document-queue' }).inNamespace('documents').ownedBy('documents team'),
    { because: 'the queue pushes new documents' },
  );
  return app;
}

function modelServer(chart: Chart, name: string, image: string): Deployment {
  const deployment = new Deployment(chart, name, {
    metadata: { name },
    replicas: 2,
    securityContext: { ensureNonRoot: true },
  });
  deployment.addContainer({
    name: 'server',
    image,
    ports: [
      { name: 'http', number: 8000 },
      { name: 'metrics', number: 9090 },
    ],
    resources: {},
  });
  new Service(chart, `${name}-service`, {
    metadata: { name },
    selector: deployment,
    ports: [{ name: 'http', port: 80, targetPort: 8000 }],
  });
  return deployment;
}

function ingestService(chart: Chart): Deployment {
  const deployment = new Deployment(chart, 'ingest', { metadata: { name: 'ingest' } });
  deployment.addContainer({ name: 'ingest', image: 'registry.example/ingest:0.9.2', ports: [{ number: 8080 }] });
  return deployment;
}
