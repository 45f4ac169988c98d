import { planeOf, readText } from '../../lib/analysis';
import { seenOf } from '../../lib/checks';
import { acknowledgedOnObjects } from '../../lib/checks/acknowledged-on-objects';

function on(annotations: string) {
  const text = `apiVersion: v1\nkind: Service\nmetadata:\n  name: x\n  annotations:\n${annotations}\n`;
  const reading = readText(text, 'm.yaml');
  return acknowledgedOnObjects(seenOf(reading, planeOf(reading)), ['wide-egress']);
}

describe('the annotation of an object', () => {
  it('accepts what is found in it alone, and says where it stands', () => {
    expect(on("    cdk8s-zero-trust/acknowledge: 'wide-egress: the tools are everywhere'")).toEqual({
      given: [
        {
          rule: 'wide-egress',
          because: 'the tools are everywhere',
          by: 'annotation',
          object: 'Service default/x',
          file: 'm.yaml',
          where: "m.yaml, document 1, line 6: Service default/x: metadata.annotations['cdk8s-zero-trust/acknowledge']",
          place: {
            file: 'm.yaml',
            line: 6,
            object: 'Service default/x',
            field: "metadata.annotations['cdk8s-zero-trust/acknowledge']",
          },
        },
      ],
      found: [],
    });
  });

  it.each([['7'], ['[wide-egress]'], ["''"], ["'wide-egress'"]])('that is %s is a finding there', (value) => {
    const { given, found } = on(`    cdk8s-zero-trust/acknowledge: ${value}`);
    expect(given).toEqual([]);
    expect(found).toMatchObject([{ rule: 'acknowledgement', level: 'error', place: { line: 6 } }]);
  });

  it('is none where it is null, or another one', () => {
    const nothing = { given: [], found: [] };
    expect(on('    cdk8s-zero-trust/acknowledge: null')).toEqual(nothing);
    expect(on('    other: wide-egress')).toEqual(nothing);
  });
});
