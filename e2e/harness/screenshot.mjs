// The pictures of the documentation come from the tests, so that they show what is really there.

import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/**
 * Takes the picture `docs/screenshots/<name>.png` when asked to (`npm run screenshots`), else does nothing.
 * @param {import('playwright-core').Page} page
 * @param {string} name
 */
export async function screenshot(page, name) {
  if (!process.env.ASIDE_SCREENSHOTS) return;
  const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: `${folder}${name}.png`, scale: 'css' });
}
