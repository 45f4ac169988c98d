import type { ApiObject } from 'cdk8s';
import { isKnownWorkload, type PodFacts, readCustomWorkload, readKnownWorkload } from '../../kinds/core';
import { Field } from '../../kinds/field';
import { groupOf } from '../../kinds/manifest';
import { isFromNode } from '../../model/labels';
import type { Selector } from '../../model/selector';
import * as selectors from '../../model/selector';
import { rendering } from './rendering';

/** The pods that an object of the app renders, with what controllers add to them; none where it does not render. */
export function renderedPods(object: ApiObject): readonly PodFacts[] {
  try {
    return podsOf(rendering(object));
  } catch {
    // Reported by cdk8s, or by the tier that was made of it.
    return [];
  }
}

/** The same of what was rendered. */
export function podsOf(json: ReturnType<ApiObject['toJson']>): readonly PodFacts[] {
  const group = groupOf(String(json.apiVersion));
  const top = Field.top(json, []);
  return isKnownWorkload(group, json.kind)
    ? readKnownWorkload(json.kind, top)
    : readCustomWorkload(group, json.kind, top);
}

/** Whether the selector may hold for such pods: what is not known of their labels is taken as it likes. */
export function mayBeSelected(selector: Selector, { labels, unknownLabels = [] }: PodFacts): boolean {
  if (selector.impossible) return false;
  const isUnknown = (key: string) =>
    isFromNode(key) || (unknownLabels === 'any' ? !Object.hasOwn(labels, key) : unknownLabels.includes(key));
  const asked = selector.constraints.filter(({ key }) => !isUnknown(key));
  return selectors.matches({ constraints: asked }, labels);
}
