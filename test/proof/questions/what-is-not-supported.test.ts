import { proveGraph } from '../../../lib/proof';
import { changed } from '../mechanical';
import { known, mesh, tcp } from '../mesh';

describe('what the proof does not know', () => {
  it.each([
    ['a rule that logs', { rules: [{ action: 'log' }] }],
    ['a pass in a union', { rules: [{ action: 'pass' }] }],
    ['another order', { order: 'weighted' }],
    ['another end', { otherwise: 'ask' }],
    ['a peer that is a host name', { rules: [{ peers: [{ kind: 'names' }] }] }],
    ['a rule without peers', { rules: [{ peers: [] }] }],
    ['a rule for no request at all', { rules: [{ requests: [] }] }],
    ['a rule for requests of another protocol', { rules: [{ requests: [{ protocol: 'smtp' }] }] }],
    ['a rule of another direction', { rules: [{ direction: 'sideways' }] }],
    ['what comes in from host names', { rules: [{ direction: 'ingress', peers: [{ kind: 'hosts', patterns: [] }] }] }],
  ])('stops it: %s', (_title, change) => {
    const { declared, plane } = mesh();
    const strange = changed(plane, (layer) => ({
      ...(change as object),
      rules: [
        ...layer.rules,
        ...((change as { rules?: object[] }).rules ?? []).map((each) => ({ ...layer.rules[0], ...each })),
      ],
    }));
    const proof = proveGraph(declared, strange, known);
    expect(proof.proved).toBe(false);
    expect(proof.notProved).toMatchObject([{ reason: 'unsupported' }]);
  });

  it.each<[string, object, string]>([
    ['an end of another kind', { to: { kind: 'mars' } }, "a flow has an end of the kind 'mars'"],
    ['traffic of another kind', { traffic: { kind: 'sound' } }, "a flow has traffic of the kind 'sound'"],
    ['no request at all', { traffic: { kind: 'ports', ports: tcp(1), requests: [] } }, 'an empty list of requests'],
    ['host names as a source', { from: { kind: 'hosts', patterns: [] } }, 'a flow comes from host names'],
  ])('stops it in what is declared: %s', (_title, change, says) => {
    const { declared, plane } = mesh();
    const strange = { ...declared, flows: [{ ...declared.flows[0], ...change }, ...declared.flows.slice(1)] };
    const proof = proveGraph(strange, plane, known);
    expect(proof.notProved.map(({ reason, what }) => `${reason}: ${what}`)).toEqual([
      expect.stringMatching(new RegExp(`^unsupported: .*${says}`)),
    ]);
    expect(proof.witnesses).toEqual([]);
  });
});
