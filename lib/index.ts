// The public surface of the package, compiled by jsii. The jest serializer is at `cdk8s-zero-trust/testing`.
export * from './argo';
export * from './catalog';
export * from './graph';
export * from './probes';
export * from './questions';
export * from './tiers';
export * from './validation';
export * from './values';
