// Keeps what is typed while it is typed, and says loudly when it cannot. Forms work without it.
import { suggestNames } from "./parts/names.js";

const PAUSE = 900; // after the last key
const AGAIN = [2000, 5000, 10000, 20000];

const form = document.querySelector("form[data-autosave]");
if (form) autosave(form);
suggestNames();

for (const each of document.querySelectorAll("form[data-sending]")) {
  each.addEventListener("submit", () => {
    const button = each.querySelector("button.govuk-button");
    button.textContent = each.dataset.sending;
    button.setAttribute("aria-disabled", "true");
  });
}

function autosave(form) {
  const state = form.querySelector("[data-autosaved]");
  const place = `typed:${form.dataset.autosave}`;
  let timer = 0;
  let failures = 0;
  let isSending = false;
  let isStale = false;
  let isLeaving = false; // the next page may have been asked for before this was saved

  restore();
  form.addEventListener("input", () => changed(PAUSE));
  form.addEventListener("change", () => changed(0));
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    isSending = true; // the page itself is kept by the server now
  });
  window.addEventListener("online", () => isStale && save());
  window.addEventListener("beforeunload", () => (isLeaving = true));
  window.addEventListener("pageshow", () => (isLeaving = false));
  window.addEventListener("pagehide", () => isStale && !isSending && keepHere());

  function changed(pause) {
    isStale = true;
    keepHere();
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  async function save() {
    if (isSending || !isStale) return;
    clearTimeout(timer);
    isSending = true;
    isStale = false;
    state.textContent = state.dataset.saving;
    const cause = await post();
    isSending = false;
    if (cause) failed(cause);
    else if (isStale) changed(0);
  }

  async function post() {
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: fields(),
        headers: { Accept: "application/json" },
        redirect: "error",
      });
      if (answer.status === 401 || answer.status === 403) return "sign-in";
      if (!answer.ok) return "server";
      saved(await answer.json());
      return "";
    } catch {
      return "network";
    }
  }

  function saved(answer) {
    failures = 0;
    document.querySelector("[data-autosave-alert]")?.remove();
    if (!isStale && !isLeaving) forget();
    state.textContent = state.dataset.saved.replace("{time}", answer.at);
  }

  function failed(cause) {
    isStale = true;
    keepHere();
    state.textContent = "";
    alarm(cause);
    timer = setTimeout(save, AGAIN[Math.min(failures, AGAIN.length - 1)]);
    failures += 1;
  }

  // Once with focus, on the first failure; later tries change only the cause.
  function alarm(cause) {
    let box = document.querySelector("[data-autosave-alert]");
    const isNew = !box;
    if (isNew) {
      box = document.getElementById("autosave-failed").content.firstElementChild.cloneNode(true);
      box.setAttribute("data-autosave-alert", "");
      box.querySelector("[data-retry]").addEventListener("click", save);
    }
    for (const each of box.querySelectorAll("[data-cause]")) each.hidden = each.dataset.cause !== cause;
    if (isNew) {
      form.before(box);
      box.focus();
    }
  }

  // Names and values in order, without files and without what only belongs to this page.
  function fields() {
    const found = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (name.startsWith("f-") && typeof value === "string") found.append(name, value);
    }
    return found;
  }

  function keepHere() {
    try {
      sessionStorage.setItem(place, fields().toString());
    } catch {
      // a full or forbidden store: the page itself still has it
    }
  }

  function forget() {
    try {
      sessionStorage.removeItem(place);
    } catch {
      // nothing was kept there
    }
  }

  // What this tab could not save before: put back, unless the page is an answer with errors.
  function restore() {
    const kept = read();
    if (!kept || document.querySelector(".govuk-error-summary")) return forget();
    const typed = new URLSearchParams(kept);
    if (fields().toString() === typed.toString()) return forget();
    for (const input of form.elements) {
      if (!input.name?.startsWith("f-") || input.type === "hidden" || input.type === "file") continue;
      const values = typed.getAll(input.name);
      if (input.type === "radio" || input.type === "checkbox") input.checked = values.includes(input.value);
      else if (values.length) input.value = values.at(-1);
    }
    const told = document.getElementById("autosave-restored");
    form.before(told.content.cloneNode(true));
    changed(0);
  }

  function read() {
    try {
      return sessionStorage.getItem(place);
    } catch {
      return null;
    }
  }
}
