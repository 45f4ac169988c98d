import Ajv from 'ajv';
import type { FlowRecord } from '../../../lib/flow-logs/flow-record';
import { FORMATS } from '../../../lib/flow-logs/formats';
import { flowsAsEcs } from '../../../lib/report/flows-ecs';
import { flowsAsFindings } from '../../../lib/report/flows-findings';
import { flowsAsOcsf } from '../../../lib/report/flows-ocsf';
import { AGENT, flow, VLLM } from '../judging/records';
import { readSample } from '../read';
import { ecsFaults, PUBLISHED_ECS } from './ecs-fields';
import { DETECTION_FINDING, NETWORK_ACTIVITY } from './ocsf-schema';
import { MIXED, NOON, parsed, report } from './reports';

// What goes to a SIEM, against the schemas of it: ECS as Elastic publishes it, and of OCSF what flows have, in words of our
// own. `test/ocsf` holds the events against all that OCSF publishes.

const ajv = new Ajv({ strict: false, allErrors: true });
const classes = { 4001: ajv.compile(NETWORK_ACTIVITY), 2004: ajv.compile(DETECTION_FINDING) };

function faults(events: string): readonly unknown[] {
  return parsed(events).flatMap((event) => {
    const validate = classes[event['class_uid'] as keyof typeof classes];
    return validate(event) ? [] : [{ event, errors: validate.errors }];
  });
}

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
    expect(documents.flatMap(ecsFaults)).toEqual([]);
    expect(documents).toHaveLength(5);
    expect(documents[0]).toMatchObject({
      '@timestamp': '2026-11-27T12:00:00.000Z',
      event: { kind: 'alert', type: ['connection', 'allowed'], action: 'flow-undeclared', outcome: 'success' },
      source: { address: 'ai-agents/agent' },
      destination: { ip: '203.0.113.9', domain: 'evil.example.net', port: 443 },
      labels: { flow_class: 'undeclared', flow_count: '1', log_line: '1' },
    });
  });

  it('name the version of the schema that they are held against', () => {
    expect(parsed(flowsAsEcs(report(MIXED))).map((document) => document['ecs'])).toEqual(
      Array(5).fill({ version: PUBLISHED_ECS }),
    );
  });

  it('cut a reason that is longer than what a keyword is found by', () => {
    const policies = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ namespace: 'ai-inference', name: name.repeat(253) }));
    const [document] = parsed(
      flowsAsEcs(report([flow({ source: AGENT, destination: VLLM, verdict: 'dropped', policies })])),
    );
    expect(ecsFaults(document)).toEqual([]);
    expect((document['event'] as { reason: string }).reason).toMatch(/^The log names ai-inference\/a+, .*…$/);
  });

  it.each([
    [{ colour: 'red' }, ['colour is no field']],
    [{ ecs: {} }, ['ecs.version is missing']],
    [{ source: { ip: '10.0.0' } }, ['source.ip may not be "10.0.0"']],
    [{ destination: { port: '443' } }, ['destination.port may not be "443"']],
    [{ related: { ip: '10.0.0.1' } }, ['related.ip is one value, or several: 10.0.0.1']],
    [{ labels: { count: 1 } }, ['labels may not be {"count":1}']],
    [{ '@timestamp': '27 November 2026' }, ['@timestamp may not be "27 November 2026"']],
    [{ event: { kind: 'alarm' } }, ['event.kind may not be "alarm"']],
    [{ event: { category: ['network'], type: ['change'] } }, ['event.type change is not of network']],
    [{ network: { direction: 'sideways' } }, ['network.direction may not be "sideways"']],
  ])('are refused by the schema with %j', (part, said) => {
    const [document] = parsed(flowsAsEcs(report(MIXED.slice(0, 1))));
    expect(ecsFaults({ ...document, ...part })).toEqual(said);
  });
});

describe.each(FORMATS.map(({ name }) => name))('the sample log of %s', (name) => {
  it('becomes events and documents of the schemas', async () => {
    const { records } = await readSample(name);
    const made = report(records);
    expect(faults(flowsAsOcsf(made))).toEqual([]);
    expect(parsed(flowsAsEcs(made)).flatMap(ecsFaults)).toEqual([]);
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
