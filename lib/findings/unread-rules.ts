/** With any of these, something was not read at all, so that to find nothing says nothing. */
export const UNREAD_RULES: ReadonlySet<string> = new Set([
  'duplicate-key',
  'file-too-large',
  'kustomization-unbuilt',
  'live-forbidden',
  'no-manifests',
  'not-text',
  'symlink-loop',
  'unreadable-file',
  'yaml',
]);
