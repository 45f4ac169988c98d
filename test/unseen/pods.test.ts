// A case is pods/<name>.yaml: a whole world, with a question. Its first comments say what is asked and what is expected, a line
// each: `# from:` and `# to:`, ends of a connection (`stranger ` before one that no manifest knows); `# port:`, of TCP;
// `# allowed: yes|no|refused` and `# denied: yes|no|refused`, whether either is certain; optional `# says:`, text in what is
// said where either is not. A title stands in the other comments.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Port } from '../../lib';
import { stranger, type TestEnd, zeroTrustMatchers } from '../../lib/testing';

expect.extend(zeroTrustMatchers);

const CASES = join(__dirname, 'pods');

interface Question {
  readonly from: TestEnd;
  readonly to: TestEnd;
  readonly port: Port;
  readonly allowed: string;
  readonly denied: string;
  readonly says: readonly string[];
}

function questionOf(file: string): Question {
  const lines = readFileSync(join(CASES, file), 'utf8').split('\n');
  const values = (key: string) =>
    lines.flatMap((line) => (line.startsWith(`# ${key}: `) ? [line.slice(key.length + 4).trim()] : []));
  const only = (key: string) => {
    const [value] = values(key);
    if (value === undefined) throw new Error(`${file} does not say ${key}`);
    return value;
  };
  return {
    from: endOf(only('from')),
    to: endOf(only('to')),
    port: /^\d+$/.test(only('port')) ? Port.tcp(Number(only('port'))) : Port.named(only('port')),
    allowed: only('allowed'),
    denied: only('denied'),
    says: values('says'),
  };
}

function endOf(text: string): TestEnd {
  return text.startsWith('stranger ') ? stranger(text.slice('stranger '.length)) : text;
}

/** `yes` where it is certain; what is said where it is not, which `refused` has for both questions. */
function outcome(ask: () => void): string {
  try {
    ask();
    return 'yes';
  } catch (error) {
    return (error as Error).message;
  }
}

describe.each(readdirSync(CASES).filter((file) => file.endsWith('.yaml')))('pods as they run: %s', (file) => {
  const { from, to, port, allowed, denied, says } = questionOf(file);
  const manifests = join(CASES, file);

  it.each<[string, string, () => void]>([
    ['allowed', allowed, () => expect(manifests).toAllow(from, to, port)],
    ['denied', denied, () => expect(manifests).toDeny(from, to, port)],
  ])('are %s for certain: %s', (what, expected, ask) => {
    const found = outcome(ask);
    if (expected === 'yes') expect(found).toBe('yes');
    else if (expected === 'no') expect(found).toContain(`to be ${what}`);
    else expect(found).not.toMatch(/^yes$|^expected /);
    if (expected !== 'yes') for (const text of says) expect(found).toContain(text);
  });
});
