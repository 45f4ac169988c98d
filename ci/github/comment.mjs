// Keeps one comment on a pull request up to date. Given: COMMENT (a file), KEY (which comment, where a repository has
// several), PULL_REQUEST, TOKEN, and of the runner GITHUB_API_URL and GITHUB_REPOSITORY.
import { readFileSync } from 'node:fs';

const {
  COMMENT,
  KEY = '',
  PULL_REQUEST,
  TOKEN,
  GITHUB_API_URL = 'https://api.github.com',
  GITHUB_REPOSITORY,
} = process.env;
const repository = `${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}`;
/** The line by which it is found again. What ends a comment of HTML is not among its characters. */
const mark = `<!-- cdk8s-zero-trust: ${KEY.replace(/[^\w./]+/g, '_')} -->`;

try {
  const body = `${mark}\n${readFileSync(COMMENT, 'utf8')}`;
  const known = await find();
  if (known === undefined) await ask('POST', `${repository}/issues/${PULL_REQUEST}/comments`, { body });
  else await ask('PATCH', `${repository}/issues/comments/${known}`, { body });
  console.log(known === undefined ? 'The comment is written.' : 'The comment is up to date.');
} catch (error) {
  // Of a fork, the token may only read: the summary of the job has the same text.
  const isForbidden = [401, 403, 404].includes(error.status);
  console.log(`::${isForbidden ? 'notice' : 'error'}::The comment cannot be written: ${error.message}`);
  process.exitCode = isForbidden ? 0 : 1;
}

/** The number of the comment; undefined where there is none. */
async function find() {
  for (let page = 1; ; page += 1) {
    const comments = await ask('GET', `${repository}/issues/${PULL_REQUEST}/comments?per_page=100&page=${page}`);
    const known = comments.find(({ body }) => body?.startsWith(mark));
    if (known !== undefined) return known.id;
    if (comments.length < 100) return undefined;
  }
}

async function ask(method, url, content) {
  const answer = await fetch(url, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${TOKEN}`,
      'user-agent': 'cdk8s-zero-trust',
    },
    ...(content && { body: JSON.stringify(content) }),
  });
  if (!answer.ok) throw Object.assign(new Error(`${method} ended with ${answer.status}`), { status: answer.status });
  return answer.json();
}
