import {
  KNOWN_APIS,
  KNOWN_SYSTEMS,
  type KnownApi,
  type KnownSystem,
  type PortPurpose,
} from '../../../lib/known-systems';
import type { FlowEnd, SystemPart, SystemPort } from '../../../lib/known-systems/known-system';

/** The page of the catalog: a table of every system and API that is known, and a section for each. */
export function catalogPage(): string {
  return `${[
    '# Catalog',
    INTRODUCTION,
    '## Systems',
    systemsTable(),
    '## APIs outside the cluster',
    apisTable(),
    ...KNOWN_SYSTEMS.map(systemSection),
    ...KNOWN_APIS.map(apiSection),
  ].join('\n\n')}\n`;
}

/** The same as data, an entry a line, so that a difference shows which entry changed. */
export function catalogJson(): string {
  const lines = (entries: readonly object[]) => entries.map((entry) => JSON.stringify(entry)).join(',\n');
  return `{"systems":[\n${lines(KNOWN_SYSTEMS)}\n],"apis":[\n${lines(KNOWN_APIS)}\n]}\n`;
}

const INTRODUCTION = `The systems of AI platforms as far as policy is concerned with them: facts read in the projects' own sources and in renders of their charts, each with its source and the day of the last look. \`check\` uses them. Ports are those of pods. An entry leaves out what its sources do not say, and says so under **Not known**.

**Administration** is never for users. **Telemetry** is what a system tells its makers: nothing here needs it. A port *where it is on* is there only when somebody switches it on.

This page and [catalog.json](catalog.json) are written by \`npm run catalog\` from \`lib/known-systems\`; \`npm run catalog:stale\` lists entries by the age of their last look.`;

function systemsTable(): string {
  const columns: readonly PortPurpose[] = ['serving', 'administration', 'metrics', 'peers', 'health', 'webhook'];
  const rows = KNOWN_SYSTEMS.map((system) =>
    row([
      `[${system.title}](#${anchor(system.title)})`,
      system.role,
      ...columns.map((purpose) => portNumbers(system, purpose)),
      `${(system.flows ?? []).length}`,
      system.versions,
    ]),
  );
  return [row(['system', 'role', ...columns, 'needs', 'versions']), row(Array(10).fill('---')), ...rows].join('\n');
}

function portNumbers({ parts }: KnownSystem, purpose: PortPurpose): string {
  const ports = parts.flatMap((part) => part.ports).filter((port) => port.purpose === purpose);
  return [...new Set(ports.map(portText))].join(', ');
}

function apisTable(): string {
  const rows = KNOWN_APIS.map(({ title, uses }) =>
    row([`[${title}](#${anchor(title)})`, uses.map(({ name }) => name).join(', ')]),
  );
  return [row(['API', 'uses']), row(['---', '---']), ...rows].join('\n');
}

function systemSection(system: KnownSystem): string {
  const { id, title, role, parts, flows = [], requests = [], administration = [], calls = [] } = system;
  return [
    `## ${title}`,
    `\`${id}\`, ${role}.`,
    ...parts.map(partText),
    ...list(
      'Needs',
      flows.map(
        ({ from, to, ports, because, when }) =>
          `${endText(from)} → ${endText(to)}${ports === undefined ? '' : ` on ${ports.join(', ')}`}: ${because}${when === undefined ? '' : `, where ${when}`}`,
      ),
    ),
    ...list('For users', requests.map(requestText)),
    ...list(
      'For administrators, on a port for users',
      administration.map((request) =>
        [
          `${requestText(request)} ${request.what}`,
          ...(request.before === undefined ? [] : [`answered before ${request.before}`]),
          ...(request.switchedOnBy === undefined ? [] : [`answered with \`${request.switchedOnBy}\``]),
          ...(request.guardedBy === undefined
            ? []
            : [`asks for a key with ${request.guardedBy.map(code).join(' or ')}`]),
        ].join('; '),
      ),
    ),
    ...list(
      'Calls',
      calls.map(
        ({ host, port = 443, because, when }) =>
          `\`${host}\` on ${port}: ${because}${when === undefined ? '' : `, where ${when}`}`,
      ),
    ),
    ...list(
      'Telemetry',
      (system.telemetry ?? []).map(
        ({ host, port = 443, what, off }) =>
          `\`${host}\` on ${port}${what === undefined ? '' : ` (${what})`}${off === undefined ? '' : `; off with \`${off}\``}`,
      ),
    ),
    ...list(
      'Policies that come with it',
      (system.policies ?? []).map(({ by, effect, off }) => `${by}: ${effect}. Off: ${off}`),
    ),
    ...list('Traps', system.traps ?? []),
    ...list('Not known', system.unknown ?? []),
    `Source: ${system.source}. Versions: ${system.versions}. Looked at ${system.lookedAt}.`,
  ].join('\n\n');
}

function partText({ name, labels, ports, role, madeBy }: SystemPart): string {
  const told = [role, madeBy === undefined ? undefined : `made by ${madeBy}`].filter((text) => text !== undefined);
  const lines = [
    ...labels.map(({ labels: pairs, keys = [], of, isGeneric }) => {
      const texts = [...Object.entries(pairs).map(([key, value]) => `${key}=${value}`), ...keys];
      return `labels ${texts.map(code).join(', ')}${of === undefined ? '' : ` (${of})`}${isGeneric ? ', as others may have' : ''}`;
    }),
    ...ports.map(
      (port) => `${portText(port)} ${port.purpose}: ${port.what}${port.isOptional ? ', where it is on' : ''}`,
    ),
  ];
  return [`**${name}**${told.length === 0 ? '' : ` (${told.join(', ')})`}`, ...lines.map((line) => `- ${line}`)].join(
    '\n',
  );
}

function apiSection({ title, id, uses, traps = [], unknown = [], source, versions, lookedAt }: KnownApi): string {
  return [
    `## ${title}`,
    `\`${id}\`, on 443.`,
    uses.map(({ name, because, hosts }) => `- **${name}**: ${hosts.map(code).join(', ')}: ${because}`).join('\n'),
    ...list('Traps', traps),
    ...list('Not known', unknown),
    `Source: ${source}. Versions: ${versions}. Looked at ${lookedAt}.`,
  ].join('\n\n');
}

function list(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [[`**${title}**`, ...items.map((item) => `- ${item}`)].join('\n')];
}

function endText(end: FlowEnd): string {
  switch (end.kind) {
    case 'part':
      return end.name;
    case 'system':
      return end.title;
    case 'api-server':
      return 'API server';
    case 'nodes':
      return 'nodes';
  }
}

function portText({ number, last, protocol = 'TCP' }: SystemPort): string {
  return `${number}${last === undefined ? '' : `-${last}`}${protocol === 'TCP' ? '' : `/${protocol}`}`;
}

function requestText({ method, path }: { readonly method?: string; readonly path: string }): string {
  return code([method, path].filter((word) => word !== undefined).join(' '));
}

function code(text: string): string {
  return `\`${text}\``;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** As GitHub makes them. */
function anchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}
