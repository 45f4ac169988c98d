import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Application, type ApplicationSpec } from '../../imports/argoproj.io';
import { givenConstruct } from '../graph/given-construct';
import { flag, listOf, optional, properties, type Shape, struct, text } from '../model/checked';
import { ZeroTrustError } from '../model/problem';
import { refuseWrongApplication } from './wrong-application';

/** A cluster that Argo CD deploys to. */
export interface ArgoDestination {
  /**
   * URL of the cluster's API server.
   *
   * @default - https://kubernetes.default.svc, the cluster that Argo CD runs in, unless `clusterName` is given
   */
  readonly server?: string;

  /**
   * Name under which Argo CD knows the cluster, in place of `server`.
   *
   * @default - the cluster is named by `server`
   */
  readonly clusterName?: string;
}

/** What Argo CD deploys, from where, and to which cluster. */
export interface ArgoApplicationProps {
  /** URL of the git repository that holds the rendered manifests, without a user or password in it. */
  readonly repoUrl: string;

  /** Folder of the rendered manifests, from the root of the repository: `dist/ai-service-mesh`, say. */
  readonly path: string;

  /**
   * Name of the Application.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Namespace of the Application itself: where Argo CD runs, unless it is set up for applications in any namespace.
   *
   * @default argocd
   */
  readonly argoNamespace?: string;

  /**
   * Branch, tag or commit that is deployed.
   *
   * @default HEAD, the default branch of the repository
   */
  readonly targetRevision?: string;

  /**
   * The AppProject that says what the application may touch. `default` may touch everything.
   *
   * @default default
   */
  readonly project?: string;

  /**
   * The cluster.
   *
   * @default - the cluster that Argo CD runs in
   */
  readonly destination?: ArgoDestination;

  /**
   * Glob of the files that are manifests. It is needed because Argo CD reads every `.yaml`, `.yml` and `.json` of a folder
   * as manifests, and the policy graph lies beside them (Argo CD docs, "Directory").
   *
   * @default *.k8s.yaml, as cdk8s names what it writes
   */
  readonly include?: string;

  /**
   * Whether folders in the folder are read too.
   *
   * @default false
   */
  readonly recurse?: boolean;

  /**
   * Whether Argo CD syncs by itself when the repository changes.
   *
   * @default true
   */
  readonly automated?: boolean;

  /**
   * Whether an automated sync deletes what left the repository: a flow that is no longer declared stays open otherwise.
   * Namespaces are never deleted, by their own annotation.
   *
   * @default true, where syncs are automated
   */
  readonly prune?: boolean;

  /**
   * Whether an automated sync undoes what was changed in the cluster by hand.
   *
   * @default true, where syncs are automated
   */
  readonly selfHeal?: boolean;

  /**
   * More options of a sync, each as `Name=value` (Argo CD docs, "Sync Options").
   *
   * @default - none
   */
  readonly syncOptions?: string[];
}

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
    super(givenConstruct(scope, 'scope'), text(id, 'id'));
    const given = applicationAt(this.node.path, props);
    const { name = id, argoNamespace = 'argocd' } = given;
    refuseWrongApplication(this.node.path, { ...given, name, argoNamespace });
    this.application = new Application(this, '$application', {
      metadata: { name, namespace: argoNamespace },
      spec: spec(given),
    });
  }
}

const APPLICATION: Shape<ArgoApplicationProps> = {
  repoUrl: text,
  path: text,
  name: optional(text),
  argoNamespace: optional(text),
  targetRevision: optional(text),
  project: optional(text),
  destination: optional(
    struct<ArgoDestination>({ server: optional(text), clusterName: optional(text) }, 'a destination'),
  ),
  include: optional(text),
  recurse: optional(flag),
  automated: optional(flag),
  prune: optional(flag),
  selfHeal: optional(flag),
  syncOptions: optional(listOf(text)),
};

function applicationAt(where: string, props: ArgoApplicationProps): ArgoApplicationProps {
  try {
    return properties(props, APPLICATION, 'the props of the application');
  } catch (error) {
    throw error instanceof ZeroTrustError ? error.at(where) : error;
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

type Syncing = Pick<ArgoApplicationProps, 'automated' | 'prune' | 'selfHeal' | 'syncOptions'>;

function syncPolicy({ automated, prune, selfHeal, syncOptions }: Syncing): ApplicationSpec['syncPolicy'] {
  if (automated === false) return syncOptions === undefined ? undefined : { syncOptions };
  return { automated: { prune: prune ?? true, selfHeal: selfHeal ?? true }, syncOptions };
}
