import type { EngineName } from '../model/engine-name';
import { ZeroTrustError } from '../model/problem';
import { isAtLeast } from '../model/version';

/** An engine, and the versions of it whose semantics were looked at. */
export interface EngineOfCluster {
  readonly name: EngineName;
  readonly title: string;
  readonly first: string;
  readonly last: string;
}

/** The version as major and minor; one that was not looked at is a warning, since meanings change with versions. */
export function engineVersion(
  { title, first, last, name }: EngineOfCluster,
  given: string | undefined,
): { readonly version: string; readonly warnings: readonly string[] } {
  const parts = /^v?(\d{1,3})\.(\d{1,3})(\.\d{1,3})?$/.exec(given ?? '');
  if (parts === null) {
    throw new ZeroTrustError({
      rule: 'cluster-version',
      what:
        given === undefined
          ? `the version of ${title} is not given, and what policies mean depends on it`
          : `"${given}" is not a version of ${title}`,
      value: given ?? '',
      allowed: `major and minor; ${first} to ${last} were looked at`,
      fix: `Give the version that the cluster runs: Cluster.${name}({ version: '${last}' })`,
    });
  }
  const version = `${parts[1]}.${parts[2]}`;
  const isTested = isAtLeast(version, first) && isAtLeast(last, version);
  const warning = `${title} ${version} was not looked at, only ${first} to ${last} were: what policies mean there may differ.`;
  return { version, warnings: isTested ? [] : [warning] };
}

/** @throws for what is no version of Kubernetes. */
export function kubernetesVersion(version: string): void {
  if (/^1\.\d{1,3}(\.\d+)?$/.test(version)) return;
  throw new ZeroTrustError({
    rule: 'cluster-version',
    what: `"${version}" is not a version of Kubernetes`,
    value: version,
    allowed: 'major and minor, as 1.31',
    fix: "Give what `kubectl version` calls the server's: Cluster.kubernetes({ version: '1.31' })",
  });
}

/** @throws for what is no release of the Network Policy API that has ClusterNetworkPolicy. */
export function networkPolicyApiVersion(version: string): void {
  if (/^v?0\.\d{1,3}\.\d{1,3}$/.test(version) && isAtLeast(version, '0.2')) return;
  throw new ZeroTrustError({
    rule: 'cluster-version',
    what: `"${version}" is not a release of the Network Policy API that has ClusterNetworkPolicy`,
    value: version,
    allowed: '0.2.0 and later, as 0.3.0',
    fix: "Give the bundle-version of its CustomResourceDefinition: Cluster.clusterNetworkPolicy({ version: '0.3.0' })",
  });
}
