// The front desk: nothing typed is lost, nothing is sent twice, no key sends by accident.
import { bindKeys, nextField } from "./parts/desk-keys.js";
import { drawOn } from "./parts/desk-pad.js";
import { preparePrint } from "./parts/desk-print.js";
import { says, shout } from "./parts/desk-says.js";
import { forget, keep, offerWhatWasLeft } from "./parts/desk-store.js";
import { focusFirstMistake, show } from "./parts/desk-swap.js";
import { takeScans } from "./parts/desk-scans.js";
import { findAsTyped } from "./parts/desk-find.js";
import { suggestNames } from "./parts/names.js";

const CHECK_AFTER = 400; // ms without a key
const PATIENCE = 30_000;
const PAUSES = [1000, 2000, 4000, 8000];
const DECISIONS = /^(receive|request_supplement|refuse|keep|phone:.*)$/;
const AWAY = [502, 503, 504];

const form = document.querySelector("[data-desk-form]");
let typed = 0; // grows with every change: an answer to older ones is not shown
let waiting = null;
let isSending = false;
let wanted = "receive";

async function posted(go) {
  const body = new FormData(form);
  if (!DECISIONS.test(go)) for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  body.append("go", go);
  const signal = AbortSignal.timeout(PATIENCE);
  return fetch(form.action, { method: "POST", body, signal });
}

function parsed(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

async function check(go = "check") {
  const asked = typed;
  const answer = await posted(go).catch(() => null);
  if (answer === null || !answer.ok || typed !== asked || isSending) return;
  const focus = show(parsed(await answer.text()));
  if (focus) focus.focus();
  state(says("checked"));
}

async function readCard(card) {
  if (!card.value.trim()) return nextField(card);
  typed += 1;
  await check();
  const problem = document.querySelector("[data-swap=card-problem]");
  if (problem.textContent.trim()) return card.select();
  card.value = "";
  keep(form);
  const empty = [...form.querySelectorAll(".desk-column input[type=text], .desk-column input[type=tel]")];
  (empty.find((each) => !each.value) || card).focus();
}

function state(words) {
  const place = document.querySelector("[data-desk-state]");
  if (place) place.textContent = words;
}

async function send(go, attempt = 0) {
  clearTimeout(waiting);
  waiting = null;
  if (isSending) return;
  wanted = go;
  isSending = true;
  state(says("sending"));
  form.setAttribute("aria-busy", "true");
  let answer = null;
  try {
    answer = await posted(go);
  } catch {
    again(go, attempt);
  } finally {
    isSending = false;
    form.removeAttribute("aria-busy");
    state("");
  }
  if (answer) await take(answer, go, attempt);
}

function again(go, attempt) {
  shout(says("away"), says("again"), () => send(go));
  const pause = PAUSES[Math.min(attempt, PAUSES.length - 1)];
  waiting = setTimeout(() => send(go, attempt + 1), pause);
}

async function take(answer, go, attempt) {
  const isSignIn = answer.status === 401 || answer.url.includes("sign-in");
  if (isSignIn) return shout(says("signedOut"), says("again"), () => send(go));
  if (answer.redirected) {
    forget();
    location.assign(answer.url);
    return;
  }
  if (AWAY.includes(answer.status)) return again(go, attempt);
  const html = await answer.text();
  const page = parsed(html);
  if (!page.querySelector("[data-desk-form]")) {
    return shout(says("failed"), says("again"), () => send(go));
  }
  shout("");
  show(page, { isWhole: true });
  keep(form);
  focusFirstMistake();
}

function serveForm() {
  let timer = null;
  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-desk-card]")) return;
    typed += 1;
    keep(form);
    clearTimeout(timer);
    timer = setTimeout(() => check(), CHECK_AFTER);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const go = event.submitter?.value || "check";
    typed += 1;
    if (DECISIONS.test(go)) send(go);
    else check(go);
  });
  form.addEventListener("keydown", (event) => {
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (event.key !== "Enter" || !isPlain || event.isComposing) return;
    if (!event.target.matches("input, select")) return;
    event.preventDefault();
    if (event.target.matches("[data-desk-card]")) readCard(event.target);
    else nextField(event.target, event.shiftKey);
  });
  window.addEventListener("online", () => waiting && send(wanted));
  offerWhatWasLeft(form, () => {
    typed += 1;
    check();
  });
}

function servePlainForms() {
  for (const each of document.querySelectorAll("[data-desk-plain]")) {
    each.addEventListener("keydown", (event) => {
      const isField = event.target.matches("input:not([type=file]), select");
      if (event.key !== "Enter" || event.ctrlKey || !isField) return;
      event.preventDefault();
      nextField(event.target, event.shiftKey);
    });
  }
}

document
  .querySelector("form[action$='/sign-out']")
  ?.addEventListener("submit", () => forget());
bindKeys();
if (form) serveForm();
servePlainForms();
preparePrint();
findAsTyped();
suggestNames();
takeScans();
document.querySelectorAll("[data-desk-pad]").forEach(drawOn);
const focus = document.getElementById(document.querySelector("[data-focus]")?.dataset.focus);
if (focus) focus.focus();
else focusFirstMistake();
document.body.dataset.deskReady = "true";
