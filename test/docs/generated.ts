import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Holds a file of the documents to what makes it. With WRITE_DOCS in the environment it is written first, which `command`
 * does: some texts are made with a second copy of the library, which takes jest.
 */
export function isGenerated(path: string, text: string, command: string): void {
  beforeAll(() => {
    if (process.env['WRITE_DOCS'] !== undefined) writeFileSync(path, text);
  });

  it(`is what ${path} shows: ${command} writes it`, () => {
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
}
