// A conversation moves up into the secure channel.

import assert from 'node:assert/strict';

import { stage } from '../harness.mjs';
import { assertFitsWidth } from '../harness/accessible.mjs';
import { PHONE } from '../harness/browser.mjs';
import { sameDocument } from '../harness/console.mjs';
import { screenshot } from '../harness/screenshot.mjs';

const { scene } = stage();

/** Those who open links before people do. */
const PREVIEWS = [
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  'WhatsApp/2.23.20.0',
  'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
];

scene('an agent moves a conversation up, and previews of the link use nothing up', async (cast) => {
  const desk = await cast.agent();
  const customer = await cast.conversation(desk, 'Can we talk in private?');
  await desk.moveToSecure();
  const link = await customer.receivesLink();
  await desk.page.locator('.timeline .happened').first().waitFor();

  for (const agent of [undefined, ...PREVIEWS]) {
    for (const method of ['HEAD', 'GET']) {
      const headers = agent ? { 'user-agent': agent } : undefined;
      const response = await fetch(link, { method, headers });
      assert.ok(response.ok, `${method} by ${agent} answers ${response.status}`);
      assert.equal(response.headers.get('set-cookie'), null, 'a preview gets no session');
      assert.doesNotMatch(await response.text(), /Can we talk in private/, 'a preview shows no conversation');
    }
  }

  const messenger = await cast.messenger(PHONE);
  await messenger.enter(link);
  await messenger.bubble('Can we talk in private?').waitFor();
});

scene('the customer goes on on a phone, both see each answer by itself', async (cast) => {
  const desk = await cast.agent();
  const customer = await cast.conversation(desk, 'May I show you a document?');
  await desk.moveToSecure();
  const messenger = await cast.messenger(PHONE);
  await messenger.follow(await customer.receivesLink());
  await assertFitsWidth(messenger.page);
  await screenshot(messenger.page, 'landing');
  await messenger.continueButton.click();
  await messenger.bubble('May I show you a document?').waitFor();
  await assertFitsWidth(messenger.page);

  const still = [await sameDocument(desk.page), await sameDocument(messenger.page)];
  await messenger.write('Here I am, on my phone.');
  await desk.message('Here I am, on my phone.').waitFor();
  await desk.reply('Good to see you here.', 'secure');
  await messenger.bubble('Good to see you here.').waitFor();
  // The agent's own page is loaded again by sending; the customer's never is.
  await still[1]?.();
  await screenshot(messenger.page, 'messenger');
  await screenshot(desk.page, 'conversation');
});

scene('a link works once, and says so the second time', async (cast) => {
  const desk = await cast.agent();
  const customer = await cast.conversation(desk, 'Is this link only mine?');
  await desk.moveToSecure();
  const link = await customer.receivesLink();
  const first = await cast.messenger(PHONE);
  await first.enter(link);

  const second = await cast.messenger(PHONE);
  second.watch.expect(/status of 4\d\d/);
  await second.page.goto(link);
  await second.page.getByRole('heading').first().waitFor();
  assert.equal(await second.field.count(), 0);
  assert.equal(await second.bubble('Is this link only mine?').count(), 0);

  // On the first device the same address leads back into the conversation.
  await first.page.goto(new URL('/c', link).href);
  await first.bubble('Is this link only mine?').waitFor();
});

scene('a customer is met in their own language', async (cast) => {
  const desk = await cast.agent();
  const customer = await cast.customer('Jürgen Muster', 'de');
  await customer.writes('Haben Sie am Sonntag geöffnet? Ich habe eine Frage zu den Öffnungszeiten.');
  await desk.openConversation('Haben Sie am Sonntag geöffnet?');
  await desk.moveToSecure();
  const messenger = await cast.messenger(PHONE);
  await messenger.follow(await customer.receivesLink());
  assert.equal(await messenger.page.locator('html').getAttribute('lang'), 'de');
});
