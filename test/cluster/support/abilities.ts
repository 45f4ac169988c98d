/**
 * What this machine can run of these suites. Found out once, before the tests (`global-setup.ts`), and handed to them
 * in the environment, since jest wants to know at once which tests are skipped.
 */
import { spawnSync } from 'node:child_process';
import { buildGoPrograms } from './go-programs';
import { clusterPrograms } from './programs';

export interface Abilities {
  /** Folder of the programs, where they could be built. */
  readonly programs?: string;
  /** Why there is no API server to test against. */
  readonly noServer?: string;
  /** Why no packets can be sent. */
  readonly noPackets?: string;
}

const variable = 'ZERO_TRUST_CLUSTER_ABILITIES';

export function findAbilities(): void {
  const built = buildGoPrograms(clusterPrograms);
  const noServer = built.kind === 'missing' ? built.reason : undefined;
  const abilities: Abilities = {
    ...(built.kind === 'built' ? { programs: built.folder } : {}),
    ...reason('noServer', noServer),
    ...reason('noPackets', noServer ?? missingForPackets()),
  };
  process.env[variable] = JSON.stringify(abilities);
  if (abilities.noServer !== undefined)
    process.stdout.write(`SKIPPED: acceptance by an API server: ${abilities.noServer}\n`);
  if (abilities.noPackets !== undefined) process.stdout.write(`SKIPPED: real packets: ${abilities.noPackets}\n`);
}

export function abilities(): Abilities {
  return JSON.parse(
    process.env[variable] ?? '{"noServer":"global-setup.ts did not run","noPackets":"global-setup.ts did not run"}',
  );
}

/** `describe`, or a skipped one whose title says why. */
export function describeUnless(missing: string | undefined, title: string, suite: () => void): void {
  if (missing === undefined) describe(title, suite);
  else describe.skip(`${title} (skipped: ${missing})`, suite);
}

function missingForPackets(): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces are Linux’s';
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  const missing = ['ip', 'iptables', 'ip6tables'].filter((command) => spawnSync(command, ['-V']).error !== undefined);
  return missing.length === 0 ? missingFromKernel() : `not installed: ${missing.join(', ')}`;
}

/** Lays the rule that everything hangs on into a network namespace of its own. */
function missingFromKernel(): string | undefined {
  const netns = `zt${process.pid}-try`;
  const rule = ['-A', 'FORWARD', '-j', 'NFQUEUE', '--queue-num', '100'];
  const commands = [
    ['netns', 'add', netns],
    ['netns', 'exec', netns, 'iptables', ...rule],
    ['netns', 'exec', netns, 'ip6tables', ...rule],
  ];
  try {
    for (const command of commands) {
      const { status, stderr } = spawnSync('ip', command, { encoding: 'utf8' });
      if (status !== 0) return `ip ${command.join(' ')}: ${stderr.trim().split('\n')[0]}`;
    }
    return undefined;
  } finally {
    spawnSync('ip', ['netns', 'del', netns]);
  }
}

function reason<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, string>);
}
