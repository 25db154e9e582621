// Checks a draft while it is written: what is found is said before it is sent.

/**
 * @typedef {{text: string, verdict: "confirm" | "refuse", title: string}} Said
 * @typedef {{findings: Said[], refused: boolean, needs_reason: boolean}} Check
 */

/**
 * @param {HTMLFormElement} form with `data-check`, a textarea `text`, and `#findings`
 * @param {(check: Check) => void} shown
 * @returns {() => Promise<Check | null>} checks at once; null when the check could not run
 */
export function checkDraft(form, shown) {
  const text = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
  const place = /** @type {HTMLElement} */ (form.querySelector("#findings"));
  let timer = 0;
  let asked = 0;

  /** @param {Check} check */
  const show = (check) => {
    place.replaceChildren(...check.findings.map((finding) => {
      const line = document.createElement("p");
      line.className = `note ${finding.verdict === "refuse" ? "stop" : "warn"}`;
      const title = document.createElement("strong");
      title.textContent = finding.title;
      line.append(title, ` ${finding.text}`);
      return line;
    }));
    text.toggleAttribute("aria-invalid", false);
    if (check.refused) text.setAttribute("aria-invalid", "true");
    shown(check);
  };

  const check = async () => {
    const mine = ++asked;
    const field = (/** @type {string} */ name) => {
      const element = form.elements.namedItem(name);
      return element && "value" in element ? String(element.value) : undefined;
    };
    if (!text.value.trim()) {
      show({ findings: [], refused: false, needs_reason: false });
      return null;
    }
    try {
      const answer = await fetch(form.dataset.check ?? "", {
        method: "POST",
        headers: { "Content-Type": "application/json", "Aside-Csrf": field("csrf") ?? "" },
        body: JSON.stringify({ thread: field("thread"), text: text.value }),
      });
      if (!answer.ok) return null;
      /** @type {Check} */
      const found = await answer.json();
      if (mine === asked) show(found);
      return found;
    } catch {
      return null; // the server checks again when it is sent
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(check, 250);
  };
  text.addEventListener("input", later);
  form.addEventListener("change", later);
  return async () => {
    clearTimeout(timer);
    return check();
  };
}
