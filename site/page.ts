/** The pages of the site in their order, by the four parts. */
export type Navigation = Readonly<Record<string, readonly { readonly page: string; readonly title: string }[]>>;

export interface Page {
  readonly name: string;
  readonly title: string;
  readonly body: string;
  readonly navigation: Navigation;
  /** The way up to the top of the site. */
  readonly upTo: string;
}

/** A page as HTML that needs nothing beside it. */
export function page({ name, title, body, navigation, upTo }: Page): string {
  const parts = Object.entries(navigation).map(([part, pages]) => {
    const links = pages.map(({ page: other, title: text }) => {
      const here = other === name ? ' aria-current="page"' : '';
      return `<li><a href="${upTo}/${other.replace(/\.md$/, '.html')}"${here}>${escaped(text)}</a></li>`;
    });
    return `<h2>${escaped(part)}</h2><ul>${links.join('')}</ul>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · cdk8s-zero-trust</title>
<style>${STYLE}</style>
</head>
<body>
<nav><p><a href="${upTo}/index.html">cdk8s-zero-trust</a></p>${searchBox(upTo)}${parts.join('')}</nav>
<main>
${body}</main>
<script src="${upTo}/search-box.js"></script>
</body>
</html>
`;
}

/** Hidden until its script runs. */
function searchBox(upTo: string): string {
  return `<form id="search" role="search" data-top="${upTo}" hidden>
<label>Search <kbd>/</kbd><input type="search" autocomplete="off" spellcheck="false"></label>
<p role="status"></p><ol></ol>
</form>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --code: #8881; }
body { margin: 0; font: 16px/1.55 system-ui, sans-serif; display: grid; grid-template-columns: 17rem minmax(0, 1fr); }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1rem; border-right: 1px solid var(--line); box-sizing: border-box; }
nav h2 { font-size: .85rem; margin: 1.2rem 0 .3rem; opacity: .7; }
nav ul { list-style: none; margin: 0; padding: 0; font-size: .9rem; }
nav a { text-decoration: none; display: block; padding: .15rem 0; }
nav a[aria-current] { font-weight: 600; }
#search input { box-sizing: border-box; width: 100%; font: inherit; padding: .2rem .4rem; }
#search p { margin: .3rem 0; font-size: .85rem; }
#search ol { list-style: none; margin: 0; padding: 0; font-size: .9rem; }
#search li { border-bottom: 1px solid var(--line); }
#search small { display: block; opacity: .7; }
kbd { border: 1px solid var(--line); border-radius: .2rem; padding: 0 .3rem; font-size: .8rem; }
main { max-width: 52rem; padding: 1rem 2rem 4rem; min-width: 0; }
pre { background: var(--code); padding: .8rem; overflow: auto; font-size: .85rem; }
code { background: var(--code); }
pre code { background: none; }
table { border-collapse: collapse; display: block; overflow: auto; }
td, th { border: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
img { max-width: 100%; }
@media (max-width: 50rem) { body { display: block; } nav { position: static; height: auto; } }
`;
