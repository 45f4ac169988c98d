/** Labels of everything that we render (Kubernetes, "Recommended Labels"). */
export function managedLabels(partOf: string | undefined): Record<string, string> {
  return {
    'app.kubernetes.io/managed-by': 'cdk8s-zero-trust',
    ...(partOf === undefined ? {} : { 'app.kubernetes.io/part-of': partOf }),
  };
}
