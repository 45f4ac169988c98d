import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Application, type ApplicationSpec } from '../../imports/argoproj.io';
import type { ArgoApplicationProps, ArgoDestination } from './argo-application-props';
import { SERVER_SIDE_APPLY } from './waves';
import { refuseWrongApplication } from './wrong-application';

/**
 * An Application of Argo CD that keeps a cluster equal to a rendered app. It belongs in an app of its own, rendered to a
 * folder of its own, from which Argo CD is bootstrapped. Deleting it leaves the policies in place, since it carries no
 * finalizer.
 *
 * Both halves of a flow between namespaces belong to one Application: waves order only what is in it.
 *
 * @example
 * new ArgoApplication(chart, 'ai-service-mesh', {
 *   repoUrl: 'https://git.example/platform/policies.git',
 *   path: 'dist/ai-service-mesh',
 * });
 */
export class ArgoApplication extends Construct {
  /** The rendered object, for labels and patches. */
  public readonly application: ApiObject;

  /**
   * Declares the application.
   *
   * @param scope a chart, or a construct in one.
   * @param id of the construct, and the name of the Application where none is given.
   * @param props what is deployed, from where, and to which cluster.
   * @throws for a repository, path, name, revision or destination that Argo CD would refuse, and for a password in a URL.
   */
  constructor(scope: Construct, id: string, props: ArgoApplicationProps) {
    super(scope, id);
    const { name = id, argoNamespace = 'argocd' } = props;
    refuseWrongApplication(this.node.path, { ...props, name, argoNamespace });
    this.application = new Application(this, '$application', {
      metadata: { name, namespace: argoNamespace },
      spec: spec(props),
    });
  }
}

function spec({
  repoUrl,
  targetRevision = 'HEAD',
  path,
  project = 'default',
  ...props
}: ArgoApplicationProps): ApplicationSpec {
  return {
    project,
    source: {
      repoUrl,
      targetRevision,
      path,
      directory: { recurse: props.recurse ?? false, include: props.include ?? '*.k8s.yaml' },
    },
    destination: destination(props.destination),
    syncPolicy: syncPolicy(props),
  };
}

function destination({ server, clusterName }: ArgoDestination = {}): ApplicationSpec['destination'] {
  if (clusterName !== undefined) return { name: clusterName };
  return { server: server ?? 'https://kubernetes.default.svc' };
}

type Syncing = Pick<ArgoApplicationProps, 'automated' | 'prune' | 'selfHeal' | 'syncOptions' | 'serverSideApply'>;

function syncPolicy(syncing: Syncing): ApplicationSpec['syncPolicy'] {
  const { automated, prune, selfHeal } = syncing;
  const syncOptions = optionsOf(syncing);
  if (automated === false) return syncOptions === undefined ? undefined : { syncOptions };
  return { automated: { prune: prune ?? true, selfHeal: selfHeal ?? true }, syncOptions };
}

function optionsOf({ syncOptions, serverSideApply }: Syncing): string[] | undefined {
  if (serverSideApply !== true || syncOptions?.includes(SERVER_SIDE_APPLY)) return syncOptions;
  return [...(syncOptions ?? []), SERVER_SIDE_APPLY];
}
