/** On every pod of a probe, with the id of its prober: what the policies that let strangers out select. */
export const PROBER_LABEL = 'cdk8s-zero-trust/prober';

/** On everything of a test, with its name. */
export const TEST_LABEL = 'cdk8s-zero-trust/isolation-test';
