import type { App } from 'cdk8s';
import type { Acknowledgement } from '../../../lib';

/** An app that a rule warns of, one that it does not, and the text that a user reads of the first. */
export interface Example {
  readonly level: 'error' | 'warning' | 'note';
  /** @param acknowledge what is acknowledged on the tier or the cluster that is warned of. */
  readonly fails: (acknowledge?: Acknowledgement[]) => App;
  readonly passes: () => App;
  readonly text: string;
}
