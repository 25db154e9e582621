// The watch sees what a person would not, and the checks for everyone's use bite.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { assertAccessible, assertFitsWidth, pressByKeyboard, tabTo, writeByKeyboard } from '../harness/accessible.mjs';
import { PHONE, launch, visit } from '../harness/browser.mjs';
import { Program } from '../harness/program.mjs';

/** @type {Program} */
let program;
/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
  program = await Program.start(fileURLToPath(new URL('./stand-in.mjs', import.meta.url)));
  browser = await launch();
});
after(async () => {
  await browser.close();
  await program.stop();
});

/**
 * Opens a page in a browser of its own.
 * @param {string} path
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
async function open(path, options) {
  const someone = await visit(browser, [program.demo.url], options);
  const page = await someone.page();
  await page.goto(program.demo.url + path);
  return { page, watch: someone.watch };
}

test('a page in order passes every check', async () => {
  const { page, watch } = await open('/good', PHONE);
  await page.locator('body[data-ran]').waitFor();
  await assertAccessible(page);
  await assertFitsWidth(page);
  await writeByKeyboard(page, page.getByLabel('Name'), 'Maria');
  await pressByKeyboard(page, page.getByRole('button', { name: 'Go' }));
  assert.equal(await page.getByLabel('Name').inputValue(), 'Maria');
  watch.assertQuiet();
});

test('an inline script is stopped by the policy and noticed', async () => {
  const { page, watch } = await open('/inline');
  assert.equal(await page.title(), 'Page');
  assert.throws(() => watch.assertQuiet(), /content security policy: script-src-elem stopped inline/);
});

test('a policy that stops something is noticed without JavaScript too', async () => {
  const plain = await open('/good', { javaScriptEnabled: false });
  assert.equal(await plain.page.locator('body[data-ran]').count(), 0, 'no script ran');
  plain.watch.assertQuiet();
  const { watch } = await open('/styled', { javaScriptEnabled: false });
  assert.throws(() => watch.assertQuiet(), /console error: Applying inline style violates/);
});

test('a request to another place is noticed', async () => {
  const { page, watch } = await open('/away');
  await page.locator('body[data-ran]').waitFor();
  await page.waitForLoadState('networkidle');
  assert.throws(() => watch.assertQuiet(), /connect-src stopped http:\/\/127\.0\.0\.1:9/);
});

test('a script that throws is noticed', async () => {
  const { page, watch } = await open('/throws');
  await page.locator('body[data-ran]').waitFor();
  assert.throws(() => watch.assertQuiet(), /script: Error: on purpose/);
});

test('what a scene expects is no complaint, and only that', async () => {
  const { watch } = await open('/nothing');
  assert.throws(() => watch.assertQuiet(), /status of 404/);
  watch.expect(/status of 410/);
  assert.throws(() => watch.assertQuiet(), /status of 404/);
  watch.expect(/status of 404/);
  watch.assertQuiet();
});

test('axe finds a field without a label', async () => {
  const { page } = await open('/unlabelled');
  await assert.rejects(assertAccessible(page), /label/);
});

test('a page that is wider than the screen is noticed', async () => {
  const { page } = await open('/wide', PHONE);
  await assert.rejects(assertFitsWidth(page), /2\d{3} px wide on a screen of 390/);
});

test('a focus that does not show is noticed', async () => {
  const { page } = await open('/shy');
  await assert.rejects(tabTo(page, page.getByRole('button')), /the focus does not show/);
});
