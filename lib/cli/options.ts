import { ENGINE_NAMES } from '../model/engine-name';
import type { OptionSpec } from './command';

// The options that commands have in common.

/** Of commands whose own arguments leave no room for paths. */
export const PATH_OPTION: OptionSpec = {
  flags: '-f, --file <path>',
  description: 'folder, file, glob, or - for standard input; repeatable (default: the folder you are in)',
  isRepeatable: true,
};

/** Of every command that reads manifests. */
export const READING_OPTIONS: readonly OptionSpec[] = [
  {
    flags: '--engine <name@version>',
    description: `what enforces the policies: ${ENGINE_NAMES.join(', ')}; with a version where meanings depend on it, as cilium@1.20 (default: the one whose kinds are there)`,
  },
  {
    flags: '--cluster <file>',
    description: 'facts of the cluster in YAML or JSON: ranges of addresses, API server, DNS',
  },
  { flags: '--live', description: 'reads the cluster instead of files, and changes nothing there' },
  { flags: '--namespace <name>', description: 'of objects that name none (default: default)' },
  {
    flags: '--config <file>',
    description: 'settings (default: zero-trust.yaml in the first folder given, else where you are)',
  },
];

/** Of every command that reads manifests or a cluster. */
export const LIVE_OPTIONS: readonly OptionSpec[] = [
  {
    flags: '--context <name>',
    description: 'the context of the kubeconfig whose cluster is read (default: the one that kubectl takes)',
  },
  { flags: '--only-namespace <name>', description: 'of a cluster: reads this namespace alone' },
  { flags: '--kubectl <program>', description: 'what the cluster is asked by (default: $KUBECTL, or kubectl)' },
];

export function formatOptions(formats: readonly string[]): readonly OptionSpec[] {
  return [
    {
      flags: '--format <format>',
      description: `${formats.join(', ')} (default: ${formats[0]}); repeatable, each with an --output of its own`,
      isRepeatable: true,
    },
    {
      flags: '--output <file>',
      description: 'where the format before it goes (default: standard output)',
      isRepeatable: true,
    },
  ];
}

/** Of every command. */
export const COMMON_OPTIONS: readonly OptionSpec[] = [
  { flags: '-q, --quiet', description: 'prints results and errors, and no other message' },
  { flags: '-v, --verbose', description: 'prints every note on what was read' },
];
