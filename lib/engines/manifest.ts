/** An object of an engine as plain data: labels and annotations are the caller's to add. */
export interface PolicyManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: object;
  /** The tier, namespace or guardrail that the object is of: its annotations go there, and its place in the tree. */
  readonly of: ManifestOrigin;
}

export type ManifestOrigin =
  | { readonly kind: 'tier'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'namespace'; readonly namespace: string }
  | { readonly kind: 'guardrail'; readonly name: string }
  | { readonly kind: 'host-guardrail'; readonly name: string };

/** Equal for objects of the same tier, namespace or guardrail. */
export function originKey(of: ManifestOrigin): string {
  switch (of.kind) {
    case 'tier':
      return `tier ${of.namespace}/${of.name}`;
    case 'namespace':
      return `namespace ${of.namespace}`;
    case 'guardrail':
    case 'host-guardrail':
      return `${of.kind} ${of.name}`;
  }
}
