// The main path of console and messenger where no script runs.

import assert from 'node:assert/strict';

import { stage } from '../harness.mjs';
import { PHONE } from '../harness/browser.mjs';
import { Console } from '../harness/console.mjs';
import { EMAIL, HELD, assertNowhere } from '../harness/values.mjs';

const { scene } = stage();
const PLAIN = { javaScriptEnabled: false };

scene('the privacy officer signs in', async (cast) => {
  const stranger = await cast.stranger(PLAIN);
  const desk = new Console(await stranger.page(), stranger.watch, cast.demo.url, false);
  await desk.signIn(cast.demo.privacy_officer);
});

scene('an agent reads, answers and moves a conversation up, and the customer goes on', async (cast) => {
  const desk = await cast.agent(PLAIN);
  const customer = await cast.conversation(desk, 'Do I need scripts?');
  await desk.reply('Not at all.', 'direct');
  await customer.receives(/Not at all\./);
  await desk.moveToSecure();

  const messenger = await cast.messenger({ ...PHONE, ...PLAIN });
  await messenger.enter(await customer.receivesLink());
  await messenger.write('I wrote this without any script.');
  await desk.eventually(desk.message('I wrote this without any script.'));
  await desk.reply('And I answer without one.', 'secure');
  await messenger.page.reload();
  await messenger.bubble('And I answer without one.').waitFor();
});

scene('a value is opened for a purpose', async (cast) => {
  const desk = await cast.agent(PLAIN);
  const customer = await cast.conversation(desk, 'Can you mail me?');
  await desk.take();
  await customer.writes(`I am ${EMAIL}`);
  const message = desk.message('I am');
  await desk.eventually(message.locator('details.chip'));
  assert.equal(await desk.reveal(message, 'contact'), EMAIL);
  await desk.page.getByRole('link', { name: 'Back to the conversation' }).click();
  await message.waitFor();
  await assertNowhere(desk.page, EMAIL);
});

scene('a held value is released', async (cast) => {
  const desk = await cast.agent(PLAIN);
  const customer = await cast.conversation(desk, 'Can you check a number?');
  await customer.writes(HELD.text);
  const messenger = await cast.messenger({ ...PHONE, ...PLAIN });
  await messenger.enter(await customer.receivesLink());
  await messenger.release();
  await messenger.bubble(HELD.number).waitFor();
  await desk.eventually(desk.message(HELD.number));
});
