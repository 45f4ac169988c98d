import type { ApiObject } from 'cdk8s';
import type * as ReadManifests from '../../analysis/read-manifests';
import { preconditionsOf } from '../../cluster/preconditions';
import { servicePreconditions } from '../../cluster/service-ports';
import type { GraphData } from '../../graph/graph-data';
import { ownersAmong } from '../../kinds/lasting';
import type { ManifestsProof, ManifestsRead } from '../../proof';
import { isAtTheDoor, jsonAtTheDoor, putsPodsIntoMesh } from '../emission/door';
import type { Bodies } from '../emission/fingerprint';
import { rendering } from '../workloads/rendering';
import { changedByResolvers } from './changed-by-resolver';
import { proving } from './proof-when-asked';

/** What the proof of a deployment is made from. */
export interface ProofGround {
  readonly graph: GraphData;
  /** All of the app. */
  readonly objects: readonly ApiObject[];
}

export interface DeploymentProof extends ManifestsProof {
  /** What only the live cluster can show. */
  readonly preconditions: readonly string[];
  /** What is written otherwise than it is rendered, and cannot matter; absent where nothing was written. */
  readonly notes?: readonly string[];
  /** Every file that a manifest was read from; absent where nothing was written. */
  readonly files?: readonly string[];
}

/**
 * Reads what the objects of an app render as files are read: every object whose kind may bear on connections, ours and those
 * of others. `bodies` has what workloads rendered before, so that they are not rendered again.
 */
export function readPolicies(objects: readonly ApiObject[], bodies: Bodies = new Map()): ManifestsRead {
  const atTheDoor = objects.filter((object) => isAtTheDoor(object) || putsPodsIntoMesh(object, bodies.get(object)));
  return reading().readManifests(atTheDoor.map(jsonAtTheDoor), {
    sourceOf: (index) => atTheDoor[index].node.path,
    isThere: ownersAmong(() => objects.map(rendering)),
  });
}

/** Loaded when a proof is first made: whoever imports the package does not wait for it. */
function reading(): typeof ReadManifests {
  return require('../../analysis/read-manifests');
}

/** Proves that the policies that were read allow what was declared, and nothing else. */
export function proveDeployment({ graph, objects }: ProofGround, reading: ManifestsRead): DeploymentProof {
  const found = proving().proveManifests(graph, reading);
  const isHeld = found.proof.outcome !== 'not-proved' && found.unreadable.length === 0;
  return {
    ...found,
    unreadable: isHeld ? [] : [...changedByResolvers(objects), ...found.unreadable],
    preconditions: [
      ...preconditionsOf(graph, graph.cluster),
      ...servicePreconditions(() => objects.filter(isService).map(rendering), graph.cluster),
    ],
  };
}

function isService({ apiVersion, kind }: ApiObject): boolean {
  return apiVersion === 'v1' && kind === 'Service';
}
