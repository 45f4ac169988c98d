export interface PodSecurityViolation {
  readonly field: string;
  readonly value: string;
  readonly allowed: string;
}

export function podSecurityViolations(
  _spec: unknown,
  _level: 'privileged' | 'baseline' | 'restricted',
): PodSecurityViolation[] {
  return [];
}
