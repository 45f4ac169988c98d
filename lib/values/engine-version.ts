import { METHOD_OF_ENGINE } from '../cluster/names-in-code';
import type { EngineName } from '../model/engine-name';
import { ZeroTrustError } from '../model/problem';
import { shown } from '../model/shown';
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
  given: unknown,
): { readonly version: string; readonly testedVersions?: string; readonly warnings: readonly string[] } {
  const parts = /^v?(\d{1,3})\.(\d{1,3})(\.\d{1,3})?$/.exec(typeof given === 'string' ? given : '');
  if (parts === null) {
    throw new ZeroTrustError({
      rule: 'cluster-version',
      what:
        given === undefined
          ? `the version of ${title} is not given, and what policies mean depends on it`
          : `${shown(given)} is not a version of ${title}${typeof given === 'number' ? ': a number loses the zero at its end, so 1.20 is 1.2' : ''}`,
      value: valueText(given),
      allowed: `major and minor; ${first} to ${last} were looked at`,
      fix: `Give the version that the cluster runs: Cluster.${METHOD_OF_ENGINE[name]}({ version: '${last}' })`,
    });
  }
  const version = `${parts[1]}.${parts[2]}`;
  const newest = Number(last.split('.', 1)[0]);
  if (Number(parts[1]) > newest) {
    throw new ZeroTrustError({
      rule: 'cluster-version',
      what: `there is no ${title} ${version}: its releases are numbered ${newest}.x`,
      value: version,
      allowed: `major and minor; ${first} to ${last} were looked at`,
      fix: `Give the version that the cluster runs: Cluster.${METHOD_OF_ENGINE[name]}({ version: '${last}' })`,
    });
  }
  const isTested = isAtLeast(version, first) && isAtLeast(last, version);
  const warning = `${title} ${version} was not looked at, only ${first} to ${last} were: what policies mean there may differ.`;
  return isTested ? { version, warnings: [] } : { version, testedVersions: `${first} to ${last}`, warnings: [warning] };
}

/** @throws for what is no version of Kubernetes. */
export function kubernetesVersion(version: unknown): void {
  if (typeof version === 'string' && /^1\.\d{1,3}(\.\d+)?$/.test(version)) return;
  throw new ZeroTrustError({
    rule: 'cluster-version',
    what: `${shown(version)} is not a version of Kubernetes`,
    value: valueText(version),
    allowed: 'major and minor, as 1.31',
    fix: "Give the server version that `kubectl version` prints: { version: '1.31' }",
  });
}

/** @throws for what is no release of the Network Policy API that has ClusterNetworkPolicy. */
export function networkPolicyApiVersion(version: unknown): string | undefined {
  if (version === undefined) return undefined;
  if (typeof version === 'string' && /^v?0\.\d{1,3}\.\d{1,3}$/.test(version) && isAtLeast(version, '0.2'))
    return version;
  throw new ZeroTrustError({
    rule: 'cluster-version',
    what: `${shown(version)} is not a release of the Network Policy API that has ClusterNetworkPolicy`,
    value: valueText(version),
    allowed: '0.2.0 and later, as 0.3.0',
    fix: "Give the bundle-version of its CustomResourceDefinition: Cluster.clusterNetworkPolicy({ version: '0.3.0' })",
  });
}

function valueText(given: unknown): string {
  if (given === undefined) return '';
  return typeof given === 'string' ? given : shown(given);
}
