#!/usr/bin/env node
// Stands in for the program where only the harness is tested: serves three pages and a customer's inbox.

import { createServer } from 'node:http';

if (process.env.STAND_IN === 'broken') {
  console.error('the store is in use by another process');
  process.exit(1);
}

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'";
/** @type {Record<string, string>} */
const PAGES = {
  '/good': '<main><h1>Good</h1><label>Name <input></label> <button>Go</button><script type="module" src="/good.mjs"></script></main>',
  '/inline': '<main><h1>Inline</h1><script>document.title = "ran"</script></main>',
  '/styled': '<main><style>h1 { color: teal }</style><h1>Styled</h1></main>',
  '/away': '<main><h1>Away</h1><script type="module" src="/away.mjs"></script></main>',
  '/throws': '<main><h1>Throws</h1><script type="module" src="/throws.mjs"></script></main>',
  '/unlabelled': '<main><h1>Unlabelled</h1><input></main>',
  '/wide': '<main><h1>Wide</h1><img alt="a wide picture" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7" width="2000" height="10"></main>',
  '/shy': '<link rel="stylesheet" href="/shy.css"><main><h1>Shy</h1><button>Go</button></main>',
};
/** @type {Record<string, string>} */
const FILES = {
  '/good.mjs': 'document.body.dataset.ran = "yes";',
  '/away.mjs': 'document.body.dataset.ran = "yes"; await fetch("http://127.0.0.1:9/").catch(() => {});',
  '/throws.mjs': 'document.body.dataset.ran = "yes"; throw new Error("on purpose");',
  '/shy.css': 'button:focus { outline: none }',
};
const inbox = [{ text: 'Hello' }];

const server = createServer((request, response) => {
  const path = request.url ?? '/';
  if (request.method === 'POST') {
    response.writeHead(200, { 'content-type': 'application/json' });
    if (path.endsWith('/dm')) inbox.push({ text: 'Go on here: http://localhost/c/abc_DEF-1\nIt works once.' });
    response.end(path === '/customers' ? '{"id":"7"}' : '');
  } else if (path === '/customers/7/inbox') {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(inbox));
  } else if (path in FILES) {
    response.writeHead(200, { 'content-type': path.endsWith('css') ? 'text/css' : 'text/javascript' });
    response.end(FILES[path]);
  } else {
    const status = path in PAGES ? 200 : 404;
    response.writeHead(status, { 'content-type': 'text/html', 'content-security-policy': POLICY });
    const body = PAGES[path] ?? '<main><h1>Nothing</h1></main>';
    response.end(`<!doctype html><html lang="en"><head><title>Page</title><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"></head><body>${body}</body></html>`);
  }
});
server.listen(0, '127.0.0.1', () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const url = `http://localhost:${port}`;
  console.log(JSON.stringify({ url, sim: `http://127.0.0.1:${port}`, options: process.argv.slice(2) }));
});
process.on('SIGTERM', () => process.exit(0));
