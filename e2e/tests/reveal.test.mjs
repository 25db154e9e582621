// A value is opened for a purpose alone, and the ledger knows.

import assert from 'node:assert/strict';

import { stage } from '../harness.mjs';
import { screenshot } from '../harness/screenshot.mjs';
import { EMAIL, assertNowhere } from '../harness/values.mjs';

const { scene } = stage();

scene('opening a value asks for a purpose, shows it once, and stands in the ledger', async (cast) => {
  const desk = await cast.agent();
  const customer = await cast.conversation(desk, 'Where do I send my documents?');
  await desk.take();
  await customer.writes(`Or write to ${EMAIL}`);
  const message = desk.message('Or write to');
  await message.locator('details.chip').waitFor();

  // Without a purpose the form does not go out.
  await message.locator('details.chip summary').click();
  await message.getByRole('button', { name: /^Open this / }).click();
  assert.ok(await message.getByLabel('Purpose').evaluate((field) => field.matches(':invalid')));
  assert.equal(await desk.page.locator('.revealed').count(), 0);
  await message.locator('details.chip summary').click();

  assert.equal(await desk.reveal(message, 'contact'), EMAIL);
  await screenshot(desk.page, 'revealed');
  await desk.page.reload();
  await message.waitFor();
  await assertNowhere(desk.page, EMAIL);

  const officer = await cast.privacyOfficer();
  await officer.open('/console/ledger');
  const line = officer.page.getByRole('row').filter({ hasText: 'revealed' }).first();
  await line.filter({ hasText: 'Proved' }).waitFor();
  await screenshot(officer.page, 'ledger');
  await line.getByRole('link').click();
  await officer.page.getByRole('heading', { name: 'Proof' }).waitFor();
  await assertNowhere(officer.page, EMAIL);
});

scene('a shown value goes by itself', async (cast) => {
  const desk = await cast.agent();
  const customer = await cast.conversation(desk, 'Do you have a newsletter?');
  await desk.take();
  await customer.writes(`Send it to ${EMAIL}`);
  const message = desk.message('Send it to');
  await desk.eventually(message.locator('details.chip'));
  await desk.page.clock.install();
  assert.equal(await desk.reveal(message, 'contact'), EMAIL);
  const seconds = Number(await desk.page.locator('[data-seconds]').getAttribute('data-seconds'));
  assert.ok(seconds > 0 && seconds <= 60, `shown for ${seconds} s`);
  await desk.page.clock.runFor(seconds * 1000 + 100);
  await desk.page.locator('.revealed').waitFor({ state: 'detached' });
  await assertNowhere(desk.page, EMAIL);
});
