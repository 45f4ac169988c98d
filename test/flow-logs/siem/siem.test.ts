import Ajv from 'ajv';
import type { FlowRecord } from '../../../lib/flow-logs/flow-record';
import { FORMATS } from '../../../lib/flow-logs/formats';
import { flowsAsEcs } from '../../../lib/report/flows-ecs';
import { flowsAsFindings } from '../../../lib/report/flows-findings';
import { flowsAsOcsf } from '../../../lib/report/flows-ocsf';
import { FAILING_BY_DEFAULT, type FlowsReport } from '../../../lib/report/flows-report';
import { placesIn } from '../../../lib/report/places';
import { AGENT, ENVOY, flow, judged, REDIS, VLLM } from '../judging/records';
import { readSample } from '../read';
import { ECS_DOCUMENT } from './ecs-schema';
import { DETECTION_FINDING, NETWORK_ACTIVITY } from './ocsf-schema';

// What goes to a SIEM, against the published schemas of it.

const ajv = new Ajv({ strict: false, allErrors: true });
const ecs = ajv.compile(ECS_DOCUMENT);
const classes = { 4001: ajv.compile(NETWORK_ACTIVITY), 2004: ajv.compile(DETECTION_FINDING) };
const NOON = Date.UTC(2026, 10, 27, 12);

function report(records: readonly FlowRecord[]): FlowsReport {
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

function parsed(lines: string): readonly Record<string, unknown>[] {
  expect(lines === '' || lines.endsWith('\n')).toBe(true);
  return lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

function faults(events: string): readonly unknown[] {
  return parsed(events).flatMap((event) => {
    const validate = classes[event['class_uid'] as keyof typeof classes];
    return validate(event) ? [] : [{ event, errors: validate.errors }];
  });
}

const MIXED = [
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

describe('events of OCSF', () => {
  it('are two for each entry, and of the schema', () => {
    const events = parsed(flowsAsOcsf(report(MIXED)));
    expect(faults(flowsAsOcsf(report(MIXED)))).toEqual([]);
    expect(events.map((event) => event['class_uid'])).toEqual([
      4001, 2004, 4001, 2004, 4001, 2004, 4001, 2004, 4001, 2004,
    ]);
  });

  it('say who reached whom, what became of it, and whether it is an alert', () => {
    const [activity, finding] = parsed(flowsAsOcsf(report(MIXED.slice(0, 1))));
    expect(activity).toMatchObject({
      type_uid: 400106,
      time: NOON - 1000,
      start_time: NOON - 1000,
      end_time: NOON,
      action_id: 1,
      disposition_id: 1,
      src_endpoint: { name: 'ai-agents/agent' },
      dst_endpoint: { name: 'evil.example.net', ip: '203.0.113.9', hostname: 'evil.example.net', port: 443 },
      connection_info: { direction_id: 2, protocol_name: 'tcp', protocol_num: 6 },
    });
    expect(finding).toMatchObject({
      type_uid: 200401,
      is_alert: true,
      finding_info: { types: ['flow-undeclared'], last_seen_time: NOON },
      resources: [{ name: 'ai-agents/agent', namespace: 'ai-agents', labels: ['app=agent'] }],
    });
    const [dropped] = parsed(flowsAsOcsf(report(MIXED.slice(1, 2))));
    expect(dropped).toMatchObject({ action_id: 2, disposition_id: 6, firewall_rule: { uid: 'ai-inference/vllm' } });
  });

  it('know the same trouble again in the next log', () => {
    const uids = (records: readonly FlowRecord[]) =>
      parsed(flowsAsOcsf(report(records))).flatMap(
        (event) => (event['finding_info'] as { uid: string } | undefined)?.uid ?? [],
      );
    expect(uids([flow({ source: AGENT, destination: VLLM, until: NOON }), ...MIXED])).toEqual(
      expect.arrayContaining(uids([flow({ source: AGENT, destination: VLLM, count: 9 })])),
    );
  });

  it('are refused by the schema where something is of another class, or missing', () => {
    const [activity, finding] = parsed(flowsAsOcsf(report(MIXED.slice(0, 1))));
    expect(classes[4001]({ ...activity, finding_info: { uid: 'a' } })).toBe(false);
    expect(classes[2004]({ ...finding, dst_endpoint: { name: 'a' } })).toBe(false);
    expect(classes[4001]({ ...activity, src_endpoint: { namespace: 'a' } })).toBe(false);
    const { finding_info: _, ...without } = finding;
    expect(classes[2004](without)).toBe(false);
  });
});

describe('documents of ECS', () => {
  it('are one for each entry, and of the schema', () => {
    const documents = parsed(flowsAsEcs(report(MIXED)));
    expect(documents.filter((document) => !ecs(document)).map((document) => [document, ecs.errors])).toEqual([]);
    expect(documents).toHaveLength(5);
    expect(documents[0]).toMatchObject({
      '@timestamp': '2026-11-27T12:00:00.000Z',
      event: { kind: 'alert', type: ['connection', 'allowed'], action: 'flow-undeclared', outcome: 'success' },
      source: { address: 'ai-agents/agent' },
      destination: { ip: '203.0.113.9', domain: 'evil.example.net', port: 443 },
      labels: { flow_class: 'undeclared', flow_count: '1', log_line: '1' },
    });
    expect(ecs({ ...documents[0], colour: 'red' })).toBe(false);
  });
});

describe.each(FORMATS.map(({ name }) => name))('the sample log of %s', (name) => {
  it('becomes events and documents of the schemas', async () => {
    const { records } = await readSample(name);
    const made = report(records);
    expect(faults(flowsAsOcsf(made))).toEqual([]);
    expect(parsed(flowsAsEcs(made)).filter((document) => !ecs(document))).toEqual([]);
  });
});

describe('findings of flows', () => {
  it('are errors where they fail, and have their rule, their line and one fingerprint', () => {
    const { found, rules } = flowsAsFindings(report(MIXED));
    const said = found.map(({ level, rule, place }) => `${level} ${rule} ${place?.file}:${place?.line ?? ''}`);
    // In the one order of findings: what weighs more first, then by rule.
    expect(said.filter((one) => !one.includes('never-seen'))).toEqual([
      'error flow-dropped-though-declared log:2',
      'error flow-undeclared log:1',
      'warning flow-dropped-and-undeclared log:4',
      'warning flow-perhaps-undeclared log:6',
      'warning flow-would-be-dropped log:3',
    ]);
    expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(found.length);
    expect(rules.map(({ id }) => id)).toContain('flow-never-seen');
  });
});
