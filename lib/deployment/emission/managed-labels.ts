// Kubernetes, "Recommended Labels".
export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';
export const PART_OF_LABEL = 'app.kubernetes.io/part-of';

/** Labels of everything that we render. */
export function managedLabels(partOf: string | undefined): Record<string, string> {
  return {
    [MANAGED_BY_LABEL]: 'cdk8s-zero-trust',
    ...(partOf === undefined ? {} : { [PART_OF_LABEL]: partOf }),
  };
}
