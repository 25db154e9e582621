// Values of nobody, in texts as customers write them. What the rules make of each is named.

/** Destroyed in a direct message: a card number with right check digits (a network's published test number). */
export const CARD = '4111 1111 1111 1111';

/** Masked in a direct message, and openable there: an address under a name reserved for examples. */
export const EMAIL = 'maria.muster@example.org';

/** Held for the customer: looks like a card number, and is said to be something else. */
export const HELD = { text: `My order number is 4539 1488 0343 6467, where is it?`, number: '4539 1488 0343 6467' };

/**
 * Fails if a value stands anywhere in a page, in the text or in an attribute, with or without its spaces.
 * @param {import('playwright-core').Page} page
 * @param {string} value
 */
export async function assertNowhere(page, value) {
  const html = await page.content();
  for (const form of [value, value.replaceAll(/[\s-]/g, '')]) {
    if (html.includes(form)) throw new Error(`${page.url()} contains ${form}`);
  }
}
