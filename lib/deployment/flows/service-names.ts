import type { IConstruct } from 'constructs';
import { type GraphData, tierKey } from '../../graph/graph-data';
import type { HostPattern } from '../../model/host-pattern';
import * as selectors from '../../model/selector';
import { rendering } from '../workloads/rendering';
import { apiObjectsOf } from '../workloads/workload';

/** A Service by the name that pods call it by: `weaviate.ai-data.svc.cluster.local`. */
interface ServiceName {
  readonly name: string;
  readonly namespace: string;
}

/** The Service that a name of a host is of, where it is one of the cluster. */
export function serviceNamed(pattern: HostPattern): ServiceName | undefined {
  if (pattern.kind !== 'exact') return undefined;
  const found = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.cluster\.local)?$/.exec(pattern.name);
  return found === null ? undefined : { name: found[1], namespace: found[2] };
}

/** What to name instead of the Service: the tier behind it, the tiers of its namespace, or pods that somebody else runs. */
export function insteadOfService(service: ServiceName, { tiers }: GraphData, root: IConstruct): string {
  const members = tiers.filter(({ namespace }) => namespace === service.namespace);
  if (members.length === 0) {
    return `Name the pods behind it: Pods.labeled({ app: '${service.name}' }).inNamespace('${service.namespace}').ownedBy('…')`;
  }
  const selector = selectorOf(service, root);
  const behind = members.filter(({ name, pods }) =>
    selector === undefined ? name === service.name : selectors.intersects(pods.pods, selector),
  );
  const [tier, ...others] = behind.length === 0 ? members : behind;
  return others.length === 0
    ? `Give the tier behind it, ${tierKey(tier)}, as the peer: allowTo(${variableOf(tier.name)}, { because: '…' })`
    : `Give the tier behind it as the peer, one of ${[tier, ...others].map(tierKey).join(', ')}: allowTo(${variableOf(tier.name)}, { because: '…' })`;
}

/** What the Service selects, where the app renders it. */
function selectorOf({ name, namespace }: ServiceName, root: IConstruct): selectors.Selector | undefined {
  const object = apiObjectsOf(root).find(
    (it) => it.kind === 'Service' && it.name === name && (it.metadata.namespace ?? namespace) === namespace,
  );
  const labels: unknown = object && rendering(object).spec?.selector;
  return labels ? selectors.fromLabels(labels as selectors.Labels) : undefined;
}

/** How somebody would call the tier in code: `text-embeddings` as `textEmbeddings`. */
function variableOf(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
