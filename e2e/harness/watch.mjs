// Notices what nobody looks at while a page is used: errors on the console, scripts that threw, requests
// that failed or went elsewhere, and everything that the content security policy had to stop.

import assert from 'node:assert/strict';

/** A watch over all pages of a browser context. */
export class Watch {
  /** @type {string[]} */
  #complaints = [];
  /** @type {RegExp[]} */
  #expected = [];
  #origins;

  /** @param {string[]} origins where pages may ask, for instance `http://localhost:8080` */
  constructor(origins) {
    this.#origins = new Set(origins);
  }

  /**
   * Starts to watch. Call before the first page is opened.
   * @param {import('playwright-core').BrowserContext} context
   */
  async over(context) {
    await context.exposeBinding('asideReportViolation', (source, what) => {
      this.#complain(source.page, `content security policy: ${what}`);
    });
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => {
        const report = /** @type {any} */ (globalThis).asideReportViolation;
        report(`${event.violatedDirective} stopped ${event.blockedURI || 'an inline part'}`);
      });
    });
    context.on('page', (page) => this.#watch(page));
  }

  /**
   * Says that something is meant to happen, such as the 410 of a link that was used.
   * @param {RegExp} pattern
   */
  expect(pattern) {
    this.#expected.push(pattern);
  }

  /** Fails if anything happened that was not meant to. */
  assertQuiet() {
    const unexpected = this.#complaints.filter((line) => !this.#expected.some((pattern) => pattern.test(line)));
    assert.deepEqual(unexpected, [], 'the pages complained');
  }

  /** @param {import('playwright-core').Page} page */
  #watch(page) {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        this.#complain(page, `console ${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    page.on('pageerror', (error) => this.#complain(page, `script: ${error.stack ?? error.message}`));
    page.on('request', (request) => {
      const url = new URL(request.url());
      const local = url.protocol === 'data:' || url.protocol === 'blob:' || this.#origins.has(url.origin);
      if (!local) this.#complain(page, `request to ${url.origin}`);
    });
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? 'unknown';
      // Whoever leaves a page ends its live stream and whatever it was just asking; a script, a style or a
      // picture that did not come is another matter.
      const parts = ['script', 'stylesheet', 'image', 'font'];
      const left = why === 'net::ERR_ABORTED' && !parts.includes(request.resourceType());
      if (!left) this.#complain(page, `request failed: ${request.method()} ${request.url()}: ${why}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 500) this.#complain(page, `${response.status()} from ${response.url()}`);
    });
  }

  /**
   * @param {import('playwright-core').Page} page
   * @param {string} what
   */
  #complain(page, what) {
    this.#complaints.push(`on ${page.url()}: ${what}`);
  }
}
