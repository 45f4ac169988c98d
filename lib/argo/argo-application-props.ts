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
   * Whether the API server merges what is applied (server-side apply) instead of Argo CD. On the client side Argo CD keeps
   * a copy of every object in its annotation `last-applied-configuration`, so that annotations may take no more than half
   * of what Kubernetes takes; say the same in the app that is deployed, by `ArgoSync.use`, so that it reckons with that.
   *
   * @default false, as Argo CD itself does
   */
  readonly serverSideApply?: boolean;

  /**
   * More options of a sync, each as `Name=value` (Argo CD docs, "Sync Options").
   *
   * @default - none
   */
  readonly syncOptions?: string[];
}
