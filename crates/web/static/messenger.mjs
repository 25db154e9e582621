// The messenger, where a browser runs scripts. Everything here also works without.

import { checkDraft } from "./draft.mjs";
import { start } from "./live.mjs";
import { localTimes } from "./times.mjs";

const said = document.getElementById("said");
const bottom = () => scrollTo({ top: document.documentElement.scrollHeight });
const nearBottom = () => innerHeight + scrollY > document.documentElement.scrollHeight - 160;

localTimes(document);
if (!location.hash) bottom();
start((part, added, element) => {
  localTimes(element);
  const theirs = added.filter((child) => child.matches(".bubble:not(.mine)"));
  if (part === "talk" && theirs.length > 0 && said) said.textContent = element.dataset.said ?? "";
  if (added.length > 0 && nearBottom()) bottom();
});

const form = document.getElementById("write");
if (form instanceof HTMLFormElement) {
  const text = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
  const place = /** @type {HTMLElement} */ (form.querySelector("#findings"));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  checkDraft(form, () => {});
  // Enter sends where there is a real keyboard; on a phone it starts a line.
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) body.append(name, String(value));
    try {
      const answer = await fetch(form.action, { method: "POST", body, cache: "no-store" });
      take(new DOMParser().parseFromString(await answer.text(), "text/html"), answer.ok);
    } catch {
      const line = document.createElement("p");
      line.className = "note stop";
      line.textContent = document.body.dataset.lost ?? "";
      place.replaceChildren(line);
    }
    button.disabled = false;
    text.focus();
  });

  /**
   * Takes what the server answered: its parts, and a form that sends the next message.
   * @param {Document} page
   * @param {boolean} sent
   */
  const take = (page, sent) => {
    const fresh = page.getElementById("write");
    if (!(fresh instanceof HTMLFormElement)) {
      location.reload(); // signed out, or another page: show it whole
      return;
    }
    const key = /** @type {HTMLInputElement} */ (form.elements.namedItem("form_key"));
    key.value = /** @type {HTMLInputElement} */ (fresh.elements.namedItem("form_key")).value;
    place.replaceChildren(...(fresh.querySelector("#findings")?.childNodes ?? []));
    for (const part of document.querySelectorAll("[data-live]")) {
      const name = part instanceof HTMLElement ? part.dataset.live : "";
      const newer = page.querySelector(`[data-live="${name}"]`);
      if (newer) part.replaceChildren(...newer.childNodes);
    }
    localTimes(document);
    if (!sent) return;
    text.value = "";
    bottom();
  };
}
