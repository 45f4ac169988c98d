/** In YAML, a pod `pod` in a namespace of its own for each name, with that name as its label `app`. */
export function podsApart(names: readonly string[]): string {
  return names
    .map(
      (name) => `---
apiVersion: v1
kind: Namespace
metadata: { name: ${name} }
---
apiVersion: v1
kind: Pod
metadata: { name: pod, namespace: ${name}, labels: { app: ${name} } }
spec: { containers: [{ name: c, image: i }] }
`,
    )
    .join('');
}
