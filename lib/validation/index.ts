// The plugin for `cdk8s synth`. What it does is loaded when it is asked for, since everybody who declares loads this file.
export type {
  IZeroTrustValidationContext,
  IZeroTrustValidationReport,
  ZeroTrustViolatingResource,
  ZeroTrustViolation,
} from './report';
export { ZeroTrustValidation, type ZeroTrustValidationProps } from './zero-trust-validation';
