// The console, where a browser runs scripts. Everything here also works without.

import { checkDraft } from "./draft.mjs";
import { start } from "./live.mjs";
import { localTimes } from "./times.mjs";

const said = document.getElementById("said");
/** @param {string} text */
const say = (text) => { if (said) said.textContent = text; };

localTimes(document);
start((part, added, element) => {
  localTimes(element);
  const messages = added.filter((child) => child.matches(".message.inbound"));
  if (part === "timeline" && messages.length > 0) {
    const who = messages[messages.length - 1].querySelector("header strong")?.textContent ?? "";
    say(`New message from ${who}`);
  }
  if (part === "threads") onThread();
});
/** @type {HTMLElement | null} */ (document.querySelector("[data-focus]"))?.focus();

// Composer

const composer = document.getElementById("composer");
const onThread = () => {
  const select = document.getElementById("thread");
  if (!(select instanceof HTMLSelectElement)) return;
  const option = select.selectedOptions[0];
  const reach = document.getElementById("reach");
  if (reach) reach.textContent = option?.dataset.reach ?? "";
  for (const details of document.querySelectorAll("details[data-exchange]")) {
    if (details instanceof HTMLDetailsElement) details.open = details.dataset.exchange === option?.dataset.rung;
  }
  count();
};
const count = () => {
  const text = document.getElementById("text");
  const select = document.getElementById("thread");
  const place = document.getElementById("count");
  if (!(text instanceof HTMLTextAreaElement) || !(select instanceof HTMLSelectElement) || !place) return;
  const max = Number(select.selectedOptions[0]?.dataset.max ?? 0);
  const length = [...text.value].length;
  place.textContent = max > 0 && length > max * 0.8 ? `${length} of ${max} characters` : "";
  text.setCustomValidity(max > 0 && length > max ? `This network takes ${max} characters; this is ${length}.` : "");
};

if (composer instanceof HTMLFormElement) {
  const reason = /** @type {HTMLElement} */ (document.getElementById("reason-field"));
  const instead = /** @type {HTMLElement} */ (document.getElementById("move-instead"));
  const field = /** @type {HTMLInputElement} */ (composer.elements.namedItem("reason"));
  const check = checkDraft(composer, (found) => {
    reason.hidden = !found.needs_reason;
    field.required = found.needs_reason && !found.refused;
    instead.hidden = !found.refused || !document.getElementById("move-up");
  });
  composer.addEventListener("input", count);
  document.getElementById("thread")?.addEventListener("change", onThread);
  let sure = false;
  composer.addEventListener("submit", async (event) => {
    if (sure) return;
    event.preventDefault();
    const found = await check();
    if (found?.refused || (found?.needs_reason && !field.value.trim())) {
      (found.refused ? document.getElementById("text") : field)?.focus();
      return;
    }
    sure = true;
    composer.submit();
  });
  onThread();
}

// Reveal: the value is shown inside its chip, once, for seconds

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-reveal]")) return;
  event.preventDefault();
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) body.append(name, String(value));
  const shown = document.createElement("div");
  shown.setAttribute("role", "status");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "Aside-Part": "opened" }, cache: "no-store" });
    shown.innerHTML = await answer.text();
  } catch {
    shown.textContent = "Not opened: no connection to the server. Try again.";
  }
  form.parentElement?.querySelector("[data-answer]")?.remove();
  shown.dataset.answer = "";
  form.after(shown);
  const opened = shown.querySelector("[data-seconds]");
  if (!(opened instanceof HTMLElement)) return; // a refusal stays, and the form with it
  form.hidden = true;
  const close = () => {
    shown.replaceChildren();
    shown.remove();
    form.hidden = false;
    form.reset();
    const chip = form.closest("details");
    if (chip) chip.open = false;
  };
  setTimeout(close, Number(opened.dataset.seconds) * 1000);
  addEventListener("pagehide", close, { once: true });
});

// Files into the text field beside them: no upload form needed

for (const label of document.querySelectorAll("[data-script-only]")) label.toggleAttribute("hidden", false);
for (const input of document.querySelectorAll("input[data-into]")) {
  input.addEventListener("change", async () => {
    if (!(input instanceof HTMLInputElement)) return;
    const target = input.form?.elements.namedItem(input.dataset.into ?? "");
    const file = input.files?.[0];
    if (target instanceof HTMLTextAreaElement && file) target.value = await file.text();
  });
}

// Keyboard

let before = "";
document.addEventListener("keydown", (event) => {
  const at = event.target;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && at instanceof HTMLTextAreaElement) {
    at.form?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (at instanceof HTMLElement && at.closest("input, textarea, select, dialog")) {
    if (event.key === "Escape" && !at.closest("dialog")) at.blur();
    return;
  }
  const keys = before + event.key;
  before = event.key === "g" ? "g" : "";
  if (keys === "gi") location.href = "/console";
  else if (event.key === "?") {
    const help = document.getElementById("keys");
    if (help instanceof HTMLDialogElement) help.showModal();
  } else if (event.key === "r") {
    const text = document.getElementById("text");
    if (!text) return;
    event.preventDefault();
    text.focus();
  } else if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
});

/** @param {number} by */
function step(by) {
  const stops = [...document.querySelectorAll("[data-list] a, .timeline > .message")];
  if (stops.length === 0) return;
  const here = stops.findIndex((stop) => stop === document.activeElement || stop.contains(document.activeElement));
  const next = here < 0 ? (by > 0 ? 0 : stops.length - 1) : Math.min(Math.max(here + by, 0), stops.length - 1);
  const stop = stops[next];
  if (stop instanceof HTMLElement) stop.focus();
}
