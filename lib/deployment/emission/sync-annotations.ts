import type { IConstruct } from 'constructs';
import { ArgoSync } from '../../argo/argo-sync';
import { type ArgoRole, argoAnnotations, SYNC_OPTIONS_ANNOTATION, SYNC_WAVE_ANNOTATION } from '../../argo/waves';

/** Argo CD's annotations of an object, asked for when it is rendered: `ArgoSync.use` may come after the construct. */
export function syncAnnotations(construct: IConstruct, role: ArgoRole): Record<string, () => string | undefined> {
  const value = (key: string) => () => argoAnnotations(role, ArgoSync._of(construct))[key];
  return {
    [SYNC_WAVE_ANNOTATION]: value(SYNC_WAVE_ANNOTATION),
    [SYNC_OPTIONS_ANNOTATION]: value(SYNC_OPTIONS_ANNOTATION),
  };
}
