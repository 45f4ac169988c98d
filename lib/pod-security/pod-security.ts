import { baselineViolations } from './pod-security-baseline';
import { restrictedViolations } from './pod-security-restricted';
import { type PodSecurityViolation, podSpecOf } from './pod-spec';

export type { PodSecurityViolation } from './pod-spec';

/**
 * What keeps a pod out of a namespace that enforces this level of Pod Security, field by field (Kubernetes, "Pod Security
 * Standards"; k8s.io/pod-security-admission 0.36, `policy`, its checks of the latest version).
 *
 * Annotations are not looked at: AppArmor and seccomp have fields since Kubernetes 1.30 and 1.19.
 */
export function podSecurityViolations(
  spec: object,
  level: 'privileged' | 'baseline' | 'restricted',
): PodSecurityViolation[] {
  const pod = podSpecOf(spec);
  switch (level) {
    case 'privileged':
      return [];
    case 'baseline':
      return baselineViolations(pod);
    case 'restricted':
      return stricter(baselineViolations(pod), restrictedViolations(pod));
  }
}

/** Where both levels refuse a field, what the stricter one allows is what counts. */
function stricter(
  baseline: readonly PodSecurityViolation[],
  restricted: readonly PodSecurityViolation[],
): PodSecurityViolation[] {
  const restrictedFields = new Set(restricted.map(({ field }) => field));
  return [...baseline.filter(({ field }) => !restrictedFields.has(field)), ...restricted];
}
