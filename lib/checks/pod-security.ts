import { baselineViolations } from './pod-security-baseline';
import { restrictedViolations } from './pod-security-restricted';
import type { PodSecurityViolation, PodSpecJson } from './pod-spec';

export type { PodSecurityViolation } from './pod-spec';

/**
 * What keeps a pod out of a namespace that enforces this level of Pod Security, field by field (Kubernetes, "Pod Security
 * Standards"; kubernetes `staging/src/k8s.io/pod-security-admission/policy`, its checks of the latest version).
 *
 * Annotations are not looked at: AppArmor and seccomp have fields since Kubernetes 1.30 and 1.19.
 */
export function podSecurityViolations(
  spec: object,
  level: 'privileged' | 'baseline' | 'restricted',
): PodSecurityViolation[] {
  const pod = spec as PodSpecJson;
  switch (level) {
    case 'privileged':
      return [];
    case 'baseline':
      return baselineViolations(pod);
    case 'restricted':
      return [...baselineViolations(pod), ...restrictedViolations(pod)];
  }
}
