// The console as an agent uses it: by labels, roles and visible words.

import assert from 'node:assert/strict';

import { totp } from './totp.mjs';

/** A page of the console. */
export class Console {
  /**
   * @param {import('playwright-core').Page} page
   * @param {import('./watch.mjs').Watch} watch
   * @param {string} url where the program serves
   * @param {boolean} scripts whether the browser runs JavaScript
   */
  constructor(page, watch, url, scripts) {
    this.page = page;
    this.watch = watch;
    this.url = url;
    this.scripts = scripts;
  }

  /**
   * Opens a page by its path.
   * @param {string} path for instance `/console/ledger`
   */
  async open(path) {
    const response = await this.page.goto(new URL(path, this.url).href);
    assert.equal(response?.status(), 200, `${path} answers ${response?.status()}`);
  }

  /**
   * Signs in with password and one-time code.
   * @param {import('./program.mjs').Person} person
   */
  async signIn(person) {
    await this.open('/console/sign-in');
    await this.page.getByLabel('Login').fill(person.login);
    await this.page.getByLabel('Password').fill(person.password);
    await this.page.getByLabel('Code').fill(totp(person.totp_secret));
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await this.page.getByRole('heading', { name: 'Inbox' }).waitFor();
  }

  /**
   * The line of the inbox whose newest message says this.
   * @param {string} words
   */
  line(words) {
    return this.page.locator('.inbox').getByRole('link').filter({ hasText: words });
  }

  /**
   * Opens the conversation whose newest message says this, as soon as it is there.
   * @param {string} words
   */
  async openConversation(words) {
    await this.open('/console');
    await this.eventually(this.line(words));
    await this.line(words).click();
    await this.message(words).waitFor();
  }

  /**
   * Waits for something that comes by itself; without JavaScript, by loading the page again.
   * @param {import('playwright-core').Locator} awaited
   */
  async eventually(awaited) {
    if (this.scripts) return awaited.first().waitFor();
    for (const patience = Date.now() + 10_000; (await awaited.count()) === 0; ) {
      assert.ok(Date.now() < patience, `${awaited} did not come within 10 s`);
      await this.page.reload();
    }
  }

  /**
   * A message of the timeline.
   * @param {string} words that it says
   */
  message(words) {
    return this.page.locator('.timeline .message').filter({ hasText: words });
  }

  /** Looks after the open conversation from now on. */
  async take() {
    await this.page.getByRole('button', { name: 'Take it', exact: true }).click();
    await this.page.getByRole('button', { name: 'Give it back', exact: true }).waitFor();
  }

  /** Asks for the customer to be sent a link into the secure channel. */
  async moveToSecure() {
    await this.page.getByRole('button', { name: 'Move to the secure channel', exact: true }).click();
  }

  /**
   * Sends an answer on the thread of a rung.
   * @param {string} text
   * @param {'direct' | 'secure'} rung
   */
  async reply(text, rung) {
    const thread = this.page.locator(`#thread option[data-rung="${rung}"]`);
    await thread.waitFor({ state: 'attached' });
    await this.page.getByLabel('Reply on').selectOption((await thread.getAttribute('value')) ?? '');
    await this.page.getByLabel('Text').fill(text);
    await this.page.getByRole('button', { name: 'Send', exact: true }).click();
    await this.eventually(this.message(text));
  }

  /**
   * Opens a masked value, and answers with what is shown.
   * @param {import('playwright-core').Locator} message
   * @param {string} purpose for instance `case_handling`
   */
  async reveal(message, purpose) {
    const chip = message.locator('details.chip').first();
    await chip.locator('summary').click();
    await chip.getByLabel('Purpose').selectOption(purpose);
    await chip.getByRole('button', { name: /^Open this / }).click();
    const opened = this.page.locator('.revealed');
    await opened.waitFor();
    return (await opened.innerText()).trim();
  }
}

/**
 * Remembers that this very document is open, to show later that it was never loaded again.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<() => Promise<void>>} fails if the page was loaded again
 */
export async function sameDocument(page) {
  await page.evaluate(() => Object.assign(globalThis, { asideSameDocument: true }));
  return async () => {
    const same = await page.evaluate(() => 'asideSameDocument' in globalThis);
    assert.ok(same, `${page.url()} was loaded again`);
  };
}
