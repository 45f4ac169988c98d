import { examplesIn } from './examples';

const fence = '```';
const readme = `
# Title
<!-- example mesh -->
${fence}ts
const app = new App();
${fence}
It prints
<!-- example mesh: graph -->
${fence}text
a -> b
${fence}
and renders
<!-- example mesh: manifest ai-inference/vllm without annotations -->
${fence}yaml
kind: NetworkPolicy
${fence}
<!-- example mesh: manifest ai-inference -->
${fence}yaml
kind: Namespace
${fence}
${fence}sh
npm ci
${fence}
`;

describe('the examples of a README', () => {
  it('are its marked code with the graph and the manifests that it shows of it', () => {
    expect(examplesIn(readme)).toEqual([
      {
        name: 'mesh',
        code: 'const app = new App();\n',
        graphs: ['a -> b\n'],
        manifests: [
          { object: 'ai-inference/vllm', withoutAnnotations: true, text: 'kind: NetworkPolicy\n' },
          { object: 'ai-inference', withoutAnnotations: false, text: 'kind: Namespace\n' },
        ],
      },
    ]);
  });

  it.each([
    ['code that nobody runs', `${fence}ts\ncode\n${fence}\n`, 'line 1: a block of TypeScript with no marker'],
    ['a marker with no block after it', '<!-- example mesh -->\ntext\n', '1 markers, but 0 stand'],
    ['what is shown of no example', `<!-- example a: graph -->\n${fence}\nx\n${fence}\n`, 'line 2: no example a'],
    ['a marker that says nothing', `<!-- example a: picture -->\n${fence}\nx\n${fence}\n`, 'is not a marker'],
  ])('are refused for %s', (_, text, message) => {
    expect(() => examplesIn(text)).toThrow(message);
  });

  it('leave out fragments', () => {
    expect(examplesIn(`<!-- fragment -->\n${fence}ts\ncode\n${fence}\n`)).toEqual([]);
  });
});
