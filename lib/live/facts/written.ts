import { METHOD_OF_ENGINE, platformInCode } from '../../cluster/names-in-code';
import { PLATFORMS } from '../../cluster/platforms';
import { printable } from '../../model/printable';
import type { ClusterFound, DnsFound } from './cluster-found';
import { type Fact, knownValue } from './fact';

/** One property in code, in the file of facts, or not known. */
interface Property {
  readonly name: string;
  readonly fact: Fact<unknown>;
  /** Undefined where the code has no property for it. */
  readonly code?: string;
  readonly yaml?: string;
}

/** The facts as code: what was found as properties, each with how; what was not as comments. */
export function asCode(found: ClusterFound): string {
  const method = METHOD_OF_ENGINE[knownValue(found.engine) ?? 'kubernetes'];
  const imports = ['Cluster', ...importsOf(found)].sort().join(', ');
  const lines = propertiesOf(found).flatMap(({ name, fact, code }) => {
    if (!fact.isKnown) return [printable(`  // ${name}: not found: ${fact.why}`)];
    return code === undefined ? [] : [printable(`  // ${fact.how}`), `  ${name}: ${code},`];
  });
  return [
    `import { ${imports} } from 'cdk8s-zero-trust';`,
    '',
    ...engineComment(found, '//'),
    `export const cluster = Cluster.${method}({`,
    ...lines,
    '});',
    '',
  ].join('\n');
}

/** The facts as the file that `--cluster` takes. */
export function asFile(found: ClusterFound): string {
  const engine = knownValue(found.engine);
  const version = knownValue(found.version);
  const lines = propertiesOf(found)
    .filter(({ name }) => name !== 'version')
    .flatMap(({ name, fact, yaml }) => {
      if (!fact.isKnown) return [printable(`# ${name}: not found: ${fact.why}`)];
      return yaml === undefined ? [] : [printable(`# ${fact.how}`), `${name}: ${yaml}`];
    });
  return [
    'schema: cdk8s-zero-trust/cluster-facts/v1',
    ...engineComment(found, '#'),
    ...(engine === undefined ? [] : [`engine: ${engine}`]),
    // A version says nothing without the engine that it is of.
    ...(engine === undefined || version === undefined ? [] : [`version: '${version}'`]),
    ...lines,
    '',
  ].join('\n');
}

function engineComment({ engine }: ClusterFound, mark: string): readonly string[] {
  return [printable(engine.isKnown ? `${mark} ${engine.how}` : `${mark} engine: not found: ${engine.why}`)];
}

function propertiesOf(found: ClusterFound): readonly Property[] {
  const { version, platform, podCidrs, serviceCidrs, nodeCidrs, apiServer, dns, blockMode, encryption } = found;
  return [
    { name: 'name', fact: { isKnown: true, value: found.name, how: 'its context' }, ...both(quoted(found.name)) },
    { name: 'version', fact: version, ...both(version.isKnown ? quoted(version.value) : undefined) },
    {
      name: 'platform',
      fact: platform,
      ...(platform.isKnown && {
        code: platformInCode(platform.value),
        yaml: platform.value,
      }),
    },
    { name: 'podCidrs', fact: podCidrs, ...both(listText(knownValue(podCidrs))) },
    { name: 'serviceCidrs', fact: serviceCidrs, ...both(listText(knownValue(serviceCidrs))) },
    { name: 'nodeCidrs', fact: nodeCidrs, ...both(listText(knownValue(nodeCidrs))) },
    {
      name: 'apiServer',
      fact: apiServer,
      ...(apiServer.isKnown && {
        code: `{ addresses: ${listText(apiServer.value.addresses)}, ports: [${apiServer.value.ports.map((port) => `Port.tcp(${port})`).join(', ')}] }`,
        yaml: `{ addresses: ${listText(apiServer.value.addresses)}, ports: [${apiServer.value.ports.join(', ')}] }`,
      }),
    },
    {
      name: 'dns',
      fact: dns,
      ...(dns.isKnown && { code: dnsCode(dns.value), yaml: `[${dns.value.map(dnsYaml).join(', ')}]` }),
    },
    // The code has no property for it: the engine and the platform say it there.
    { name: 'blockMode', fact: blockMode, ...(blockMode.isKnown && saysMore(found) && { yaml: blockMode.value }) },
    {
      name: 'encryption',
      fact: encryption,
      ...(encryption.isKnown && { code: `Encryption.${encryption.value.toUpperCase()}`, yaml: encryption.value }),
    },
  ];
}

/** Engines of their own kinds have one mode each, and so have some platforms. */
function saysMore({ engine, platform }: ClusterFound): boolean {
  const name = knownValue(platform);
  return knownValue(engine) === 'kubernetes' && (name === undefined || PLATFORMS[name].ipBlockMode === undefined);
}

function importsOf({ platform, apiServer, dns, encryption }: ClusterFound): readonly string[] {
  return [
    ...(platform.isKnown ? ['Platform'] : []),
    ...(apiServer.isKnown ? ['Port'] : []),
    ...(dns.isKnown ? ['Dns'] : []),
    ...(encryption.isKnown ? ['Encryption'] : []),
  ];
}

function both(text: string | undefined): { readonly code?: string; readonly yaml?: string } {
  return text === undefined ? {} : { code: text, yaml: text };
}

/** Text in single quotes, which YAML and TypeScript both take; a quote in it stays a quote in neither, so it goes. */
function quoted(text: string): string {
  return `'${text.replace(/['\\\n\r]/g, '')}'`;
}

function listText(blocks: readonly string[] | undefined): string | undefined {
  return blocks === undefined ? undefined : `[${blocks.map(quoted).join(', ')}]`;
}

function dnsCode(found: readonly DnsFound[]): string {
  const each = found.map((one) => {
    if (typeof one === 'object') return `Dns.custom({ addresses: ${listText(one.addresses)} })`;
    return { coredns: 'Dns.coreDns()', 'node-local': 'Dns.nodeLocal()', openshift: 'Dns.openShift()' }[one];
  });
  return each.length === 1 ? each[0] : `Dns.anyOf([${each.join(', ')}])`;
}

function dnsYaml(found: DnsFound): string {
  return typeof found === 'object' ? `{ addresses: ${listText(found.addresses)} }` : found;
}
