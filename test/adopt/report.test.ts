// Of a large cluster nobody reads a line for each connection: what is alike is counted, and all of it is in files.
import { inNamespace, matching, namespace, pod, policy, tcp } from '../../bench/worlds/objects';
import { adopted } from '../../lib/adopt/adopted';
import { adoptionText, reportFiles } from '../../lib/adopt/report';
import { planeOf } from '../../lib/analysis';
import { readText } from '../../lib/analysis/files/read-files';
import { seenOf } from '../../lib/checks/seen';
import { engineFacts } from '../../lib/settings/engine-given';
import { Cluster } from '../../lib/values';

/** So many clients that may call servers, which let none of them in; and so many that nobody isolates. */
function cluster(clients: number) {
  const names = Array.from({ length: clients }, (_, i) => `pod-${i}`);
  const objects = [
    namespace('clients'),
    namespace('servers'),
    namespace('open'),
    ...names.map((name) => pod('clients', name, { app: 'client', pod: name })),
    ...names.map((name) => pod('open', name, { app: 'open', pod: name })),
    pod('servers', 'server', { app: 'server' }),
    pod('servers', 'other', { app: 'other' }),
    policy('clients', 'to-server', {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [
        { to: [inNamespace('servers', matching({ app: 'server' }))], ports: [tcp(80)] },
        { to: [inNamespace('servers', matching({ app: 'other' }))], ports: [tcp(80)] },
      ],
    }),
    policy('servers', 'closed', { podSelector: matching({ app: 'server' }), policyTypes: ['Ingress'], ingress: [] }),
  ];
  const reading = readText(objects.map((object) => JSON.stringify(object)).join('\n---\n'), 'w.yaml', {});
  const facts = engineFacts('kubernetes');
  const seen = seenOf(reading, planeOf(reading), { facts });
  return adopted(seen, {
    namespaces: ['clients', 'servers', 'open'],
    cluster: Cluster._with(facts),
    plane: {},
  });
}

describe('the report of what was adopted', () => {
  it('tells everything of a small cluster', () => {
    const adoption = cluster(3);
    const text = adoptionText(adoption);
    for (const { of, what } of adoption.left) expect(text).toContain(`  ${of}: ${what}\n`);
    expect(text).not.toContain('of the project');
  });

  it('counts what is alike of a large one, and grows no further', () => {
    const [some, more] = [60, 90].map((clients) => adoptionText(cluster(clients)));
    expect(more.split('\n')).toHaveLength(some.split('\n').length);
    expect(some).toContain(`not taken over (243); every one is in not-taken-over.csv of the project
  half open: one end lets it through by name, and the other does not (60)
    clients/pod-0: half open today: NetworkPolicy clients/to-server lets clients/pod-0 -> servers/server TCP/80 out, and no policy of servers/server lets it in
      to allow it: allowTo(<servers/server>, { ports: [Port.tcp(80)], because: '…' })
      … and 59 more times by NetworkPolicy clients/to-server: clients/pod-1, clients/pod-10, clients/pod-11 and 56 more
`);
    // Clients on their way in, open pods both ways, the server on its way out, the other one both ways: 60 + 120 + 1 + 2.
    expect(some).toContain('\n  open, since no policy isolates that end (183)\n');
    expect(some).toContain('no policy isolates it on its way in: everybody reaches it\n');
  });

  it('has a line for each in its files', () => {
    const adoption = cluster(60);
    const files = reportFiles(adoption);
    expect(Object.keys(files)).toEqual(['not-taken-over.csv', 'differences.csv']);
    const rows = Object.values(files).map((text) => text.trimEnd().split('\r\n'));
    expect(rows.map((lines) => lines.length - 1)).toEqual([adoption.left.length, adoption.differences?.changes.length]);
    expect(rows[0].slice(0, 2)).toEqual([
      'kind,of,policy,what,to allow it',
      expect.stringMatching(/^half-open,clients\/pod-0,NetworkPolicy clients\/to-server,"half open today: /),
    ]);
    expect(rows[1][0]).toBe('change,workloads,from,to,before,after,paths,causes,reasons');
  });

  it('has no file where there is nothing to tell', () => {
    expect(reportFiles({ ...cluster(1), left: [], differences: undefined })).toEqual({});
  });
});
