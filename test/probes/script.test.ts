import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SCRIPT } from '../../lib/probes/script';

const folder = mkdtempSync(join(tmpdir(), 'script-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A connect that says what the host of its address asks for, as agnhost does: on standard error, with exit code 1. */
const connect = join(folder, 'connect');
writeFileSync(
  connect,
  `#!/bin/sh
case "$1" in
open:*) exit 0 ;;
refused:*) echo REFUSED >&2 ;;
dropped:*) echo TIMEOUT >&2 ;;
unknown:*) echo "DNS: lookup unknown: no such host" >&2 ;;
noroute:*) echo "OTHER: dial tcp: connect: no route to host" >&2 ;;
sctp:*) echo "OTHER: protocol not supported" >&2 ;;
silent:*) ;;
late:*) if [ -e ${folder}/late ]; then exit 0; fi; touch ${folder}/late; echo TIMEOUT >&2 ;;
*) echo "UNKNOWN: $*" >&2 ;;
esac
exit 1
`,
);
chmodSync(connect, 0o755);

function ran(legs: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout } = spawnSync('sh', ['-c', SCRIPT, 'probe', ...legs], {
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      PROBE_CONNECT: connect,
      PROBE_TIMEOUT: '1s',
      PROBE_SETTLE: '0',
      PROBE_PATIENCE: '0',
      PROBE_PAUSE: '0',
      ...env,
    },
  });
  return { status, lines: stdout.trim().split('\n') };
}

describe('what a Job runs', () => {
  it.each([
    ['allow', 'open', 0, 'OPEN'],
    ['allow', 'dropped', 1, 'TIMEOUT'],
    ['allow', 'refused', 1, 'REFUSED'],
    ['allow', 'unknown', 1, 'DNS: lookup unknown: no such host'],
    ['deny', 'dropped', 0, 'TIMEOUT'],
    ['deny', 'refused', 0, 'REFUSED'],
    ['deny', 'noroute', 0, 'OTHER: dial tcp: connect: no route to host'],
    ['deny', 'open', 1, 'OPEN'],
    ['deny', 'unknown', 1, 'DNS: lookup unknown: no such host'],
    ['deny', 'sctp', 1, 'OTHER: protocol not supported'],
    ['deny', 'silent', 1, 'BROKEN'],
  ])('where %s meets what is %s ends with %i, and says %s three times', (expected, host, code, said) => {
    const { status, lines } = ran([`leg-1,${expected},tcp,${host}:80`]);
    expect(status).toBe(code);
    expect(lines.map((line) => line.trimEnd())).toEqual([
      `settling 1 leg-1 ${said}`,
      ...[1, 2, 3].map((round) => `probe ${round} leg-1 ${said}`),
      'done',
    ]);
  });

  it('fails where one of many is not as expected', () => {
    expect(ran(['a,allow,tcp,open:80', 'b,deny,tcp,open:80', 'c,deny,tcp,dropped:80']).status).toBe(1);
  });

  it('has patience with policies that settle, and judges only what comes after', () => {
    const { status, lines } = ran(['a,allow,tcp,late:80'], { PROBE_PATIENCE: '5' });
    expect(status).toBe(0);
    expect(lines.slice(0, 2).map((line) => line.trimEnd())).toEqual(['settling 1 a TIMEOUT', 'settling 2 a OPEN']);
  });

  it('shows by a name that its network is up, however that is answered', () => {
    expect(ran(['a,deny,tcp,dropped:80'], { PROBE_NAME: 'refused:443' })).toMatchObject({ status: 0 });
    expect(ran(['a,deny,tcp,dropped:80'], { PROBE_NAME: 'refused:443' }).lines).toContain('resolved');
    const without = ran(['a,deny,tcp,dropped:80'], { PROBE_NAME: 'unknown:443' });
    expect(without.status).toBe(1);
    expect(without.lines).not.toContain('resolved');
  });

  it('dials the API server where every pod is told that it is', () => {
    const at = (host: string) =>
      ran(['a,deny,tcp,api-server'], { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: '6443' }).lines[0];
    expect(at('10.96.0.1')).toContain('10.96.0.1:6443');
    expect(at('fd00::1')).toContain('[fd00::1]:6443');
  });

  it('has nothing that Kubernetes or Helm would take for a variable of theirs', () => {
    expect(SCRIPT).not.toMatch(/\$\$|\$\((?:PROBE|KUBERNETES)_\w+\)|\{\{/);
  });
});
