// A message comes in, and the agent sees of it what the rules let stand.

import assert from 'node:assert/strict';

import { stage } from '../harness.mjs';
import { sameDocument } from '../harness/console.mjs';
import { screenshot } from '../harness/screenshot.mjs';
import { CARD, EMAIL, assertNowhere } from '../harness/values.mjs';

const { scene } = stage();

scene('a direct message appears in the inbox by itself', async (cast) => {
  const desk = await cast.agent();
  await desk.open('/console');
  const still = await sameDocument(desk.page);
  const customer = await cast.customer('Maria Muster');
  await customer.writes('Is the shop in Leipzig open on Sunday?');
  await desk.line('Is the shop in Leipzig open on Sunday?').waitFor();
  await still();
  await screenshot(desk.page, 'inbox');
});

scene('a card number in a direct message arrives masked, and the page is not loaded again', async (cast) => {
  const desk = await cast.agent();
  const customer = await cast.conversation(desk, 'Do you take cards?');
  const still = await sameDocument(desk.page);
  await customer.writes(`Then take this one: ${CARD}, thank you`);
  const message = desk.message('Then take this one:');
  await message.waitFor();
  assert.match(await message.locator('.chip').innerText(), /card number/);
  await still();
  await assertNowhere(desk.page, CARD);
  await screenshot(desk.page, 'masked');
  await desk.open('/console');
  await assertNowhere(desk.page, CARD);
});

scene('an address in a direct message is masked and can be opened for a purpose', async (cast) => {
  const desk = await cast.agent();
  const customer = await cast.conversation(desk, 'How do I hear from you?');
  await customer.writes(`Best by mail: ${EMAIL}`);
  const chip = desk.message('Best by mail:').locator('details.chip');
  await chip.waitFor();
  assert.match(await chip.locator('summary').innerText(), /e-?mail/i);
  await assertNowhere(desk.page, EMAIL);
});

scene('what a customer writes is text and never markup', async (cast) => {
  const desk = await cast.agent();
  const text = '<img src=x onerror="document.title=1"><b>bold</b> & more';
  const customer = await cast.conversation(desk, 'Do you read HTML?');
  await customer.writes(text);
  await desk.message(text).waitFor();
  assert.equal(await desk.page.locator('.timeline img, .timeline b').count(), 0);
});

scene('an answer reaches the customer where they wrote', async (cast) => {
  const desk = await cast.agent();
  const customer = await cast.conversation(desk, 'Do you have a branch in Rome?');
  await desk.reply('Yes, at the central station.', 'direct');
  await customer.receives(/Yes, at the central station\./);
});
