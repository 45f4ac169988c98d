import type { FlowRecord } from '../../../lib/flow-logs/flow-record';
import { FAILING_BY_DEFAULT, type FlowsReport } from '../../../lib/report/flows-report';
import { placesIn } from '../../../lib/report/places';
import { AGENT, ENVOY, flow, judged, REDIS, VLLM } from '../judging/records';

export const NOON = Date.UTC(2026, 10, 27, 12);

/** What records come to against the platform, as `flows` reports it. */
export function report(records: readonly FlowRecord[]): FlowsReport {
  return {
    found: judged(records),
    logs: [{ name: 'hubble.log', lines: records.length, records: records.length, formats: ['hubble'] }],
    formats: [],
    failing: new Set(FAILING_BY_DEFAULT),
    places: placesIn({ written: [] }),
    folder: '/',
    tool: { name: 'cdk8s-zero-trust', version: '1.2.3', link: 'https://example.org' },
    madeAt: NOON,
  };
}

/** One JSON object a line. */
export function parsed(lines: string): readonly Record<string, unknown>[] {
  expect(lines === '' || lines.endsWith('\n')).toBe(true);
  return lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** A record of every class, verdict and kind of end. */
export const MIXED = [
  flow({
    source: AGENT,
    destination: { entity: 'outside', address: '203.0.113.9', hosts: ['evil.example.net'] },
    port: 443,
    from: NOON - 1000,
    until: NOON,
  }),
  flow({
    source: ENVOY,
    destination: VLLM,
    verdict: 'dropped',
    policies: [{ kind: 'NetworkPolicy', namespace: 'ai-inference', name: 'vllm' }],
  }),
  flow({ source: AGENT, destination: REDIS, port: 6379, verdict: 'audited' }),
  flow({
    source: REDIS,
    destination: { entity: 'outside', address: '2001:db8::9' },
    protocol: 'UDP',
    port: 53,
    verdict: 'dropped',
  }),
  flow({ source: { entity: 'nodes' }, destination: REDIS, verdict: 'unknown', protocol: 'SCTP', port: undefined }),
  flow({ source: AGENT, destination: VLLM, verdict: 'unknown', request: { method: 'GET', path: '/metrics' } }),
];
