import { spawn } from 'node:child_process';

/** How a call of kubectl ended. */
export interface KubectlEnded {
  readonly ok: boolean;
  readonly out: string;
  readonly err: string;
}

/** Calls kubectl with these arguments, without a shell between; `input` is what it reads. */
export type Kubectl = (args: readonly string[], input?: string) => Promise<KubectlEnded>;

/** Where the program runs. */
interface Around {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The kubectl of the user: contexts, login plugins and proxies are its own. It runs in a process group of its own: an interrupt
 * at the terminal would otherwise end the very call that removes what there is.
 */
export function kubectlOf(program: string, context: string | undefined, { cwd, env }: Around): Kubectl {
  const flags = context === undefined ? [] : [`--context=${context}`];
  return (args, input) =>
    new Promise((resolve) => {
      const child = spawn(program, [...flags, ...args], {
        cwd,
        env: { ...env },
        stdio: ['pipe', 'pipe', 'pipe'],
        detached: true,
      });
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
      // Who does not read its input says so by its exit code.
      child.stdin.on('error', () => undefined);
      child.on('error', (error) => resolve({ ok: false, out: '', err: error.message }));
      child.on('close', (code) =>
        resolve({ ok: code === 0, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString().trim() }),
      );
      child.stdin.end(input ?? '');
    });
}
