import { basename } from 'node:path';
import type * as Readline from 'node:readline/promises';
import { ZeroTrustError } from '../model/problem';
import type { Io } from './io';

/** Ctrl-C, a pipeline that is cancelled, a terminal that is closed. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The process as commands see it. */
export function processIo(of: NodeJS.Process): Io {
  const out = quietly(of.stdout);
  const err = quietly(of.stderr);
  return {
    out,
    err,
    stdin: () => {
      if (of.stdin.isTTY) err('Reading manifests from standard input; Ctrl-D ends them.\n');
      return readAll(of.stdin);
    },
    stdinBytes: () => {
      if (of.stdin.isTTY) err('Reading a log from standard input; Ctrl-D ends it.\n');
      return of.stdin;
    },
    onInterrupt: (interrupted) => {
      for (const signal of ENDING) of.once(signal, interrupted);
      return () => {
        for (const signal of ENDING) of.off(signal, interrupted);
      };
    },
    isErrTerminal: of.stderr.isTTY === true,
    ...(of.stdin.isTTY && of.stdout.isTTY && { ask: (question: string) => asked(question, of) }),
    env: of.env,
    cwd: of.cwd(),
    isTerminal: of.stdout.isTTY === true,
    columns: of.stdout.columns || 80,
    // As a plugin of kubectl it is called by another name.
    ...(basename(of.argv[1] ?? '').startsWith('kubectl-') && { program: 'kubectl zero-trust' }),
  };
}

/** One question at a time; who ends the input has answered nothing. */
async function asked(question: string, { stdin, stdout }: NodeJS.Process): Promise<string> {
  const { createInterface } = require('node:readline/promises') as typeof Readline;
  const lines = createInterface({ input: stdin, output: stdout });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

/** Whoever closes a pipe has read enough: that is no failure. Any other is, and ends the process. */
function quietly(stream: NodeJS.WriteStream): (text: string) => void {
  let isClosed = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    isClosed = true;
    if (error.code === 'EPIPE') return;
    process.exitCode = 3;
    if (stream !== process.stderr) process.stderr.write(`The results could not be written (${error.code}).\n`);
  });
  return (text) => {
    if (!isClosed) stream.write(text);
  };
}

async function readAll(stream: NodeJS.ReadStream): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk as Uint8Array);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new ZeroTrustError({
      rule: 'not-text',
      where: 'standard input',
      what: 'This is not text in UTF-8, so that it cannot be YAML',
      allowed: 'YAML or JSON in UTF-8',
      fix: 'Check what is piped in.',
    });
  }
}
