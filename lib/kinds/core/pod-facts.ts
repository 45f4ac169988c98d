import type { Workload } from '../../model/world';

/** What a pod, or a template of pods, says that bears on policy. */
export interface PodFacts extends Omit<Workload, 'id' | 'namespace'> {
  /** What it says about sidecars, where it does. */
  readonly injection?: Injection;
}

/**
 * What a namespace or a pod says about sidecars that an admission webhook puts into pods: one word for each injector that is
 * spoken of.
 */
export type Injection = Readonly<Record<string, 'asked' | 'refused'>>;
