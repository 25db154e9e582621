// Every page: axe finds nothing, the policy is strict, nothing needs sideways scrolling on a phone.

import assert from 'node:assert/strict';

import { stage } from '../harness.mjs';
import { assertAccessible, assertFitsWidth } from '../harness/accessible.mjs';
import { PHONE } from '../harness/browser.mjs';
import { CARD, EMAIL, HELD } from '../harness/values.mjs';

const { scene } = stage();

/**
 * Checks the page that is open.
 * @param {import('playwright-core').Page} page
 */
async function check(page) {
  await assertAccessible(page);
  await assertFitsWidth(page);
}

/** Fails unless the page is served as `docs` promise, whoever asks. */
async function assertStrict(/** @type {string} */ url) {
  const { headers } = await fetch(url, { redirect: 'manual' });
  const policy = headers.get('content-security-policy') ?? '';
  for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'", 'frame-ancestors']) {
    assert.ok(policy.includes(part), `${url}: ${part} is missing in: ${policy}`);
  }
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|\*/, url);
  assert.equal(headers.get('x-content-type-options'), 'nosniff', url);
  assert.match(headers.get('cache-control') ?? '', /no-store/, url);
  assert.ok(headers.has('referrer-policy'), url);
}

scene('every page of the console', async (cast) => {
  const officer = await cast.privacyOfficer();
  const customer = await cast.conversation(officer, 'Where are you?');
  await customer.writes(`${CARD} is my card, ${EMAIL} my address.`);
  await officer.message('my address.').waitFor();
  await customer.writes(HELD.text);
  await officer.page.locator('.chip.held').waitFor();
  await check(officer.page);
  await officer.message('my address.').locator('details.chip summary').first().click();
  await check(officer.page);

  const erase = await officer.page.getByRole('link', { name: /^Erase this customer/ }).getAttribute('href');
  const sections = await officer.page
    .getByRole('navigation', { name: 'Console' })
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  assert.ok(sections.length >= 4, `the navigation has ${sections}`);
  for (const path of [...sections, erase ?? '']) {
    await officer.open(path);
    await check(officer.page);
    await assertStrict(cast.demo.url + path);
  }
  await officer.open('/console/ledger');
  await officer.page.getByRole('row').getByRole('link').first().click();
  await officer.page.getByRole('heading', { name: 'Proof' }).waitFor();
  await check(officer.page);
});

scene('every page of the console on a phone', async (cast) => {
  const desk = await cast.agent(PHONE);
  await cast.conversation(desk, 'Do you answer on a phone?');
  await check(desk.page);
  await desk.open('/console');
  await check(desk.page);
});

scene('the pages before signing in, and those of errors', async (cast) => {
  const stranger = await cast.stranger(PHONE);
  stranger.watch.expect(/status of 4\d\d/);
  const page = await stranger.page();
  for (const path of ['/console', '/c', '/c/not-a-link', '/privacy', '/console/nothing-here', '/nothing-here']) {
    await page.goto(cast.demo.url + path);
    await check(page);
    await assertStrict(cast.demo.url + path);
  }
});

scene('every page of the messenger', async (cast) => {
  const desk = await cast.agent();
  const customer = await cast.conversation(desk, 'Are you there?');
  await customer.writes(HELD.text);
  const messenger = await cast.messenger(PHONE);
  const link = await customer.receivesLink();
  await messenger.follow(link);
  await check(messenger.page);
  await assertStrict(link);
  await messenger.continueButton.click();
  await messenger.holds.waitFor();
  await check(messenger.page);
  await messenger.page.locator('header details summary').click();
  await check(messenger.page);
  const identify = messenger.page.locator('details.identify > summary');
  await identify.click();
  await check(messenger.page);
});
