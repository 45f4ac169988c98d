import type { IConstruct } from 'constructs';
import type { KnownSystem, SystemPart, SystemRole } from '../known-systems';
import { ZeroTrustError } from '../model/problem';
import {
  AgentTier,
  DataTier,
  GatewayTier,
  InferenceTier,
  Tier,
  type TierProps,
  type ZeroTrustNamespace,
} from '../tiers';
import { Pods } from '../values/pods';
import { CALL_OF_SYSTEM, callOfTiers, givenScope, givenText, refuseScopeAsOptions } from './calls';
import { CatalogSystem } from './catalog-system';
import { CONSTRUCT_OF_ROLE } from './construct-of-role';
import { refuseUnknownNames, systemOptions, tierOptions } from './given';
import { partNamed, partsOfUsers, systemNamed } from './known';
import type { CatalogSystemOptions } from './options';
import { isNeeded, type PartHere, portsAmongParts, reasonOf, refuseNothingToOpen } from './part-flows';
import { type Beside, refusePartsWithoutLabels } from './part-pods';
import { propsOfPart } from './part-props';
import { refusePartsAlike } from './parts-alike';
import { type SeenWorkload, workloadsSeen } from './seen-workloads';

/** A system of one part as props of a tier. */
export function propsOf(id: string, given: unknown): TierProps {
  const system = systemNamed(id);
  const [part] = partsOfUsers(system);
  refuseScopeAsOptions(given, system, CONSTRUCT_OF_ROLE[part.role ?? system.role]);
  const options = tierOptions(system, given);
  const here = new Set([part.name]);
  refuseUnknownNames(system, here, options);
  refuseNothingToOpen(system, [part], options);
  const { pods, servingPorts: serving } = options;
  return propsOfPart({ system, part, here, ...(serving && { serving }) }, options, {
    ...(pods && { pods }),
    beside: { instance: options.instance },
  });
}

/** A system as a tier for each of its parts, with the flows among them. */
export function tiersOf(givenSpace: unknown, givenId: unknown, systemId: string, given: unknown): CatalogSystem {
  const system = systemNamed(systemId);
  const call = callOfTiers(system);
  const scope = givenScope(givenSpace, call);
  const id = givenText(givenId, 'id', scope, call);
  return tiersIn(scope, id, system, given);
}

/** The same of any system, whose id was given as well. */
export function tiersOfAny(givenSpace: unknown, givenId: unknown, systemId: unknown, given: unknown): CatalogSystem {
  const scope = givenScope(givenSpace, CALL_OF_SYSTEM);
  const id = givenText(givenId, 'id', scope, CALL_OF_SYSTEM);
  return tiersIn(scope, id, systemNamed(givenText(systemId, 'system', scope, CALL_OF_SYSTEM)), given);
}

function tiersIn(scope: ZeroTrustNamespace, id: string, system: KnownSystem, given: unknown): CatalogSystem {
  const options = systemOptions(system, given);
  const parts = partsHere(system, options);
  const here = new Set(parts.map(({ name }) => name));
  refuseUnknownNames(system, here, options);
  refuseNothingToOpen(system, parts, options);
  const pods = podsOfParts(system, parts, options);
  refusePartsWithoutLabels(
    system,
    parts.filter(({ name }) => !pods.has(name)),
  );
  const tiers = new Map(
    parts.map((part) => {
      const serving = options.servingPorts?.[part.name];
      const of: PartHere = { system, part, here, ...(serving && { serving }) };
      const props = propsOfPart(of, options, {
        pods: pods.get(part.name),
        beside: besideOf(part, parts, pods, options),
        asksOthers: asksOthers(of, options),
      });
      const name = parts.length === 1 ? id : `${id}-${part.name}`;
      return [part.name, tierOfRole(part.role ?? system.role, scope, name, props)];
    }),
  );
  refusePartsAlike(system, parts, tiers, pods, scope);
  openAmong(system, tiers, options);
  return CatalogSystem._of(system.id, system.title, tiers);
}

