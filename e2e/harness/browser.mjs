// Debian's Chromium, driven without a download.

import { chromium } from 'playwright-core';

import { Watch } from './watch.mjs';

/** A phone as most customers hold it. */
export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 3 };

/** A desk. */
export const DESK = { viewport: { width: 1440, height: 900 } };

/** Someone's own browser: its own cookies, watched from the first page on. */
export class Visit {
  /**
   * @param {import('playwright-core').BrowserContext} context
   * @param {Watch} watch
   */
  constructor(context, watch) {
    this.context = context;
    this.watch = watch;
  }

  /** A new page. */
  async page() {
    return this.context.newPage();
  }
}

/** Chromium. Close it when done. */
export async function launch() {
  return chromium.launch({
    executablePath: process.env.ASIDE_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--no-first-run',
    ],
  });
}

/**
 * A browser of someone's own.
 * @param {import('playwright-core').Browser} browser
 * @param {string[]} origins where its pages may ask
 * @param {import('playwright-core').BrowserContextOptions} [options] such as `PHONE`, or `javaScriptEnabled: false`
 */
export async function visit(browser, origins, options = {}) {
  // Movement would be caught half way by the check for contrast and by screenshots.
  const context = await browser.newContext({ ...DESK, locale: 'en-GB', reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(10_000);
  const watch = new Watch(origins);
  await watch.over(context);
  return new Visit(context, watch);
}
