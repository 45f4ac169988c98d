import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { containersIn } from '../checks/seen-workloads';
import { renderedPods } from '../deployment/workloads/rendered-pods';
import { rendering } from '../deployment/workloads/rendering';
import { apiObjectsOf } from '../deployment/workloads/workload';
import { groupOf } from '../kinds/manifest';
import {
  type ContainerAsSeen,
  KNOWN_SYSTEMS,
  type KnownSystem,
  partsOf,
  type SystemPart,
  systemOf,
} from '../known-systems';
import type { Labels } from '../model/selector';

/** A workload of an app that is a system of the catalog. */
export interface SeenWorkload {
  readonly object: ApiObject;
  readonly system: KnownSystem;
  /** The parts that it may be: mostly one. */
  readonly parts: readonly SystemPart[];
  /** Its operator makes the pods. */
  readonly isOfOperator: boolean;
  readonly labels: Labels;
  readonly containers: readonly ContainerAsSeen[];
}

/** The workloads of a construct that are systems of the catalog, by image, kind and labels. */
export function workloadsSeen(construct: IConstruct): readonly SeenWorkload[] {
  return apiObjectsOf(construct).flatMap((object) => {
    const json = rendering(object);
    const kind = `${groupOf(String(json.apiVersion))}/${json.kind}`;
    const containers = containersIn(json.spec);
    const images = containers.map(({ image }) => image);
    const isKind = KNOWN_SYSTEMS.some(({ known }) => known.kinds?.includes(kind));
    const pods = renderedPods(object);
    const labels = pods[0]?.labels ?? {};
    if (!isKind && pods.length === 0) return [];
    const system = systemOf({ kind, labels, images }, KNOWN_SYSTEMS);
    if (system === undefined) return [];
    return [{ object, system, parts: partsOf(system, labels, images), isOfOperator: isKind, labels, containers }];
  });
}
