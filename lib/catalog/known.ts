import {
  endName,
  KNOWN_SYSTEMS,
  type KnownSystem,
  type SystemFlow,
  type SystemPart,
  type SystemRole,
} from '../known-systems';
import { wrongKind } from '../model/checked';
import { isOneEditApart } from '../model/one-edit';
import { ZeroTrustError } from '../model/problem';

/**
 * The system of an id.
 *
 * @param method of the catalog that it was handed to
 */
export function systemNamed(given: unknown, method = 'Catalog.entry'): KnownSystem {
  if (typeof given !== 'string') {
    throw wrongKind(given, `the id of the system, for ${method},`, {
      is: 'text',
      allowed: 'the ids that Catalog.ids() gives',
      fix: `Write the id: ${method}('vllm')`,
    });
  }
  const id = given;
  const found = KNOWN_SYSTEMS.find((system) => system.id === id);
  if (found !== undefined) return found;
  const near = KNOWN_SYSTEMS.filter((system) => isLike(system.id, id.toLowerCase())).map((system) => system.id);
  throw new ZeroTrustError({
    rule: 'catalog-system',
    what: `the catalog has no system ${id}`,
    value: id,
    allowed: near.length > 0 ? near.join(', ') : 'the ids that Catalog.ids() gives',
    fix: `${near.length > 0 ? `Write '${near[0]}'` : 'Write an id that it has'}, or declare a tier of your own: new Tier(…)`,
  });
}

function isLike(id: string, given: string): boolean {
  return id === given || isOneEditApart(id, given) || id.split('-').includes(given);
}

/** The parts that whoever runs the system has beside their own: all but those of the cluster. */
export function partsOfUsers({ role, parts }: KnownSystem): readonly SystemPart[] {
  if (role === 'cluster') return parts;
  const own = parts.filter((part) => part.role !== 'cluster');
  return own.length > 0 ? own : parts;
}

/** The role of what is one tier. */
export function roleOf(id: string): SystemRole {
  const system = systemNamed(id);
  return partsOfUsers(system)[0].role ?? system.role;
}

/** The part of a name. */
export function partNamed(system: KnownSystem, name: string): SystemPart {
  const found = system.parts.find((part) => part.name === name);
  if (found !== undefined) return found;
  throw new ZeroTrustError({
    rule: 'catalog-part',
    what: `${system.title} has no part ${name}`,
    value: name,
    allowed: system.parts.map((part) => part.name).join(', '),
    fix: 'Write one of these names.',
  });
}

/** The flows of a system with others than these parts of it, each with the name of the other end. */
export function flowsWithOthers(
  { flows = [] }: KnownSystem,
  here: ReadonlySet<string>,
): readonly { readonly flow: SystemFlow; readonly other: string }[] {
  return flows.flatMap((flow) => {
    const [from, to] = [flow.from, flow.to].map((end) => end.kind === 'part' && here.has(end.name));
    if (from === to) return [];
    const other = endName(from ? flow.to : flow.from);
    return other === undefined ? [] : [{ flow, other }];
  });
}

/** The conditions under which a system needs more. */
export function conditionsOf({ flows = [] }: KnownSystem): readonly string[] {
  return [...new Set(flows.flatMap(({ when }) => when ?? []))];
}
