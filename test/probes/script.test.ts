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

/** A dig that says what the name of its server asks for, word for word as dig 9.18 does. */
const dig = join(folder, 'dig');
writeFileSync(
  dig,
  `#!/bin/sh
for server in "$@"; do case "$server" in @*) break ;; esac; done
case "$server" in
@answers) echo ";; ->>HEADER<<- opcode: QUERY, status: NXDOMAIN, id: 1"; exit 0 ;;
@declines) echo ";; ->>HEADER<<- opcode: QUERY, status: REFUSED, id: 1"; exit 0 ;;
@refuses) echo ";; communications error to 10.9.0.1#53: connection refused" ;;
@drops) echo ";; communications error to 10.9.0.1#53: timed out" ;;
@noroute) echo ";; communications error to 10.9.0.1#53: host unreachable" ;;
@nonet) echo ";; UDP setup with 10.1.2.3#53(10.1.2.3) for a.b failed: network unreachable." ;;
*) echo "dig: couldn't get address for '': failure"; exit 1 ;;
esac
echo ";; no servers could be reached"
exit 9
`,
);
chmodSync(dig, 0o755);

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

  it.each([
    ['allow', 'answers', 0, /^OPEN *$/],
    ['allow', 'declines', 1, /^OTHER: the answer is REFUSED *$/],
    ['allow', 'drops', 1, /^TIMEOUT *$/],
    ['deny', 'answers', 1, /^OPEN *$/],
    ['deny', 'declines', 1, /^OTHER: the answer is REFUSED *$/],
    ['deny', 'drops', 0, /^TIMEOUT *$/],
    ['deny', 'refuses', 0, /^REFUSED *$/],
    ['deny', 'noroute', 0, /^OTHER: .*host unreachable/],
    ['deny', 'nonet', 0, /^OTHER: .*network unreachable/],
    ['deny', '', 1, /^BROKEN dig: /],
  ])('where %s meets a name server that %s ends with %i', (expected, server, code, said) => {
    const conf = join(folder, 'resolv.conf');
    writeFileSync(conf, `search svc.cluster.local\n${server && `nameserver ${server}\nnameserver other\n`}`);
    const { status, lines } = ran([`leg-1,${expected},udp,name-server`], {
      PROBE_QUERY: dig,
      PROBE_QUESTION: 'a.b',
      PROBE_RESOLV_CONF: conf,
    });
    expect(status).toBe(code);
    for (const round of [1, 2, 3]) {
      expect(lines.find((line) => line.startsWith(`probe ${round} `))?.replace(/^probe \d leg-1 /, '')).toMatch(said);
    }
  });

  it('asks name servers by a program that the image may lack', () => {
    const env = { PROBE_QUERY: join(folder, 'none'), PROBE_QUESTION: 'a.b', PROBE_RESOLV_CONF: '/dev/null' };
    const { status, lines } = ran(['leg-1,deny,udp,name-server'], env);
    expect(status).toBe(1);
    expect(lines[0]).toMatch(/^settling 1 leg-1 BROKEN .*not found/);
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
