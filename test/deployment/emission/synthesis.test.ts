import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Lazy, YamlOutputType } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cidr, Cluster, Pods, PolicyGraph, Port, Tier, type ZeroTrustNamespace } from '../../../lib';
import { computeState } from '../../../lib/deployment/deployment-state';
import { proveDeployment } from '../../../lib/deployment/proving/deployment-proof';
import { asked, everChanging, manifestsOf, messageOf, namespace } from '../../tiers/scenario';

jest.mock('../../../lib/deployment/deployment-state', () => {
  const actual = jest.requireActual('../../../lib/deployment/deployment-state');
  return { ...actual, computeState: jest.fn(actual.computeState) };
});
jest.mock('../../../lib/deployment/proving/deployment-proof', () => {
  const actual = jest.requireActual('../../../lib/deployment/proving/deployment-proof');
  return { ...actual, proveDeployment: jest.fn(actual.proveDeployment) };
});

const because = 'each calls the next';

/** A ring of tiers, each in a chart and a namespace of its own, made of a cdk8s-plus Deployment. */
function ring(size: number, outdir?: string) {
  const app = new App({ outdir });
  const tiers = Array.from({ length: size }, (_, index) => {
    const name = `t${index}`;
    const space = namespace(name, {}, new Chart(app, `chart-${index}`));
    return new Tier(space, name, { pods: Pods.of(deploymentIn(space)) });
  });
  tiers.forEach((tier, index) => {
    tier.connections.allowTo(tiers[(index + 1) % size] as Tier, { because });
  });
  return { app, tiers };
}

function deploymentIn(space: ZeroTrustNamespace): Deployment {
  return new Deployment(space, 'deployment', {
    metadata: { name: 'server', namespace: space.namespaceName },
    containers: [{ image: 'server', portNumber: 8080 }],
  });
}

const deploymentOf = (tier: Tier) => tier.node.scope?.node.findChild('deployment') as Deployment;

function pod(scope: Construct, name: string, labels: object): ApiObject {
  return new ApiObject(scope, name, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 't0' },
    spec: { template: { metadata: { labels }, spec: { containers: [{ name: 'c' }] } } },
  });
}

