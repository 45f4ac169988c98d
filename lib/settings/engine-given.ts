import { engineNamed } from '../engines/engines';
import type { ClusterFacts } from '../model/cluster-facts';
import { ENGINE_NAMES, type EngineName } from '../model/engine-name';
import { ZeroTrustError } from '../model/problem';
import { unknownNameText } from '../model/unknown-name';
import { Cluster } from '../values/cluster';
import type { ClusterProps } from '../values/cluster-props';

/** An engine as it was told. Without a version it is of whatever version has the kinds that are there. */
export interface EngineGiven {
  readonly name: EngineName;
  readonly version?: string;
}

/**
 * What `cilium@1.20` says.
 *
 * @param where what says it: `--engine`.
 * @throws for an engine or a version that there is none of.
 */
export function engineGiven(text: string, where?: string): EngineGiven {
  const [given, version] = text.split(/@(.*)/s);
  const name = ENGINE_NAMES.find((each) => each === given);
  if (name === undefined) throw unknownEngine(given);
  const engine = { name, ...(version !== undefined && { version }) };
  engineCluster(engine, {}, where);
  return engine;
}

function unknownEngine(given: string): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'usage',
    what: unknownNameText('engine', given, ENGINE_NAMES),
    value: given,
    allowed: ENGINE_NAMES.join(', '),
    fix: `Write one of: ${enginesText()}`,
  });
}

/**
 * What is known of a cluster with that engine. Without a version, nothing of it.
 *
 * @param where what says the version.
 * @throws for a version that there is none of.
 */
export function engineCluster(engine: EngineGiven, props: ClusterProps, where?: string): ClusterFacts {
  try {
    const { version, ...facts } = CLUSTERS[engine.name](props, engine.version)._facts;
    return engine.version === undefined ? facts : { ...facts, version };
  } catch (error) {
    if (!(error instanceof ZeroTrustError)) throw error;
    const fix = `Write one of: ${enginesText()}`;
    throw new ZeroTrustError(error.problems.map((problem) => ({ ...problem, ...(where && { where }), fix })));
  }
}

/** What a declaration needs to know of a cluster: without a version, of the latest one of the engine that was looked at. */
export function engineFacts(name: EngineName, version = lastOf(name), props: ClusterProps = {}): ClusterFacts {
  return engineCluster({ name, ...(version !== '' && { version }) }, props);
}

const CLUSTERS: Readonly<Record<EngineName, (props: ClusterProps, version?: string) => Cluster>> = {
  kubernetes: (props, version) => Cluster.kubernetes({ ...props, version }),
  cilium: (props, version) => Cluster.cilium({ ...props, version: version ?? lastOf('cilium') }),
  calico: (props, version) => Cluster.calico({ ...props, version: version ?? lastOf('calico') }),
  antrea: (props, version) => Cluster.antrea({ ...props, version: version ?? lastOf('antrea') }),
  'cluster-network-policy': (props, version) => Cluster.clusterNetworkPolicy({ ...props, version }),
};

function lastOf(name: EngineName): string {
  return engineNamed(name).versions?.last ?? '';
}

/** Every engine with the versions that were looked at: `cilium@1.20 (1.17 to 1.20)`. */
function enginesText(): string {
  return ENGINE_NAMES.map((name) => {
    const { versions } = engineNamed(name);
    return versions === undefined ? name : `${name}@${versions.last} (${versions.first} to ${versions.last})`;
  }).join(', ');
}
