// The messenger as a customer uses it, mostly on a phone. It speaks the customer's language, so its parts
// are found by role and place and not by words.

import assert from 'node:assert/strict';

/** A page of the messenger. */
export class Messenger {
  /**
   * @param {import('playwright-core').Page} page
   * @param {import('./watch.mjs').Watch} watch
   */
  constructor(page, watch) {
    this.page = page;
    this.watch = watch;
  }

  /** The button on the page behind a link, which alone uses the link up. */
  get continueButton() {
    return this.page.locator('form[action^="/c/"]').getByRole('button');
  }

  /** The field for a message. */
  get field() {
    return this.page.locator('form.write').getByRole('textbox');
  }

  /** The button that sends it. */
  get sendButton() {
    return this.page.locator('form.write').getByRole('button');
  }

  /** What is held for the customer. */
  get holds() {
    return this.page.locator('.hold');
  }

  /** Says that a held value was harmless. */
  async release() {
    await this.holds.locator('form[action^="/c/release/"]').getByRole('button').click();
    await this.holds.waitFor({ state: 'detached' });
  }

  /** Has a held value destroyed at once. */
  async discard() {
    await this.holds.locator('form[action^="/c/discard/"]').getByRole('button').click();
    await this.holds.waitFor({ state: 'detached' });
  }

  /**
   * Follows a link; nothing is used up by that.
   * @param {string} link
   */
  async follow(link) {
    const response = await this.page.goto(link);
    assert.equal(response?.status(), 200, `the link answers ${response?.status()}`);
    await this.continueButton.waitFor();
  }

  /**
   * Follows a link and goes on into the conversation.
   * @param {string} link
   */
  async enter(link) {
    await this.follow(link);
    await this.continueButton.click();
    await this.field.waitFor();
  }

  /**
   * Sends a message and waits until it stands in the conversation.
   * @param {string} text
   */
  async write(text) {
    await this.field.fill(text);
    await this.sendButton.click();
    await this.bubble(text).waitFor();
  }

  /**
   * A message of the conversation.
   * @param {string} words that it says
   */
  bubble(words) {
    return this.page.locator('.bubble').filter({ hasText: words });
  }
}
