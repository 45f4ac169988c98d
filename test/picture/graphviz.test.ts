import { graphviz } from '../../lib/picture/graphviz';
import { page } from '../../lib/picture/page';
import { svgFile } from '../../lib/picture/svg';
import { pictureOf, platform } from './worlds';

describe('the layout', () => {
  it('says how to install what it needs, where that is not there', async () => {
    const absent = () => {
      throw Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' });
    };
    await expect(graphviz(absent)).rejects.toMatchObject({
      problems: [{ rule: 'graphviz-missing', fix: 'npm install @viz-js/viz@3.31.0' }],
    });
  });

  it('has every workload and connection of a picture', async () => {
    const picture = pictureOf(platform(3, 3));
    const svg = svgFile(picture, await graphviz());
    for (const { id } of picture.boxes) expect(svg).toContain(`data-id="${id}"`);
    for (const { id } of picture.arrows) expect(svg).toContain(`data-arrows="${id}"`);
  });
});

describe('500 workloads', () => {
  it('are a page of less than 3 MB that opens with namespaces', async () => {
    const picture = pictureOf(platform(25, 20));
    expect(picture.boxes.filter(({ kind }) => kind === 'one')).toHaveLength(501);
    const html = page(picture, await graphviz());
    expect(Buffer.byteLength(html)).toBeLessThan(3_000_000);
    expect(html).toContain('value="islands" checked');
  }, 60_000);
});
