/**
 * Set up by jest itself: `setupFilesAfterEnv: ['cdk8s-zero-trust/testing/jest']` gives every test file the matchers and the
 * snapshots of policy graphs.
 */
import { zeroTrustMatchers } from './matchers';
import * as policyGraphSerializer from './serializer';

expect.extend(zeroTrustMatchers);
expect.addSnapshotSerializer(policyGraphSerializer);
