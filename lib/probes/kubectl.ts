import { spawn } from 'node:child_process';

/** How one call of kubectl ended. */
export interface KubectlEnded {
  readonly ok: boolean;
  readonly out: string;
  readonly err: string;
}

/** Runs kubectl on the cluster that is meant, with text on its standard input where there is any. */
export type Kubectl = (args: readonly string[], input?: string) => Promise<KubectlEnded>;

export interface KubectlTarget {
  /** Of the kubeconfig. @default the one that kubectl would take */
  readonly context?: string;
  /** The program. @default 'kubectl' */
  readonly kubectl?: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The one door by which the library changes a cluster. Without a shell between, and in a process group of its own: an
 * interrupt at the terminal must not end the call that removes what there is.
 */
export function kubectlOf({ context, kubectl = 'kubectl', cwd, env }: KubectlTarget): Kubectl {
  const flags = context === undefined ? [] : [`--context=${context}`];
  return (args, input = '') =>
    new Promise((resolve) => {
      const child = spawn(kubectl, [...flags, ...args], { cwd, env: { ...env }, detached: true });
      const parts = { out: '', err: '' };
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        parts.out += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        parts.err += text;
      });
      child.on('error', ({ message }) => resolve({ ok: false, out: '', err: message }));
      child.on('close', (code) => resolve({ ok: code === 0, ...parts }));
      // A program that ends before it has read all says why by itself.
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
    });
}
