import { graphviz, type LayOut } from '../../lib/picture/graphviz';
import { page } from '../../lib/picture/page';
import { wholePlan } from '../../lib/picture/plan';
import { planDot } from '../../lib/picture/plan-dot';
import { svgFile } from '../../lib/picture/svg';
import { HOSTILE } from '../report/hostile';
import { pictureOfWord } from './worlds';

let layOut: LayOut;
let plain: { readonly svg: string; readonly html: string };
beforeAll(async () => {
  layOut = await graphviz();
  plain = { svg: svgFile(pictureOfWord('plain'), layOut), html: page(pictureOfWord('plain'), layOut) };
});

/** Tags by name, with the names of their attributes. */
function tagsOf(markup: string): string[] {
  return (markup.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, '<$1>').match(/<[^>]*>/g) ?? []).map((tag) =>
    tag.replace(/"[^"]*"/g, '""'),
  );
}

describe.each(Object.entries(HOSTILE))('%s in every word', (_, text) => {
  it('is not in what Graphviz reads', () => {
    expect(planDot(wholePlan(pictureOfWord(text)))).toMatch(/^[\w\s{}[\]=,;.<>"/-]*$/);
    expect(planDot(wholePlan(pictureOfWord(text)))).not.toMatch(/script|alert|onmouse/);
  });

  it('is text in SVG', () => {
    const svg = svgFile(pictureOfWord(text), layOut);
    expect(tagsOf(svg)).toEqual(tagsOf(plain.svg));
    expect(svg).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/);
  });

  it('is text in the page, and ends no script', () => {
    const html = page(pictureOfWord(text), layOut);
    expect(tagsOf(html)).toEqual(tagsOf(plain.html));
    const [, json = ''] = /<script type="application\/json" id="data">([\s\S]*?)<\/script>/.exec(html) ?? [];
    expect(JSON.parse(json).islands[0].name).toBe(text);
    expect(json).not.toMatch(/[<>&]/);
  });
});
