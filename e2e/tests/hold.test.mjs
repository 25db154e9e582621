// What is not certain is held for the customer, where nobody else can open it.

import assert from 'node:assert/strict';

import { stage } from '../harness.mjs';
import { PHONE } from '../harness/browser.mjs';
import { screenshot } from '../harness/screenshot.mjs';
import { HELD, assertNowhere } from '../harness/values.mjs';

const { scene } = stage();

scene('a held value is released by the customer with one press', async (cast) => {
  const desk = await cast.agent();
  const customer = await cast.conversation(desk, 'Can you look something up?');
  await customer.writes(HELD.text);
  await desk.page.locator('.chip.held').waitFor();
  await assertNowhere(desk.page, HELD.number);

  const messenger = await cast.messenger(PHONE);
  await messenger.enter(await customer.receivesLink());
  await messenger.holds.waitFor();
  await assertNowhere(messenger.page, HELD.number);
  await screenshot(messenger.page, 'held');
  await messenger.release();
  await messenger.bubble(HELD.number).waitFor();
  await desk.message(HELD.number).waitFor();
});

scene('a held value is destroyed when the customer says so', async (cast) => {
  const desk = await cast.agent();
  const customer = await cast.conversation(desk, 'Can you find my parcel?');
  await customer.writes(HELD.text);
  const messenger = await cast.messenger(PHONE);
  await messenger.enter(await customer.receivesLink());
  await messenger.discard();
  await desk.page.locator('.chip.removed').waitFor();
  assert.equal(await desk.page.locator('.chip.held').count(), 0);
  await assertNowhere(desk.page, HELD.number);
  await assertNowhere(messenger.page, HELD.number);
});
