import type { Phase } from './plan';

/** What applies the Jobs and waits for them. */
export type HookRunner = 'argo-cd' | 'helm';

/** What has its turn in a test: the policies that let strangers out, and then the Jobs of each phase. */
export type Turn = 'policy' | Phase;

const TURNS: Readonly<Record<Turn, number>> = { policy: 1, before: 2, between: 3, after: 4 };

/**
 * Annotations that make a hook of an object. Policies go whenever the test is over, failed or not; a Job that failed stays
 * for its log until its time is up.
 *
 * Argo CD runs PostSync hooks when everything is applied and healthy, wave by wave (Argo CD docs, "Resource Hooks", "Sync
 * Phases and Waves"). Helm runs the hooks of a test one after the other by weight, deletes those that succeeded also where
 * a later one fails, and takes a policy for succeeded once it is applied (Helm docs, "Chart Hooks"; helm `pkg/action/hooks.go`).
 */
export function hookAnnotations(runner: HookRunner, turn: Turn): Readonly<Record<string, string>> {
  const order = String(TURNS[turn]);
  const isPolicy = turn === 'policy';
  if (runner === 'argo-cd') {
    return {
      'argocd.argoproj.io/hook': 'PostSync',
      'argocd.argoproj.io/hook-delete-policy': [
        'BeforeHookCreation',
        'HookSucceeded',
        ...(isPolicy ? ['HookFailed'] : []),
      ].join(','),
      'argocd.argoproj.io/sync-wave': order,
    };
  }
  return {
    'helm.sh/hook': 'test',
    'helm.sh/hook-delete-policy': ['before-hook-creation', 'hook-succeeded', ...(isPolicy ? ['hook-failed'] : [])].join(
      ',',
    ),
    'helm.sh/hook-weight': order,
    ...(!isPolicy && { 'helm.sh/hook-output-log-policy': 'hook-failed' }),
  };
}
