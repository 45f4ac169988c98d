import { validate } from '../frame/validating';
import { invalidCases } from './invalid';

/** By the CRDs with their rules; no engine of ours renders these kinds. */
export function validateAdminPolicies(programs: string): void {
  validate(programs, 'kubernetes', { rendered: [], wrong: invalidCases, about: 'AdminNetworkPolicies' });
}
