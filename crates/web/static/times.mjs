// Times in the reader's own zone; the absolute value stays in the title.

const day = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "short" });
const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
const full = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "full", timeStyle: "long" });

/** @param {ParentNode} within */
export function localTimes(within) {
  const today = day.format(new Date());
  for (const time of within.querySelectorAll("time:not([data-local])")) {
    if (!(time instanceof HTMLTimeElement)) continue;
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.valueOf())) continue;
    const date = day.format(at);
    time.textContent = date === today ? clock.format(at) : `${date}, ${clock.format(at)}`;
    time.title = full.format(at);
    time.dataset.local = "";
  }
}
