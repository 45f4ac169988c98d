import { type Problem, ZeroTrustError } from '../model/problem';
import { shown } from '../model/shown';
import { isAtLeast } from '../model/version';

// Clusters on which the API server takes a NetworkPolicy, and nothing keeps it: everything would pass in silence.

/** What to install instead. */
const INSTALL = "Cluster.cilium({ version: '1.20' })";

/**
 * Source: Amazon EKS user guide, "Limit Pod traffic with Kubernetes network policies".
 *
 * @throws for a version of Kubernetes on which the VPC CNI enforces nothing.
 */
export function refuseOldVpcCni(version: string | undefined): void {
  if (isAtLeast(version, '1.25')) return;
  refuse({
    what: `the VPC CNI enforces no NetworkPolicy on Kubernetes ${version}, so everything would pass in silence`,
    value: version,
    allowed: 'Kubernetes 1.25 and later, with the VPC CNI 1.14 and later',
    fix: `Upgrade the cluster, or install an engine and say so: ${INSTALL}`,
  });
}

/** @throws for what is no version of kind, and for one whose kindnet enforces nothing. */
export function refuseOldKindnet(version: unknown): void {
  if (typeof version !== 'string' || !/^v?\d+\.\d+(\.\d+)?$/.test(version)) {
    throw new ZeroTrustError({
      rule: 'cluster-version',
      what: version === undefined ? 'the version of kind is not given' : `${shown(version)} is not a version of kind`,
      value: typeof version === 'string' ? version : shown(version),
      allowed: 'kind 0.24 and later, as 0.29',
      fix: "Give what `kind version` prints: Cluster.kindnet({ version: '0.29' })",
    });
  }
  if (isAtLeast(version, '0.24')) return;
  refuse({
    what: `kindnet of kind ${version} enforces no NetworkPolicy, so everything would pass in silence`,
    value: version,
    allowed: 'kind 0.24 and later',
    fix: `Upgrade kind, or install an engine and say so: ${INSTALL}`,
  });
}

/** @throws always. */
export function refuseFlannel(): never {
  return refuse({
    what: 'flannel enforces no NetworkPolicy: the API server takes it, and everything passes in silence',
    value: 'flannel',
    allowed: 'a network plugin that enforces policies',
    fix: `Install an engine beside or instead of it, and say so: ${INSTALL}`,
  });
}

function refuse(said: Omit<Problem, 'rule'>): never {
  throw new ZeroTrustError({ rule: 'cluster-enforces-nothing', ...said });
}
