import { Chart, Testing } from 'cdk8s';
import { ArgoApplication, type ArgoApplicationProps } from '../../lib/argo';
import { ZeroTrustError } from '../../lib/model/problem';

const mesh: ArgoApplicationProps = {
  repoUrl: 'https://git.example/platform/policies.git',
  path: 'dist/ai-service-mesh',
};

function applicationOf(props: Partial<ArgoApplicationProps> = {}) {
  const chart = new Chart(Testing.app(), 'argo');
  new ArgoApplication(chart, 'ai-service-mesh', { ...mesh, ...props });
  const [object] = Testing.synth(chart);
  return object;
}

function problemOf(props: Partial<ArgoApplicationProps>) {
  try {
    applicationOf(props);
  } catch (error) {
    if (error instanceof ZeroTrustError) return error.problems[0];
    throw error;
  }
  return undefined;
}

describe('an Application for a rendered app', () => {
  it('keeps the cluster of Argo CD equal to the folder, and removes flows that are no longer declared', () => {
    expect(applicationOf()).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'ai-service-mesh', namespace: 'argocd' },
      spec: {
        project: 'default',
        source: {
          repoURL: 'https://git.example/platform/policies.git',
          targetRevision: 'HEAD',
          path: 'dist/ai-service-mesh',
          directory: { recurse: false, include: '*.k8s.yaml' },
        },
        destination: { server: 'https://kubernetes.default.svc' },
        syncPolicy: { automated: { prune: true, selfHeal: true } },
      },
    });
  });

  it('applies on the side of the server where that is asked for, automated or not', () => {
    expect(applicationOf({ serverSideApply: true }).spec.syncPolicy).toEqual({
      automated: { prune: true, selfHeal: true },
      syncOptions: ['ServerSideApply=true'],
    });
    const others = { automated: false, serverSideApply: true, syncOptions: ['CreateNamespace=false'] };
    expect(applicationOf(others).spec.syncPolicy).toEqual({
      syncOptions: ['CreateNamespace=false', 'ServerSideApply=true'],
    });
    const twice = { serverSideApply: true, syncOptions: ['ServerSideApply=true'] };
    expect(applicationOf(twice).spec.syncPolicy.syncOptions).toEqual(['ServerSideApply=true']);
    expect(problemOf({ serverSideApply: true, syncOptions: ['ServerSideApply=false'] })?.rule).toBe('argo-sync-option');
  });

  it('is not deleted together with what it deploys: it has no finalizer', () => {
    expect(applicationOf().metadata.finalizers).toBeUndefined();
  });

  it('names another cluster by its name or by its server, never by both', () => {
    expect(applicationOf({ destination: { clusterName: 'gpu-east' } }).spec.destination).toEqual({ name: 'gpu-east' });
    expect(applicationOf({ destination: { server: 'https://10.1.0.10:6443' } }).spec.destination).toEqual({
      server: 'https://10.1.0.10:6443',
    });
    expect(problemOf({ destination: { clusterName: 'gpu-east', server: 'https://10.1.0.10' } })?.rule).toBe(
      'argo-destination',
    );
  });

  it('waits to be asked where it is not automated', () => {
    expect(applicationOf({ automated: false }).spec.syncPolicy).toBeUndefined();
    expect(applicationOf({ automated: false, syncOptions: ['ServerSideApply=true'] }).spec.syncPolicy).toEqual({
      syncOptions: ['ServerSideApply=true'],
    });
  });

  it('keeps what it is told about pruning and healing', () => {
    const { automated } = applicationOf({ prune: false, selfHeal: false }).spec.syncPolicy;
    expect(automated).toEqual({ prune: false, selfHeal: false });
  });
});

describe('what Argo CD would refuse or take for something else', () => {
  const wrong: readonly [Partial<ArgoApplicationProps>, string][] = [
    [{ repoUrl: '' }, 'argo-repo-url'],
    [{ repoUrl: 'git.example/platform' }, 'argo-repo-url'],
    [{ repoUrl: 'https://git.example/a b' }, 'argo-repo-url'],
    [{ repoUrl: 'https://robot:secret@git.example/platform.git' }, 'argo-repo-password'],
    [{ repoUrl: 'https://token@git.example/platform.git' }, 'argo-repo-password'],
    [{ repoUrl: 'ssh://git:secret@git.example/platform.git' }, 'argo-repo-password'],
    [{ path: '' }, 'argo-path'],
    [{ path: '/dist' }, 'argo-path'],
    [{ path: 'dist/../secrets' }, 'argo-path'],
    [{ name: 'AI mesh' }, 'argo-name'],
    [{ argoNamespace: 'argo.cd' }, 'argo-name'],
    [{ project: '' }, 'argo-name'],
    [{ targetRevision: '' }, 'argo-text'],
    [{ include: ' ' }, 'argo-text'],
    [{ destination: { server: 'kubernetes.default.svc' } }, 'argo-destination'],
    [{ destination: { clusterName: '' } }, 'argo-text'],
    [{ automated: false, prune: true }, 'argo-automated'],
    [{ automated: false, selfHeal: false }, 'argo-automated'],
    [{ syncOptions: ['ServerSideApply'] }, 'argo-sync-option'],
  ];

  it.each(wrong)('is an error: %j breaks %s', (props, rule) => {
    expect(problemOf(props)).toMatchObject({ rule, where: 'argo/ai-service-mesh' });
  });

  it.each([
    'https://git.example/platform/policies.git',
    'git@git.example:platform/policies.git',
    'ssh://git@git.example:2222/platform/policies.git',
  ])('is not the repository %s', (repoUrl) => {
    expect(problemOf({ repoUrl })).toBeUndefined();
  });

  it('never prints the password that it found', () => {
    const problem = problemOf({ repoUrl: 'https://robot:hunter2@git.example/platform.git' });
    expect(JSON.stringify(problem)).not.toContain('hunter2');
  });

  it('is said all at once', () => {
    expect(() => applicationOf({ path: '', repoUrl: '', name: '' })).toThrow(
      expect.objectContaining({
        problems: ['argo-name', 'argo-repo-url', 'argo-path'].map((rule) => expect.objectContaining({ rule })),
      }),
    );
  });
});
