import type { Plane, Rule } from '../../lib/model/layer';
import * as ports from '../../lib/model/port-set';
import { problemText } from '../../lib/model/problem';
import type { HttpMatch, RequestMatch } from '../../lib/model/request-match';
import { type Proof, proofText, proveGraph, witnessProblem } from '../../lib/proof';
import { flow, graph, planeOf, tier, withRule, withRules } from './mechanical';

const http = ports.number('TCP', 8000);

function get(path: string): HttpMatch {
  return { protocol: 'http', methods: ['GET'], path: pattern(path) };
}

function post(path: string): HttpMatch {
  return { ...get(path), methods: ['POST'] };
}

function calling(header: string): HttpMatch {
  return { ...post('/mcp'), headers: [header] };
}

function pattern(path: string) {
  const segments = path.slice(1).split('/');
  const below = segments[segments.length - 1] === '**';
  return {
    segments: segments.slice(0, below ? -1 : undefined).map((each) => (each === '*' ? undefined : each)),
    below,
  };
}

/** Agents that may ask a model for some requests. */
function service(requests: readonly RequestMatch[] | undefined) {
  const agent = tier('agents', 'agent');
  const model = tier('models', 'vllm');
  const declared = graph([agent, model], [flow(agent, model, http, [], requests)]);
  return { agent, model, declared, plane: planeOf(declared, 'external-only') };
}

function sayingInstead(plane: Plane, requests: readonly RequestMatch[] | undefined): Plane {
  return withRules(
    plane,
    ({ direction }) => direction === 'ingress',
    ({ requests: _, ...rule }): Rule[] => [requests === undefined ? rule : { ...rule, requests }],
  );
}

/** How the flow of some requests is found in a plane that admits others. */
function verdict(declared: readonly RequestMatch[] | undefined, said: readonly RequestMatch[] | undefined): string {
  const { declared: data, plane } = service(declared);
  const proof = proveGraph(data, sayingInstead(plane, said));
  return [...proof.witnesses.map(({ statement }) => statement), ...proof.notProved.map(({ reason }) => reason)].join(
    ' ',
  );
}

function sentences(proof: Proof): string {
  return proof.witnesses.map(witnessProblem).map(problemText).join('\n\n');
}

