/** What the policies that let strangers out select. */
export { PROBER_LABEL } from '../model/labels';

/** On everything of a test, with its name. */
export const TEST_LABEL = 'cdk8s-zero-trust/isolation-test';
