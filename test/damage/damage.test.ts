import { readFileSync } from 'node:fs';
import type { DeploymentProof } from '../../lib/deployment/proving/deployment-proof';
import { type Declaration, declarations } from './declarations';
import { Subject } from './judgement';
import { type Files, type Port, policiesOf } from './manifests';
import { operators } from './operators';
import { QUALITY, rowsIn } from './table';
import { rowOf } from './tally';

/** As often as it is applied here; `npm run test:damage` does it 500 times. */
const TIMES = 12;
const GENERATED = 12;

const subjects: Subject[] = [];
beforeAll(() => {
  subjects.push(...declarations(GENERATED).map((each) => new Subject(each)));
});
afterAll(() => {
  for (const subject of subjects) subject.remove();
});

describe('manifests that are damaged by an operator', () => {
  it.each(operators.map((operator) => [operator.name, operator] as const))(
    '%s: nothing that changes who may connect is proved, and nothing else has a witness',
    (_, operator) => {
      const { times, counts, misses } = rowOf(operator, subjects, TIMES, 1);
      expect(misses).toEqual([]);
      expect({ times, sum: counts.caught + counts.refused + counts.harmless }).toEqual({ times: TIMES, sum: TIMES });
      expect(counts.caught > 0).toBe(operator.sparesPolicies !== true);
      if (operator.isHarmless === 'always') expect(counts.harmless).toBe(TIMES);
      // What is written otherwise than it is rendered is never proved, whether it matters to policies or not.
      if (operator.isHarmless === undefined) expect(counts.harmless).toBe(0);
    },
  );

  it('are of every shape that declarations have', () => {
    const text = JSON.stringify(subjects.map(({ files }) => policiesOf(files).map(({ spec }) => spec)));
    for (const shape of [
      ...['"operator":"In"', '"operator":"NotIn"', '"operator":"Exists"', '"operator":"DoesNotExist"'],
      ...['"port":"http"', '"endPort":', '"protocol":"SCTP"', '{"protocol":"TCP"}', '"podSelector":{}', '"team":"red"'],
      ...[/"except":\["\d+\./, /"except":\["2001:/, /"cidr":"fd00:/],
    ]) {
      expect(text).toMatch(shape);
    }
  });
});

describe('the judge of damage', () => {
  /** The mesh, with a proof that is of other manifests than those it is asked about. */
  class Mistaken extends Subject {
    public pretended: Files | undefined;

    protected override prove(files: Files): DeploymentProof {
      return super.prove(this.pretended ?? files);
    }
  }

  function judged(work: (subject: Mistaken, damaged: Files) => void): void {
    const subject = new Mistaken(declarations(0)[0] as Declaration);
    try {
      const damaged = structuredClone(subject.files);
      const port = policiesOf(damaged).flatMap(({ spec }) => spec.ingress ?? [])[0]?.ports?.[0] as Port;
      port.endPort = 65535;
      work(subject, damaged);
    } finally {
      subject.remove();
    }
  }

  it('takes what a proof finds and the naive evaluator finds for caught', () => {
    judged((subject, damaged) => expect(subject.judge(damaged)).toMatchObject({ outcome: 'caught' }));
  });

  it('notices a proof that is blind', () => {
    judged((subject, damaged) => {
      subject.pretended = subject.files;
      expect(subject.judge(damaged)).toEqual({ outcome: 'missed', why: expect.stringMatching(/false became true/) });
    });
  });

  it('notices a proof that raises a false alarm', () => {
    judged((subject, damaged) => {
      subject.pretended = damaged;
      const harmless = structuredClone(subject.files);
      for (const { metadata } of policiesOf(harmless)) metadata.name = `${metadata.name}-renamed`;
      expect(subject.judge(harmless)).toEqual({ outcome: 'missed', why: expect.stringMatching(/not borne out/) });
    });
  });
});

describe('the table of damage', () => {
  const rows = rowsIn(readFileSync(QUALITY, 'utf8'));

  it('has the operators that there are, in their order', () => {
    expect(rows.map(({ name }) => name)).toEqual(operators.map(({ name }) => name));
  });

  it('says of each of at least 500 times what came of it', () => {
    for (const { figures } of rows) {
      const [times = 0, ...outcomes] = figures;
      expect(outcomes).toHaveLength(3);
      expect(times).toBeGreaterThanOrEqual(500);
      expect(outcomes.reduce((sum, each) => sum + each, 0)).toBe(times);
    }
  });
});
