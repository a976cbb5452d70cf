// Queue, approvals and case: keys, templates of texts, and what is typed is kept.
import { tinykeys } from "tinykeys";

const SWITCH = "guichet-single-keys";
const PAUSE = 1500; // milliseconds after the last letter
const AGAIN = 5000; // milliseconds before a text that was not kept is tried again

const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// --- keys ---

function isOn() {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true;
  }
}

function turn(on) {
  try {
    localStorage.setItem(SWITCH, on ? "on" : "off");
  } catch {
    /* a browser that keeps nothing keeps them on */
  }
}

function isWriting(target) {
  const box = target.closest?.("input, textarea, select, [contenteditable]");
  return Boolean(box) && !["checkbox", "radio", "button", "submit"].includes(box.type);
}

function key(act) {
  return (event) => {
    if (!isOn() || isWriting(event.target) || one("dialog[open]")) return;
    event.preventDefault();
    act(event);
  };
}

function focus(element) {
  if (!element) return;
  element.focus();
  element.scrollIntoView({ block: "nearest" });
}

function follow(selector) {
  one(selector)?.click();
}

function rows() {
  return all("[data-rows] [data-row]");
}

function rowHere() {
  return rows().findIndex((row) => row.contains(document.activeElement));
}

function step(by) {
  const found = rows();
  const here = rowHere();
  const next = here < 0 ? (by > 0 ? 0 : found.length - 1) : here + by;
  focus(found[next] && one("[data-row-link]", found[next]));
}

function tick() {
  const row = rows()[rowHere()];
  one("input[type=checkbox]", row ?? document.createElement("p"))?.click();
}

function decide() {
  const panel = one("[data-decide]");
  focus(panel && (one("select, textarea, button", panel) ?? panel));
}

function search() {
  const box = one("[data-key-search]");
  if (!box) return;
  box.closest("details").open = true;
  focus(box);
}

function listKeys() {
  const dialog = one("[data-keys]");
  if (dialog && !dialog.open) dialog.showModal();
}

function setKeys() {
  const isList = Boolean(one("[data-rows]"));
  const keys = {
    j: key(() => (isList ? step(1) : follow("[data-key-next]"))),
    k: key(() => (isList ? step(-1) : follow("[data-key-previous]"))),
    x: key(tick),
    u: key(() => follow("[data-key-list]")),
    d: key(decide),
    v: key(() => focus(one(".app-viewer__sheet"))),
    "[Shift]+/": key(search),
    "[Shift]+?": (event) => {
      if (isWriting(event.target)) return;
      event.preventDefault();
      listKeys();
    },
  };
  tinykeys(window, keys, { ignore: () => false });
  const hint = one("[data-keys-hint]");
  if (hint) hint.hidden = false;
  one("[data-keys-open]")?.addEventListener("click", listKeys);
  one("[data-keys-close]")?.addEventListener("click", () => one("[data-keys]").close());
  const box = one("[data-keys-on]");
  if (box) {
    box.checked = isOn();
    box.addEventListener("change", () => turn(box.checked));
  }
}

// --- how many are ticked ---

function countTicked() {
  const told = one("[data-ticked]");
  if (!told) return;
  const boxes = () => all("input[name=item]:checked").length;
  const say = () => {
    const n = boxes();
    told.textContent = n ? told.dataset.word.replace("{n}", n) : "";
  };
  document.addEventListener("change", say);
  say();
}

// --- templates of the unit ---

function setPhrases() {
  for (const choice of all("[data-phrase-into]")) {
    const button = one("[data-phrase-button]", choice.parentElement);
    button?.addEventListener("click", (event) => {
      event.preventDefault();
      const text = choice.selectedOptions[0]?.dataset.text;
      const box = document.getElementById(choice.dataset.phraseInto);
      if (!text || !box) return;
      box.value = [box.value.trimEnd(), text].filter(Boolean).join("\n");
      box.dispatchEvent(new Event("input", { bubbles: true }));
      focus(box);
    });
  }
}

// --- what is typed is kept ---

function setTyping() {
  const place = one("[data-typed-at]");
  const boxes = all("[data-typed]");
  if (!place || !boxes.length) return;
  const state = one("[data-typed-state]");
  const failure = one("[data-typed-failure]");
  const words = place.dataset;
  let timer;
  let isSending = false;

  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(keep, pause);
  };
  const fail = (cause) => {
    failure.textContent = words[cause];
    later(AGAIN);
  };

  async function keep() {
    const form = new FormData();
    form.set("form_token", words.formToken);
    for (const box of boxes) form.append(`typed.${box.dataset.typed}`, box.value);
    try {
      const answer = await fetch(words.typedAt, {
        method: "POST",
        body: form,
        redirect: "manual",
        headers: { Accept: "application/json" },
      });
      if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) {
        fail("typedSession");
      } else if (!answer.ok) {
        fail("typedServer");
      } else {
        const { saved_at: at } = await answer.json();
        failure.textContent = "";
        if (at) {
          const hour = new Date(at).toLocaleTimeString([], { timeStyle: "short" });
          state.textContent = words.typedSaved.replace("{time}", hour);
        }
      }
    } catch {
      if (!isSending) fail("typedNetwork");
    }
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches?.("[data-typed]")) later(PAUSE);
  });
  document.addEventListener("submit", (event) => {
    if (event.submitter?.formTarget === "_blank") return;
    isSending = true;
    clearTimeout(timer);
  });
}

setKeys();
countTicked();
setPhrases();
setTyping();
