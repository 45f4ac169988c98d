import { ZeroTrustError } from '../model/problem';

/** What an object is to the order of a sync: a namespace, the policy of a tier, or the default deny of a namespace. */
export type ArgoRole = 'namespace' | 'allow' | 'deny';

/**
 * The order in which Argo CD applies what is rendered. Waves go from low to high, and each waits until the one before is
 * healthy; workloads that say nothing are in wave 0 (Argo CD docs, "Sync Phases and Waves").
 */
export interface ArgoOptions {
  /**
   * Whether objects carry annotations for Argo CD at all.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Wave of Namespaces: a whole number.
   *
   * @default -30
   */
  readonly namespaceWave?: number;

  /**
   * Wave of the policies of tiers: a whole number above `namespaceWave`.
   *
   * @default -20
   */
  readonly allowWave?: number;

  /**
   * Wave of `default-deny`: a whole number above `allowWave`. In a namespace that is live, a deny that lands before the
   * allows cuts what is running.
   *
   * @default -10
   */
  readonly denyWave?: number;

  /**
   * Whether objects ask for server-side apply, in which no copy of an object is kept in an annotation of it: annotations
   * may then take all of the 262,144 bytes that Kubernetes takes, and about half of that otherwise. Say it with
   * `enabled: false` where something else than Argo CD applies them so (`kubectl apply --server-side`).
   *
   * @default false, as Argo CD and kubectl do
   */
  readonly serverSideApply?: boolean;
}

/** The option of a sync (Argo CD docs, "Server-Side Apply"). */
export const SERVER_SIDE_APPLY = 'ServerSideApply=true';

export const SYNC_WAVE_ANNOTATION = 'argocd.argoproj.io/sync-wave';
export const SYNC_OPTIONS_ANNOTATION = 'argocd.argoproj.io/sync-options';

/**
 * What a prune may do to an object (Argo CD docs, "Sync Options"). A policy that was renamed is pruned after its successor
 * is there, since pruning otherwise comes first; a Namespace holds what others run, so it is never deleted with us.
 */
const SYNC_OPTIONS: Readonly<Record<ArgoRole, string>> = {
  namespace: 'Prune=false,Delete=false',
  allow: 'PruneLast=true',
  deny: 'PruneLast=true',
};

/** The annotations of an object by its role; none where they are switched off. */
export function argoAnnotations(role: ArgoRole, options: ArgoOptions = {}): Record<string, string> {
  const waves = argoWaves(options);
  if (options.enabled === false) return {};
  return {
    [SYNC_WAVE_ANNOTATION]: String(waves[role]),
    [SYNC_OPTIONS_ANNOTATION]: [SYNC_OPTIONS[role], ...(options.serverSideApply ? [SERVER_SIDE_APPLY] : [])].join(','),
  };
}

/** The waves with their defaults; an order that would cut running workloads is refused. */
export function argoWaves(options: ArgoOptions = {}): Readonly<Record<ArgoRole, number>> {
  const { namespaceWave = -30, allowWave = -20, denyWave = -10 } = options;
  for (const [name, wave] of Object.entries({ namespaceWave, allowWave, denyWave })) refuseFraction(name, wave);
  if (namespaceWave < allowWave && allowWave < denyWave) {
    return { namespace: namespaceWave, allow: allowWave, deny: denyWave };
  }
  throw new ZeroTrustError({
    rule: 'argo-waves',
    what:
      allowWave < denyWave
        ? `policies in wave ${allowWave} would be applied before their namespaces in wave ${namespaceWave} are there`
        : `default-deny in wave ${denyWave} would cut what is running, because the allows come only in wave ${allowWave}`,
    value: `namespaceWave: ${namespaceWave}, allowWave: ${allowWave}, denyWave: ${denyWave}`,
    allowed: 'namespaceWave below allowWave, and allowWave below denyWave',
    fix: 'Renumber all three together: { namespaceWave: -30, allowWave: -20, denyWave: -10 }',
  });
}

function refuseFraction(name: string, wave: number): void {
  if (Number.isSafeInteger(wave)) return;
  throw new ZeroTrustError({
    rule: 'argo-wave',
    what: `${name} is ${wave}, and Argo CD reads waves as whole numbers`,
    value: String(wave),
    allowed: 'a whole number, also below zero',
    fix: `Round it: { ${name}: -20 }`,
  });
}
