import { GrpcRule, HttpPath, HttpRule, KafkaRule, OpenAiApi } from '../../lib';
import { type HttpMatch, type HttpRequest, matchesRequest, requestText } from '../../lib/model/request-match';

const request = (method: string, path: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method,
  path,
  host: 'vllm.ai-inference',
  headers: [],
  ...more,
});
const admits = (rule: { _match: HttpMatch }, method: string, path: string, more?: Partial<HttpRequest>) =>
  matchesRequest(rule._match, request(method, path, more));
const ofPath = (path: HttpPath) => HttpRule.of({ path });

describe('a rule about HTTP requests', () => {
  const chat = HttpRule.post('/v1/chat/completions');

  it('lets through its method on its path, with any query, and nothing else', () => {
    expect(admits(chat, 'POST', '/v1/chat/completions')).toBe(true);
    expect(admits(chat, 'POST', '/v1/chat/completions?stream=true')).toBe(true);
    expect(admits(chat, 'GET', '/v1/chat/completions')).toBe(false);
    for (const path of [
      '/v1/chat',
      '/v1/chat/completions/',
      '/v1/chat/completions/x',
      '/v1/chat/completion',
      '/V1/chat/completions',
    ])
      expect(admits(chat, 'POST', path)).toBe(false);
  });

  it.each(['/a.b', '/a*b', '/a(b)', '/a%2Fb', '/a+b', '/a[b]', '/a|b', '/a$', '/^a', '/a;b=c'])(
    'takes every character of a path for itself: %s',
    (path) => {
      const rule = HttpRule.get(path);
      expect(admits(rule, 'GET', path)).toBe(true);
      expect(admits(rule, 'GET', path.replace(/[^/a]/, 'x'))).toBe(false);
    },
  );

  it('takes an encoded slash for what is sent, and not for a slash', () => {
    expect(admits(HttpRule.get('/a%2Fb'), 'GET', '/a/b')).toBe(false);
    expect(admits(HttpRule.get('/a/b'), 'GET', '/a%2Fb')).toBe(false);
  });

  it('lets through a path and what is below it, and not what merely begins alike', () => {
    const below = ofPath(HttpPath.below('/v1/files'));
    expect(['/v1/files', '/v1/files/', '/v1/files/a/b'].map((path) => admits(below, 'PUT', path))).toEqual([
      true,
      true,
      true,
    ]);
    expect(['/v1/filesystem', '/v1', '/'].map((path) => admits(below, 'PUT', path))).toEqual([false, false, false]);
    expect(admits(ofPath(HttpPath.below('/')), 'GET', '/anything/at/all')).toBe(true);
  });

  it('leaves whole segments free that are not empty', () => {
    const template = ofPath(HttpPath.template('/v1/models/{model}/infer'));
    expect(admits(template, 'POST', '/v1/models/llama/infer')).toBe(true);
    expect(
      ['/v1/models//infer', '/v1/models/a/b/infer', '/v1/models/llama'].map((path) => admits(template, 'POST', path)),
    ).toEqual([false, false, false]);
  });

  it('asks for the host and for headers where it names them', () => {
    const rule = HttpRule.of({
      methods: ['POST', 'GET', 'GET'],
      host: 'Models.Example.com:8443',
      headers: ['X-Team', 'x-team'],
    });
    const sent = { host: 'models.example.com:8443', headers: ['x-team'] };
    expect(admits(rule, 'GET', '/x', sent)).toBe(true);
    expect(admits(rule, 'GET', '/x', { ...sent, headers: [] })).toBe(false);
    expect(admits(rule, 'GET', '/x', { ...sent, host: 'other.example.com' })).toBe(false);
    expect(requestText(rule._match)).toBe('GET,POST * host=models.example.com:8443 header=x-team');
  });
});

describe('a rule about gRPC calls', () => {
  it('is the POST of one method, or of every method of a service', () => {
    const search = GrpcRule.method('qdrant.Points', 'Search');
    expect(admits(search, 'POST', '/qdrant.Points/Search')).toBe(true);
    expect(admits(search, 'POST', '/qdrant.Points/Delete')).toBe(false);
    expect(admits(search, 'GET', '/qdrant.Points/Search')).toBe(false);
    const points = GrpcRule.service('qdrant.Points');
    expect(admits(points, 'POST', '/qdrant.Points/Delete')).toBe(true);
    expect(admits(points, 'POST', '/qdrant.Collections/Delete')).toBe(false);
  });
});

describe('a rule about Kafka', () => {
  it('names a topic and what is done with it', () => {
    expect(requestText(KafkaRule.consume('orders')._match)).toBe('kafka consume orders');
    expect(requestText(KafkaRule.produce('orders')._match)).toBe('kafka produce orders');
  });
});

describe('the OpenAI API', () => {
  const all = [
    ...OpenAiApi.chat(),
    ...OpenAiApi.completions(),
    ...OpenAiApi.responses(),
    ...OpenAiApi.embeddings(),
    ...OpenAiApi.models(),
  ];

  it('is paths for users', () => {
    expect(all.map(({ _match }) => requestText(_match))).toEqual([
      'POST /v1/chat/completions',
      'POST /v1/completions',
      'POST /v1/responses',
      'POST /v1/embeddings',
      'GET /v1/models',
    ]);
  });

  // vLLM 0.33.0, entrypoints/launchers/api_server/routers.py, and `docs/usage/security.md` for earlier releases.
  it.each([
    '/v1/load_lora_adapter',
    '/v1/unload_lora_adapter',
    '/score',
    '/pooling',
    '/resume',
    '/init_weight_transfer_engine',
    '/pause',
    '/scale_elastic_ep',
    '/update_weights',
    '/collective_rpc',
    '/invocations',
    '/tokenize',
    '/metrics',
  ])('never lets through what administers vLLM: %s', (path) => {
    for (const method of ['GET', 'POST']) expect(all.some((rule) => admits(rule, method, path))).toBe(false);
  });
});
