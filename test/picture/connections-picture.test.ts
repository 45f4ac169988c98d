import { denyAll, RETRIEVAL, workload } from '../cli/worlds';
import { arrowTexts, pictureOf } from './worlds';

describe('connections as a picture', () => {
  it('has an arrow for what passes, with the policies that decide, by file and line', () => {
    const picture = pictureOf(RETRIEVAL);
    const arrow = picture.arrows.find((_, at) => arrowTexts(picture)[at] === 'agents/agent -> data/weaviate TCP/8080');
    expect(arrow?.policies).toEqual([
      expect.stringMatching(/^NetworkPolicy agents\/agent spec\.egress\[0\] \(world\.yaml:\d+\)$/),
      expect.stringMatching(/^NetworkPolicy data\/weaviate spec\.ingress\[0\] \(world\.yaml:\d+\)$/),
    ]);
    expect(arrow?.engines).toEqual(['NetworkPolicy']);
    expect(arrow?.explanation[0]).toBe('agents/Deployment/agent to data/StatefulSet/weaviate on TCP/8080: allowed');
  });

  it('draws a workload to which nothing passes', () => {
    const { boxes } = pictureOf(RETRIEVAL);
    expect(boxes.map(({ name }) => name)).toContain('planner');
  });

  it('makes one end of a whole namespace, and one of all workloads', () => {
    const open = ['a', 'b', 'c'].map((name) => workload(`open/${name}`));
    const closed = ['a', 'b', 'c'].map((name) => workload(`closed/${name}`));
    const picture = pictureOf([...open, ...closed, denyAll('closed')].join('---\n'));
    expect(arrowTexts(picture)).toContain('open/every workload here -> any address all traffic');
    // Three workloads that reach each other are not nine arrows.
    expect(arrowTexts(picture).filter((text) => text.includes('-> open/'))).toEqual([
      'open/every workload here -> open/every workload here all traffic',
      'any address -> open/every workload here all traffic',
    ]);
  });
});
