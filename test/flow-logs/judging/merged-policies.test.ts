import { AGENT, flow, judged, REDIS } from './records';

it('keeps the policies of all records that are one entry', () => {
  const one = { source: AGENT, destination: REDIS, port: 6380, verdict: 'dropped' as const };
  const found = judged(
    [
      flow({ ...one, portIs: 'pod', policies: [{ name: 'first', namespace: 'ai-data' }] }),
      flow({ ...one, portIs: 'either', policies: [{ name: 'second', namespace: 'ai-data' }] }),
    ],
    { graph: null },
  );
  expect(found.entries).toHaveLength(1);
  expect(found.entries[0].policies.map(({ name }) => name).sort()).toEqual(['first', 'second']);
});