/** Runs a synthesis into a folder of its own; gives what it wrote, and what it threw. */
function synthesized(make: (outdir: string) => App): { files: string[]; error?: Error } {
  const outdir = mkdtempSync(join(tmpdir(), 'synthesis-'));
  try {
    // The folder is set here too, for apps that were made before it: their default is the project's own `dist`.
    Object.assign(make(outdir), { outdir }).synth();
    return { files: readdirSync(outdir) };
  } catch (error) {
    return { files: readdirSync(outdir), error: error as Error };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

describe('the work of a synthesis', () => {
  beforeEach(() => {
    jest.mocked(computeState).mockClear();
    jest.mocked(proveDeployment).mockClear();
  });

  it('is done once, however many charts there are', () => {
    const { app } = ring(10);
    synthesized(() => app);
    expect(computeState).toHaveBeenCalledTimes(1);
    expect(proveDeployment).toHaveBeenCalledTimes(1);
  });

  it('is not done again for a graph, or for another synthesis of the same', () => {
    const { app } = ring(3);
    PolicyGraph.of(app);
    app.synthYaml();
    PolicyGraph.of(app);
    app.synthYaml();
    expect(computeState).toHaveBeenCalledTimes(1);
    expect(proveDeployment).toHaveBeenCalledTimes(1);
  });

  it('is done again after a change in place, and after a new declaration', () => {
    const { app, tiers } = ring(3);
    const [first] = tiers as [Tier];
    app.synthYaml();
    deploymentOf(first).addContainer({ image: 'exporter', name: 'exporter', portNumber: 9187 });
    app.synthYaml();
    expect(computeState).toHaveBeenCalledTimes(2);
    expect(PolicyGraph.of(first).flows.map(({ traffic }) => traffic)).toContain('TCP/8080,9187');
    first.connections.allowFrom(Cidr.of('203.0.113.0/24'), { because: 'partners call' });
    app.synthYaml();
    expect(computeState).toHaveBeenCalledTimes(3);
    Cluster.use(app, Cluster.kubernetes({ name: 'other' }));
    app.synthYaml();
    expect(computeState).toHaveBeenCalledTimes(4);
  });

  it('is done again when one object takes the place of another', () => {
    const space = namespace('t0', { acknowledge: [{ rule: 'pods-without-tier', because }] });
    new Tier(space, 'tier', { pods: Pods.labeled({ app: 'x' }) });
    pod(space, 'one', { app: 'y' });
    manifestsOf(space);
    space.node.tryRemoveChild('one');
    pod(space, 'other', { app: 'x' });
    manifestsOf(space);
    expect(computeState).toHaveBeenCalledTimes(2);
  });

  const renderings = (charts: number, prepare: (app: App) => void = () => {}) => {
    const { app, tiers } = ring(charts);
    let count = 0;
    const counted = Lazy.any({
      produce: () => {
        count += 1;
        return 'counted';
      },
    });
    const [first] = tiers as [Tier];
    deploymentOf(first).podMetadata.addAnnotation('counted', counted);
    prepare(app);
    synthesized(() => app);
    return count;
  };

  it('renders a workload as often with many charts as with few', () => {
    expect(renderings(12)).toBe(renderings(3));
  });

  it('renders a workload once to prove it and once to write it, and once more where somebody else validates', () => {
    expect(renderings(3)).toBe(2);
    const others = (app: App) => new Construct(app, 'other').node.addValidation({ validate: () => [] });
    expect(renderings(3, others)).toBe(3);
  });

  it('renders no chart while it validates', () => {
    const toJson = jest.spyOn(Chart.prototype, 'toJson');
    const { app } = ring(3);
    expect(app.node.findAll().flatMap(({ node }) => node.validate())).toEqual([]);
    expect(toJson).not.toHaveBeenCalled();
    app.charts[0]?.toJson();
    expect(toJson).toHaveBeenCalledTimes(1);
    toJson.mockRestore();
  });
});

describe('a change while an app is synthesized', () => {
  it('is heeded when a validation of somebody else makes it, before anything is rendered', () => {
    const { app, tiers } = ring(2);
    const [first] = tiers as [Tier];
    let isDone = false;
    new Construct(app, 'late').node.addValidation({
      validate: () => {
        if (!isDone) deploymentOf(first).addContainer({ image: 'exporter', name: 'exporter', portNumber: 9187 });
        isDone = true;
        return [];
      },
    });
    app.synthYaml();
    const server = 't0/cdk8s-zero-trust/tier=t0';
    expect(asked(first).passes('t1/cdk8s-zero-trust/tier=t1', server, 9187)).toBe(true);
  });

  it('is refused when what is written is not what was proved', () => {
    const { app, tiers } = ring(4);
    const last = tiers[3] as Tier;
    deploymentOf(last).podMetadata.addLabel('version', everChanging());
    expect(messageOf(() => app.synthYaml())).toMatch(
      /^chart-3\/t3\/deployment\/Resource: it renders something else than when the app was validated/,
    );
  });

  it('may be one of annotations, from which nothing follows', () => {
    const { app, tiers } = ring(2);
    deploymentOf(tiers[0] as Tier).podMetadata.addAnnotation('checksum', everChanging());
    expect(app.synthYaml()).toContain('checksum: v');
  });
});

describe('the errors of a synthesis', () => {
  const broken = (outdir: string) => {
    const { app, tiers } = ring(3, outdir);
    const [, second] = tiers as [Tier, Tier];
    second.connections.allowTo(Cidr.of('10.0.0.0/8'), { because, ports: [Port.tcp(443)] });
    return app;
  };

  it('name the path of the construct once, each problem once', () => {
    const { error } = synthesized(broken);
    const message = error?.message ?? '';
    expect(message).toMatch(
      /^Validation failed with the following errors:\n {2}\[chart-1\/t1\/t1\] 10\.0\.0\.0\/8 is private and may hold/,
    );
    expect(message.split('chart-1/t1/t1')).toHaveLength(2);
    expect(message.split('may hold pods')).toHaveLength(2);
  });

  it('leave no file written', () => {
    expect(synthesized(broken).files).toEqual([]);
  });
});

describe('the files of a synthesis', () => {
  it('keep the names of their charts: no construct depends on another, although flows cross charts', () => {
    const { app } = ring(3);
    expect(app.node.findAll().flatMap(({ node }) => node.dependencies)).toEqual([]);
    expect(synthesized((outdir) => ring(3, outdir).app).files).toEqual([
      'chart-0.k8s.yaml',
      'chart-1.k8s.yaml',
      'chart-2.k8s.yaml',
    ]);
  });

  it('hold our objects first, namespaces before policies, and those of the user after, in their order', () => {
    const chart = new Chart(new App(), 'chart');
    const mine = (name: string) =>
      new ApiObject(chart, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
    mine('z');
    const b = namespace('b', {}, chart);
    mine('y');
    const a = namespace('a', {}, chart);
    new Tier(b, 'two', { pods: Pods.labeled({ app: 'two' }) });
    new Tier(b, 'one', { pods: Pods.labeled({ app: 'one' }) });
    new Tier(a, 'one', { pods: Pods.labeled({ app: 'one' }) });
    expect(manifestsOf(chart).map(({ kind, metadata }) => [kind, metadata.namespace, metadata.name].join(' '))).toEqual(
      [
        'Namespace  a',
        'Namespace  b',
        'NetworkPolicy a default-deny',
        'NetworkPolicy a one',
        'NetworkPolicy b default-deny',
        'NetworkPolicy b one',
        'NetworkPolicy b two',
        'ConfigMap  z',
        'ConfigMap  y',
      ],
    );
  });

  it('may be one a resource where no two objects would share a file', () => {
    const make = (outdir: string) => {
      const app = new App({ outdir, yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
      new Tier(namespace('a', {}, new Chart(app, 'chart')), 'one', { pods: Pods.labeled({ app: 'one' }) });
      return app;
    };
    expect(synthesized(make).files).toEqual([
      'Namespace.a.k8s.yaml',
      'NetworkPolicy.default-deny.k8s.yaml',
      'NetworkPolicy.one.k8s.yaml',
    ]);
  });
});
