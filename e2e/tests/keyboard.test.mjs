// Everything works by keyboard, and the focus always shows.

import assert from 'node:assert/strict';

import { stage } from '../harness.mjs';
import { pressByKeyboard, tabTo, writeByKeyboard } from '../harness/accessible.mjs';
import { EMAIL } from '../harness/values.mjs';

const { scene } = stage();

scene('an agent signs in, answers and moves a conversation up by keyboard', async (cast) => {
  const desk = await cast.agent();
  const customer = await cast.customer('Maria Muster');
  await customer.writes('Which bus goes to you?');
  await desk.open('/console');
  await desk.page.keyboard.press('Tab');
  assert.equal(await desk.page.evaluate(() => document.activeElement?.textContent), 'Skip to the content');

  await desk.line('Which bus goes to you?').waitFor();
  await pressByKeyboard(desk.page, desk.line('Which bus goes to you?'));
  await desk.message('Which bus goes to you?').waitFor();

  await writeByKeyboard(desk.page, desk.page.getByLabel('Text'), 'Number 12, every ten minutes.');
  await pressByKeyboard(desk.page, desk.page.getByRole('button', { name: 'Send', exact: true }));
  await desk.message('Number 12, every ten minutes.').waitFor();
  await customer.receives(/Number 12/);

  const up = desk.page.getByRole('button', { name: 'Move to the secure channel', exact: true });
  await pressByKeyboard(desk.page, up);
  const messenger = await cast.messenger();
  await messenger.page.goto(await customer.receivesLink());
  await pressByKeyboard(messenger.page, messenger.continueButton);
  await writeByKeyboard(messenger.page, messenger.field, 'Thank you, I am on it.');
  await messenger.page.keyboard.press('Enter');
  await messenger.bubble('Thank you, I am on it.').waitFor();
  await desk.message('Thank you, I am on it.').waitFor();
});

scene('a value is opened by keyboard', async (cast) => {
  const desk = await cast.agent();
  const customer = await cast.conversation(desk, 'Do you write mails?');
  await desk.take();
  await customer.writes(`Please to ${EMAIL}`);
  const chip = desk.message('Please to').locator('details.chip');
  await pressByKeyboard(desk.page, chip.locator('summary'));
  await tabTo(desk.page, chip.getByLabel('Purpose'));
  await desk.page.keyboard.press('ArrowDown');
  await pressByKeyboard(desk.page, chip.getByRole('button', { name: /^Open this / }));
  await desk.page.locator('.revealed').waitFor();
  assert.equal((await desk.page.locator('.revealed').innerText()).trim(), EMAIL);
});

scene('short ways: next, reply, help', async (cast) => {
  const desk = await cast.agent();
  const customer = await cast.customer('Maria Muster');
  await customer.writes('Do you have short ways?');
  await desk.open('/console');
  await desk.line('Do you have short ways?').waitFor();
  await desk.page.keyboard.press('j');
  assert.ok(await desk.page.evaluate(() => document.activeElement?.closest('.inbox') !== null));
  await desk.page.keyboard.press('Enter');
  await desk.page.getByLabel('Text').waitFor();
  await desk.page.keyboard.press('r');
  assert.equal(await desk.page.evaluate(() => document.activeElement?.id), 'text');
  await desk.page.keyboard.press('Escape');
  await desk.page.keyboard.press('?');
  await desk.page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
  await desk.page.keyboard.press('Escape');
  await desk.page.getByRole('dialog').waitFor({ state: 'hidden' });
});
