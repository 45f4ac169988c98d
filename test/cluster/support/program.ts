import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A program that speaks in lines. It ends by itself when its standard input ends, also when this process dies. */
export class Program {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;
  private complaints = '';

  constructor(
    private readonly path: string,
    args: readonly string[] = [],
  ) {
    this.child = spawn(path, args);
    this.child.stderr.on('data', (data) => {
      this.complaints = (this.complaints + data).slice(-20_000);
    });
    this.child.stdin.on('error', () => undefined); // it is gone; the next read says so
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  tell(line: string): void {
    this.child.stdin.write(`${line}\n`);
  }

  /** The next line that it says. @throws with what it wrote to standard error, when it is gone. */
  async next(): Promise<string> {
    const { value, done } = await this.lines.next();
    if (done === true) throw new Error(`${this.path} ended.\n${this.complaints}`);
    return value;
  }

  async ready(): Promise<string> {
    for (;;) {
      const line = await this.next();
      if (line.startsWith('READY')) return line;
    }
  }

  async ask(line: string): Promise<string> {
    this.tell(line);
    return this.next();
  }

  /** What it wrote to standard error, the end of it. */
  get said(): string {
    return this.complaints;
  }

  /** Ends its input and waits for it to end; asks it to stop, and then makes it, when it does not. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.stdin.end();
    const signals = [
      setTimeout(() => this.child.kill('SIGTERM'), 20_000),
      setTimeout(() => this.child.kill('SIGKILL'), 40_000),
    ];
    await ended;
    for (const signal of signals) clearTimeout(signal);
  }
}
