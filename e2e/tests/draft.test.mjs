// The page itself says what looks personal, before a server does.

import assert from 'node:assert/strict';

import { stage } from '../harness.mjs';
import { assertAccessible, assertFitsWidth } from '../harness/accessible.mjs';
import { PHONE } from '../harness/browser.mjs';
import { CARD, EMAIL } from '../harness/values.mjs';

const { scene } = stage();

/**
 * Waits until the page's own detector is there: it is loaded when the field gets the focus.
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Locator} field
 */
async function begin(page, field) {
  const loaded = page.waitForResponse((answer) => answer.url().endsWith('/aside_detect.wasm'));
  await field.focus();
  const answer = await loaded;
  assert.equal(answer.headers()['content-type'], 'application/wasm');
  assert.equal(answer.headers()['content-encoding'], 'gzip');
  await answer.finished();
}

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  scene(`a customer is told without a network, ${colorScheme}`, async (cast) => {
    const desk = await cast.agent();
    const customer = await cast.conversation(desk, `May I write here, ${colorScheme}?`);
    await desk.moveToSecure();
    const messenger = await cast.messenger({ ...PHONE, colorScheme });
    messenger.watch.expect(/ERR_INTERNET_DISCONNECTED/);
    await messenger.enter(await customer.receivesLink());
    const { page, field } = messenger;
    const note = page.locator('#findings [data-own]');
    await begin(page, field);
    await page.context().setOffline(true);

    await field.fill('It is about my parcel');
    await field.fill(`My card is ${CARD}`);
    await note.waitFor();
    assert.match(await note.innerText(), /private/);
    await assertAccessible(page);
    await assertFitsWidth(page);
    assert.doesNotMatch(await note.innerText(), /4111/);
    await field.fill(`Write to ${EMAIL}`); // an everyday detail, of which the page says nothing
    await note.waitFor({ state: 'detached' });

    await page.context().setOffline(false);
    await field.fill(`Now my card is ${CARD}`);
    await page.locator('#findings .note.stop').waitFor();
    assert.equal(await note.count(), 0, "the server's answer takes the note's place");
  });
}

scene('an agent is told what it looks like, without a network', async (cast) => {
  const desk = await cast.agent();
  desk.watch.expect(/ERR_INTERNET_DISCONNECTED/);
  await cast.conversation(desk, 'What do you need from me?');
  const { page } = desk;
  const field = page.getByLabel('Text');
  await begin(page, field);
  await page.context().setOffline(true);
  await field.fill(`Is it ${CARD}?`);
  const note = page.locator('#findings [data-own]');
  await note.waitFor();
  assert.match(await note.innerText(), /card number/);
  assert.doesNotMatch(await note.innerText(), /4111/);
});

scene('where WebAssembly cannot run, the server alone says it', async (cast) => {
  const desk = await cast.agent();
  await cast.conversation(desk, 'Is this an old browser?');
  const { page } = desk;
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'WebAssembly'));
  await page.reload();
  await page.getByLabel('Text').fill(`Is it ${CARD}?`);
  await page.locator('#findings .note.stop').waitFor();
  assert.equal(await page.locator('#findings [data-own]').count(), 0);
});
