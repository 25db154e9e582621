// Live pages: one event stream per browser, shared by its tabs; each tab reads its own parts again.

/**
 * @typedef {{conversation?: string, message?: string, kind: string}} Happened
 * @typedef {{number: number, happened: Happened}} LiveEvent
 */

/**
 * Holds the browser's one stream for an address while this tab lives, and hands every event to all tabs.
 * @param {string} address where the stream is
 * @param {number} after the last event that the page has seen
 * @param {(event: LiveEvent) => void} hear
 */
export function listen(address, after, hear) {
  let last = after;
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(`aside${address}`) : null;
  /** @param {LiveEvent} event */
  const take = (event) => {
    if (event.number <= last) return;
    last = event.number;
    hear(event);
  };
  if (channel) channel.onmessage = (message) => take(message.data);
  const open = () => new Promise(() => {
    /** @param {number} from */
    const connect = (from) => {
      const source = new EventSource(`${address}?after=${from}`);
      source.onmessage = (message) => {
        /** @type {LiveEvent} */
        const event = { number: Number(message.lastEventId), happened: JSON.parse(message.data) };
        channel?.postMessage(event);
        take(event);
      };
      // A refused stream (signed out, server gone) is not retried by the browser: try later, not at once.
      source.onerror = () => {
        if (source.readyState !== EventSource.CLOSED) return;
        setTimeout(() => connect(last), 15000);
      };
    };
    connect(last);
  });
  if (navigator.locks) navigator.locks.request(`aside${address}`, open);
  else open();
}

/**
 * Puts newer children into a list, keyed by id; whatever has the focus or lies open stays as it is.
 * @param {Element} list
 * @param {Element} fresh
 * @returns {Element[]} the children that were not there before
 */
export function renew(list, fresh) {
  const added = [];
  const wanted = [...fresh.children];
  const ids = new Set(wanted.map((child) => child.id).filter(Boolean));
  for (const old of [...list.children]) {
    if (!old.id || !ids.has(old.id)) old.remove();
  }
  /** @type {Element | null} */
  let before = list.firstElementChild;
  for (const child of wanted) {
    const old = child.id ? list.querySelector(`:scope > #${CSS.escape(child.id)}`) : null;
    if (!old) {
      list.insertBefore(child, before);
      added.push(child);
      continue;
    }
    if (old !== before) list.insertBefore(old, before);
    before = old.nextElementSibling;
    const busy = old.contains(document.activeElement) || old.querySelector("details[open]");
    if (!busy && old.outerHTML !== child.outerHTML) old.replaceWith(child);
  }
  return added;
}

/**
 * Reads this page's live parts again.
 * @param {Happened} happened what happened; parts that show another conversation are left alone
 * @param {(part: string, added: Element[], element: HTMLElement) => void} done
 */
export async function reread(happened, done) {
  for (const part of document.querySelectorAll("[data-live]")) {
    if (!(part instanceof HTMLElement) || !part.dataset.live) continue;
    const { live, conversation } = part.dataset;
    if (conversation && happened.conversation && conversation !== happened.conversation) continue;
    const answer = await fetch(document.body.dataset.address ?? location.href, { headers: { "Aside-Part": live }, cache: "no-store" });
    if (answer.status === 401) location.reload();
    if (!answer.ok) continue;
    // A copy of the element parses its children as they belong there (options in a select, rows in a table).
    const fresh = /** @type {HTMLElement} */ (part.cloneNode(false));
    fresh.innerHTML = await answer.text();
    const keep = part instanceof HTMLSelectElement ? part.value : null;
    const list = fresh.childElementCount === 1 && part.childElementCount === 1 && fresh.firstElementChild?.matches("[data-list]")
      && part.firstElementChild?.matches("[data-list]");
    const added = list
      ? renew(/** @type {Element} */ (part.firstElementChild), /** @type {Element} */ (fresh.firstElementChild))
      : renew(part, fresh);
    if (part instanceof HTMLSelectElement && keep) part.value = keep;
    done(live, added, part);
  }
}

/**
 * Starts what the page asks for in `data-events` and `data-after`.
 * @param {(part: string, added: Element[], element: HTMLElement) => void} done
 */
export function start(done) {
  const { events, after } = document.body.dataset;
  if (!events) return;
  /** @type {Happened | null} */
  let pending = null;
  let running = false;
  const run = async () => {
    if (running) return;
    running = true;
    while (pending) {
      const happened = pending;
      pending = null;
      try { await reread(happened, done); } catch { /* offline: the next event reads again */ }
    }
    running = false;
  };
  listen(events, Number(after ?? 0), ({ happened }) => {
    // Events that pile up are one reading; of different conversations, a reading of everything.
    pending = pending && pending.conversation !== happened.conversation ? { kind: "several" } : happened;
    setTimeout(run, 60);
  });
}
