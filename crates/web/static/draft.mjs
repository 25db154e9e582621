// Checks a draft while it is written: what is found is said before it is sent. The page looks first, by itself, also
// without a network; what the server answers then takes the place of that.

/**
 * @typedef {{text: string, verdict: "confirm" | "refuse", title: string}} Said
 * @typedef {{findings: Said[], refused: boolean, needs_reason: boolean}} Check
 */

/** @typedef {import("../../../bindings/npm/index.mjs").Detector} Detector */

const STRICT = ["confidential", "sensitive", "prohibited"];
const MODULE = "./detect.mjs";
/** @type {Promise<Detector | null> | undefined} */
let loading;

/** Loads the detector once, when somebody begins to write; null where it cannot run. */
const detector = () => {
  loading ??= import(MODULE).then((module) => module.load()).catch(() => null);
  return loading;
};

/**
 * @param {HTMLFormElement} form with `data-check`, `data-found`, a textarea `text`, and `#findings`
 * @param {(check: Check) => void} shown
 * @returns {() => Promise<Check | null>} checks at once; null when the check could not run
 */
export function checkDraft(form, shown) {
  const text = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
  const place = /** @type {HTMLElement} */ (form.querySelector("#findings"));
  let timer = 0;
  let asked = 0;
  let answered = "";
  let noted = "";

  /** Says what the page finds by itself, until the server's answer comes. */
  const note = async () => {
    const own = await detector();
    if (!own || text.value === answered) return;
    const strict = own.detect(text.value).filter((finding) => STRICT.includes(finding.class));
    const what = [...new Set(strict.map((finding) => finding.label))].join(", ");
    if (what === noted) return; // said already, by the page or by the server
    noted = what;
    place.querySelector("[data-own]")?.remove();
    if (!what) return;
    const line = document.createElement("p");
    line.className = "note";
    line.dataset.own = "";
    line.textContent = (form.dataset.found ?? "").replace("{what}", what);
    place.append(line);
  };

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
    const draft = text.value;
    if (!draft.trim()) {
      noted = "";
      show({ findings: [], refused: false, needs_reason: false });
      return null;
    }
    try {
      const answer = await fetch(form.dataset.check ?? "", {
        method: "POST",
        headers: { "Content-Type": "application/json", "Aside-Csrf": field("csrf") ?? "" },
        body: JSON.stringify({ thread: field("thread"), text: draft }),
      });
      if (!answer.ok) return null;
      /** @type {Check} */
      const found = await answer.json();
      if (mine === asked) {
        answered = draft;
        show(found);
      }
      return found;
    } catch {
      return null; // the server checks again when it is sent
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(check, 250);
  };
  if (document.activeElement === text) detector(); // people are sometimes faster than scripts
  else text.addEventListener("focus", detector, { once: true });
  text.addEventListener("input", later);
  text.addEventListener("input", note);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => { noted = answered = ""; });
  return async () => {
    clearTimeout(timer);
    return check();
  };
}