describe('flows that are limited to requests', () => {
  it.each<[string, readonly RequestMatch[] | undefined, readonly RequestMatch[] | undefined, string]>([
    ['the same', [post('/v1/chat/completions')], [post('/v1/chat/completions')], ''],
    ['everything on the port', [post('/v1/chat/completions')], undefined, 'undeclared'],
    ['the same value of a header', [calling('mcp-name=a')], [calling('mcp-name=a')], ''],
    ['another value of a header', [calling('mcp-name=a')], [calling('mcp-name=b')], 'missing undeclared'],
    ['any value of a header', [calling('mcp-name=a')], [calling('mcp-name')], 'undeclared'],
    ['one value of a header of any', [calling('mcp-name')], [calling('mcp-name=a')], 'missing'],
    ['no header', [calling('mcp-name=a')], [post('/mcp')], 'undeclared'],
    ['one value of two', [calling('mcp-name=a'), calling('mcp-name=b')], [calling('mcp-name=a')], 'missing'],
    ['some of everything', undefined, [post('/v1/chat/completions')], 'missing'],
    ['every HTTP request of everything', undefined, [{ protocol: 'http' }], 'missing'],
    ['another method', [get('/v1/models')], [post('/v1/models')], 'missing undeclared'],
    ['one method of two', [get('/v1/models'), post('/v1/models')], [get('/v1/models')], 'missing'],
    ['two methods in one', [get('/a'), post('/a')], [{ ...get('/a'), methods: ['GET', 'POST'] }], ''],
    ['every method', [get('/a')], [{ protocol: 'http', path: pattern('/a') }], 'undeclared'],
    ['a free segment', [get('/v1/models/llama')], [get('/v1/models/*')], 'undeclared'],
    ['one of a free segment', [get('/v1/models/*')], [get('/v1/models/llama')], 'missing'],
    ['everything below', [get('/v1/*')], [get('/v1/**')], 'undeclared'],
    ['below, in pieces that leave out an empty segment', [get('/v1/**')], [get('/v1'), get('/v1/*/**')], 'missing'],
    ['below, in pieces', [get('/v1/**')], [get('/v1'), get('/v1/*/**'), get('/v1//**')], ''],
    ['a host', [get('/a')], [{ ...get('/a'), host: 'h' }], 'missing'],
    ['another host', [{ ...get('/a'), host: 'g' }], [{ ...get('/a'), host: 'h' }], 'missing undeclared'],
    ['a header that need not be there', [{ ...get('/a'), headers: ['x-key'] }], [get('/a')], 'undeclared'],
    ['a topic', [kafka('orders')], [kafka('payments')], 'missing undeclared'],
    ['a topic and HTTP', [kafka('orders')], [kafka('orders'), { protocol: 'http' }], 'undeclared'],
    ['every query by name, which is all', undefined, [{ protocol: 'dns', pattern: '*' }], ''],
    ['some queries', undefined, [{ protocol: 'dns', pattern: '*.example.com' }], 'missing'],
    ['the same queries', [dns('*.example.com')], [dns('*.example.com')], ''],
    ['queries of which it is not known how they overlap', [dns('*.com')], [dns('a.com')], 'opaque opaque'],
  ])('are compared with rules that say %s', (_title, declared, said, expected) => {
    expect(verdict(declared, said)).toBe(expected);
  });

  function kafka(topic: string): RequestMatch {
    return { protocol: 'kafka', role: 'produce', topic };
  }

  function dns(name: string): RequestMatch {
    return { protocol: 'dns', pattern: name };
  }

  it('are shown by a request that tells, with its method and path', () => {
    const { declared, plane } = service([post('/v1/chat/completions')]);
    const proof = proveGraph(declared, sayingInstead(plane, [post('/v1/*/completions')]));
    expect(proof.witnesses[0].connection.sent).toMatchObject({
      protocol: 'http',
      request: { method: 'POST', path: '/v1/any/completions' },
    });
    expect(sentences(proof)).toContain('on TCP 8000, POST /v1/any/completions for other.invalid.');
  });

  it('are undone by a rule for the whole port beside them', () => {
    const { declared, plane, model, agent } = service([get('/v1/models')]);
    const beside = withRule(plane, {
      direction: 'ingress',
      subject: model.pods,
      peers: [{ kind: 'pods', pods: agent.pods }],
      ports: http,
    });
    expect(proveGraph(declared, beside).witnesses.map(({ statement }) => statement)).toEqual(['undeclared']);
  });

  it('are not admitted where what is left of a port is denied first', () => {
    const { declared, plane, model, agent } = service([get('/v1/models')]);
    const ranked = (...actions: ('allow' | 'deny')[]): Plane => ({
      ...plane,
      layers: [
        {
          name: 'ranked',
          order: 'ranked',
          isolations: [],
          otherwise: 'next',
          rules: actions.map((action, index) => ({
            policy: { kind: 'ClusterNetworkPolicy', name: 'l7' },
            direction: 'ingress',
            index,
            subject: model.pods,
            peers: [{ kind: 'pods', pods: agent.pods }],
            ports: http,
            action,
            ...(action === 'allow' ? { requests: [get('/v1/models')] } : {}),
          })),
        },
        ...plane.layers,
      ],
    });
    expect(proveGraph(declared, ranked('allow', 'deny')).proved).toBe(true);
    const shadowed = proveGraph(declared, ranked('deny', 'allow'));
    expect(shadowed.witnesses).toMatchObject([{ statement: 'missing', decidedBy: [{ index: 0, denies: true }] }]);
  });

  it('are not compared where they overlap in too many ways', () => {
    const many = Array.from({ length: 14 }, (_, i) => ({
      ...get('/'),
      path: { segments: Array.from({ length: 14 }, (_segment, at) => (at === i ? 'x' : undefined)), below: false },
    }));
    const { declared, plane } = service(many);
    expect(proveGraph(declared, plane).notProved).toMatchObject([{ reason: 'budget' }]);
  });
});

describe('requests that somebody wrote in a way that is not understood', () => {
  const regex: RequestMatch = { protocol: 'opaque', text: '/v1/.*' };

  it.each<[string, readonly RequestMatch[] | undefined, readonly RequestMatch[], string]>([
    ['may admit what no flow declares', [get('/v1/models')], [get('/v1/models'), regex], 'opaque'],
    ['are no proof that a flow is admitted', [get('/v1/models')], [regex], 'opaque opaque'],
    ['are known for themselves', [regex], [regex], ''],
    ['may be all that is declared, or not', undefined, [regex], 'opaque'],
    ['hide no request that is surely not declared', [get('/a')], [get('/a'), get('/b'), regex], 'undeclared'],
  ])('%s', (_title, declared, said, expected) => {
    expect(verdict(declared, said)).toBe(expected);
  });

  it('leave open what a denial of them stops, and what it does not', () => {
    const { declared, plane, model } = service([get('/a')]);
    const denied = denyingSome(plane);
    const proof = proveGraph(declared, denied);
    expect(proof).toMatchObject({ proved: false, witnesses: [], notProved: [{ reason: 'opaque' }] });
    expect(proofText(proof)).toContain('what these match is not known: "request /v1/.*"');
    expect(proofText(proof)).toContain('GET /a for other.invalid');
    const wide = denyingSome(sayingInstead(plane, undefined));
    expect(proveGraph(declared, wide).notProved.map(({ reason }) => reason)).toEqual(['opaque', 'opaque']);

    function denyingSome(those: Plane): Plane {
      return withRule(those, {
        direction: 'ingress',
        subject: model.pods,
        peers: [{ kind: 'anything' }],
        ports: http,
        requests: [regex],
        action: 'deny',
      });
    }
  });
});
