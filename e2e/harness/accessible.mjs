// What every page must be for people who do not see it or do not use a mouse.

import assert from 'node:assert/strict';

import axe from 'axe-core';

/** WCAG 2.2 AA and what axe's authors recommend beyond it. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Fails with every violation that axe finds, in light and in dark.
 * @param {import('playwright-core').Page} page
 */
export async function assertAccessible(page) {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    await page.emulateMedia({ colorScheme });
    // By the debugging protocol: the page's own policy would rightly refuse a foreign script.
    await page.evaluate(axe.source);
    const violations = await page.evaluate(async (tags) => {
      const { axe } = /** @type {{ axe: typeof import('axe-core') }} */ (/** @type {unknown} */ (globalThis));
      const results = await axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
      return results.violations.flatMap(({ id, help, nodes }) =>
        nodes.map((node) => `${id}: ${help}: ${node.html} (${node.failureSummary})`),
      );
    }, TAGS);
    assert.deepEqual(violations, [], `axe on ${page.url()} in ${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: null });
}

/**
 * Fails where a page must be scrolled sideways.
 * @param {import('playwright-core').Page} page
 */
export async function assertFitsWidth(page) {
  // Not the page's own idea of the width: a phone zooms out to show a page that is too wide.
  const screen = page.viewportSize()?.width ?? 0;
  const content = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(content <= screen, `${page.url()} is ${content} px wide on a screen of ${screen} px`);
}

/**
 * Reaches an element by the Tab key alone, and sees that the focus shows.
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Locator} target
 */
export async function tabTo(page, target) {
  await target.waitFor();
  const passed = [];
  for (let presses = 0; presses < 120; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      const shows = await target.evaluate((element) => {
        const style = getComputedStyle(element);
        const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
        return outlined || style.boxShadow !== 'none';
      });
      assert.ok(shows, `the focus does not show on ${await target.evaluate((element) => element.outerHTML)}`);
      return;
    }
    await page.keyboard.press('Tab');
    passed.push(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 80)));
  }
  assert.fail(`Tab never reaches ${target}; it passed ${passed.slice(0, 40).join('\n')}`);
}

/**
 * Presses a button or follows a link by keyboard.
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Locator} target
 */
export async function pressByKeyboard(page, target) {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/**
 * Writes into a field by keyboard.
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Locator} field
 * @param {string} text
 */
export async function writeByKeyboard(page, field, text) {
  await tabTo(page, field);
  await page.keyboard.type(text);
}
