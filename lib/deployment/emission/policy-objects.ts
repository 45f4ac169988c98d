import type { ApiObject } from 'cdk8s';
import { groupOf } from '../../kinds/manifest';
import { NETWORK_POLICY_API_VERSION } from '../../kinds/networking.k8s.io';
import { policyReaderOf } from '../../kinds/readers';

/** A policy that decides on connections, on whatever engine. */
export function isPolicy(object: ApiObject): boolean {
  return isNetworkPolicy(object) || readerOf(object) !== undefined;
}

export function isNetworkPolicy({ apiVersion, kind }: ApiObject): boolean {
  return apiVersion === NETWORK_POLICY_API_VERSION && kind === 'NetworkPolicy';
}

/** The reader of the object's kind, for engines' own kinds. */
export function readerOf({ apiVersion, kind }: ApiObject) {
  return policyReaderOf(groupOf(apiVersion), kind);
}
