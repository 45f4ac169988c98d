// The search box of a page of the site. It is hidden until this runs, so that who has no scripts sees nothing that does
// nothing. The index is loaded when somebody goes to the box, from beside the pages and from nowhere else.
const MOST = 12;

const form = document.getElementById('search');
const field = form.querySelector('input');
const status = form.querySelector('p');
const found = form.querySelector('ol');
const root = form.dataset.top;
let loading;

form.hidden = false;
form.addEventListener('submit', (event) => {
  event.preventDefault();
  found.querySelector('a')?.click();
});
field.addEventListener('focus', index);
field.addEventListener('input', show);
document.addEventListener('keydown', (event) => {
  const isTyping = event.target.matches('input, textarea, select');
  if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    field.focus();
  }
});
form.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') clear();
  if (event.key === 'ArrowDown') move(event, 1);
  if (event.key === 'ArrowUp') move(event, -1);
});

function index() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = `${root}/search-index.js`;
    // The script that was loaded gives `siteSearch`.
    script.addEventListener('load', () => resolve(siteSearch()));
    script.addEventListener('error', reject);
    document.head.append(script);
  });
  return loading;
}

async function show() {
  const asked = field.value.trim();
  const results = asked === '' ? [] : await index().then((all) => all.search(asked));
  // Something else was typed while the index came.
  if (asked !== field.value.trim()) return;
  found.replaceChildren(...results.slice(0, MOST).map(entry));
  status.textContent = asked === '' ? '' : counted(results.length);
}

function counted(count) {
  if (count === 0) return 'Nothing is found.';
  return count > MOST ? `The first ${MOST} of ${count}` : `${count} found`;
}

function entry({ id, heading, page }) {
  const link = document.createElement('a');
  link.href = `${root}/${id}`;
  const where = document.createElement('small');
  where.textContent = heading === page ? '' : page;
  link.append(heading, where);
  const item = document.createElement('li');
  item.append(link);
  return item;
}

/** From the field to the first result and on, and back to the field. */
function move(event, by) {
  const stops = [field, ...found.querySelectorAll('a')];
  const next = stops[stops.indexOf(document.activeElement) + by];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function clear() {
  field.value = '';
  show();
  field.focus();
}
