import type { FlowEnd } from './known-system';

/** What an end that is somebody else's pods is called: the id of a system, the name of a part, or what it is, in kebab-case. */
export function endName(end: FlowEnd): string | undefined {
  switch (end.kind) {
    case 'part':
      return end.name;
    case 'system':
      return end.id ?? inKebab(end.title);
    default:
      return undefined;
  }
}

function inKebab(title: string): string {
  return title
    .toLowerCase()
    .replace(/^the /, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