function partsHere(system: KnownSystem, { parts, workload, pods = {} }: CatalogSystemOptions): readonly SystemPart[] {
  for (const name of Object.keys(pods)) partNamed(system, name);
  if (parts !== undefined) return parts.map((name) => partNamed(system, name));
  const all = partsOfUsers(system);
  if (workload === undefined) return all;
  const seen = workloadsOf(system, workload);
  if (seen.some(({ isOfOperator }) => isOfOperator)) return all;
  return system.parts.filter(({ name }) => Object.hasOwn(pods, name) || seen.some((each) => isOnly(each, name)));
}

/** The workloads of the construct that are the system; where there are none, what is there is said. */
function workloadsOf(system: KnownSystem, workload: IConstruct): readonly SeenWorkload[] {
  const seen = workloadsSeen(workload);
  const own = seen.filter((each) => each.system === system);
  if (own.length > 0) return own;
  const others = [...new Set(seen.map(({ system: { title } }) => title))];
  const found = others.length > 0 ? others.join(', ') : 'nothing that the catalog knows by its images, kinds or labels';
  throw new ZeroTrustError({
    rule: 'catalog-workload',
    what: `${workload.node.path} has no workload of ${system.title}: what it renders is ${found}`,
    value: workload.node.path,
    allowed: `images ${[...system.known.images, ...system.parts.flatMap(({ images = [] }) => images)].join(', ') || 'of its own'}${
      system.known.kinds === undefined ? '' : `, and kinds ${system.known.kinds.join(', ')}`
    }`,
    fix: 'Give the construct that renders it, or of images under other names the pods by part: { pods: { … } }',
  });
}

function isOnly({ parts }: SeenWorkload, name: string): boolean {
  return parts.length === 1 && parts[0].name === name;
}

/** Pods of each part that was given or seen; the others are told by their labels. */
function podsOfParts(
  system: KnownSystem,
  parts: readonly SystemPart[],
  { pods = {}, workload }: CatalogSystemOptions,
): ReadonlyMap<string, Pods> {
  const seen = workload === undefined ? [] : workloadsOf(system, workload).filter(({ isOfOperator }) => !isOfOperator);
  return new Map(
    parts.flatMap((part): [string, Pods][] => {
      const { name } = part;
      if (Object.hasOwn(pods, name)) return [[name, pods[name]]];
      const own = seen.filter((each) => isOnly(each, name));
      // Several workloads of one part (two caches) have their labels in common, and no label of ours.
      return own.length === 1 ? [[name, Pods.of(own[0].object)]] : [];
    }),
  );
}

/** One of two parts gives way to the other: the one that comes first. */
function besideOf(
  part: SystemPart,
  parts: readonly SystemPart[],
  pods: ReadonlyMap<string, Pods>,
  { instance }: CatalogSystemOptions,
): Beside {
  const later = parts.slice(parts.indexOf(part) + 1).filter(({ name }) => !pods.has(name));
  return { instance, beside: later, hasTiersOfWorkloads: pods.size > 0 };
}

function asksOthers({ system, part, here }: PartHere, options: CatalogSystemOptions): boolean {
  return (system.flows ?? []).some(
    (flow) =>
      flow.from.kind === 'part' &&
      flow.from.name === part.name &&
      flow.to.kind === 'part' &&
      here.has(flow.to.name) &&
      isNeeded(flow, options),
  );
}

function openAmong(system: KnownSystem, tiers: ReadonlyMap<string, Tier>, options: CatalogSystemOptions): void {
  for (const flow of system.flows ?? []) {
    const [from, to] = [flow.from, flow.to].map((end) => (end.kind === 'part' ? tiers.get(end.name) : undefined));
    if (from === undefined || to === undefined || from === to || !isNeeded(flow, options)) continue;
    from.connections._declare('egress', to, {
      ports: portsAmongParts(flow),
      because: reasonOf(system, flow.because),
    });
  }
}

/** The tier of a role. */
export function tierOfRole(role: SystemRole, scope: ZeroTrustNamespace, id: string, props: TierProps): Tier {
  return new CONSTRUCTS[CONSTRUCT_OF_ROLE[role]](scope, id, props);
}

const CONSTRUCTS = { GatewayTier, InferenceTier, AgentTier, DataTier, Tier };
