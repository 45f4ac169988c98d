/** `expect.addSnapshotSerializer(policyGraphSerializer)` makes policy graphs read as text in snapshots. */
export * as policyGraphSerializer from './serializer';
