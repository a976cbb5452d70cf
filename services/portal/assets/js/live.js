// Renews an open page when its dossier changes: by a stream, or by asking now and then.
const note = document.querySelector("[data-watch]");
const PATIENCE = 8000; // milliseconds until a stream that says nothing is given up
const RETURN = 30000; // until one that ended and did not come back is
const AGAIN = 60000; // a server that is away is asked this seldom at most

let revision = note ? note.dataset.revision : "0";
let stream = null;
let timer = 0;
let failures = 0;
let hasHeard = false;
let isRenewing = false;
let isStale = false;
let isAtRest = false; // the note already says how things stand

const address = (path) => `${path}?${note.dataset.watch}`;
const clock = () =>
  new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }).format();

function say(what) {
  const text = note.dataset[what].replace("{time}", clock());
  if (note.textContent !== text) note.textContent = text;
}

function stop() {
  clearTimeout(timer);
  if (stream) stream.close();
  stream = null;
}

function start() {
  stop();
  if (document.hidden) return;
  if (!("EventSource" in window)) return ask();
  listen();
}

function listen() {
  hasHeard = false;
  stream = new EventSource(`${address("/events")}&seen=${revision}`);
  timer = setTimeout(askInstead, PATIENCE);
  stream.addEventListener("listening", () => {
    clearTimeout(timer);
    hasHeard = true;
    note.dataset.by = "stream";
    say("live");
  });
  stream.addEventListener("changed", renew);
  stream.onerror = () => {
    if (!stream) return;
    if (stream.readyState === EventSource.CLOSED) return askInstead();
    if (!hasHeard) return; // its first time is running already
    hasHeard = false;
    timer = setTimeout(askInstead, RETURN);
  };
}

function askInstead() {
  stop();
  note.dataset.by = "asking";
  ask();
}

// The slower the answer, the seldomer we ask: as GOV.UK Notify does.
const pause = (ms) => Math.max(250 * Math.sqrt(ms) - 1000, 1000);

async function ask() {
  if (document.hidden) return;
  const begun = performance.now();
  let next = AGAIN;
  try {
    const answer = await fetch(address("/events/version"), { cache: "no-cache" });
    if (answer.status === 401) return say("ended");
    if (answer.status === 404) return;
    if (!answer.ok) throw new Error(String(answer.status));
    if (String((await answer.json()).revision) !== revision) await renew();
    else if (!isAtRest) say("live");
    isAtRest = true;
    failures = 0;
    next = pause(performance.now() - begun);
  } catch {
    failures += 1;
    isAtRest = false;
    say("lost");
    next = Math.min(1000 * 2 ** failures, AGAIN);
  }
  timer = setTimeout(ask, next);
}

async function renew() {
  isStale = true;
  if (isRenewing) return;
  isRenewing = true;
  try {
    while (isStale) {
      isStale = false;
      await load();
    }
  } catch {
    say("lost");
  } finally {
    isRenewing = false;
  }
}

async function load() {
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
  if (answer.redirected || answer.status === 401) return say("ended");
  if (!answer.ok) throw new Error(String(answer.status));
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const told = fresh.querySelector("[data-watch]");
  if (!told) return;
  const hasMoved = told.dataset.status !== note.dataset.status;
  revision = told.dataset.revision;
  note.dataset.status = told.dataset.status;
  const isWhole = exchange(fresh, hasMoved);
  say(isWhole ? "changed" : "stale");
}

// What somebody is using stays as it is, and the page says that there is something new.
function exchange(fresh, hasMoved) {
  let isWhole = true;
  let before = null;
  const wanted = [...fresh.querySelectorAll("[data-part]")];
  for (const part of wanted) {
    const old = document.getElementById(part.id);
    if (!old) put(part, before);
    else if ((hasMoved || "live" in part.dataset) && !replace(old, part)) isWhole = false;
    before = document.getElementById(part.id);
  }
  for (const old of document.querySelectorAll("[data-part]")) {
    if (fresh.getElementById(old.id)) continue;
    if (isInUse(old)) isWhole = false;
    else old.remove();
  }
  return isWhole;
}

function put(part, before) {
  const added = document.importNode(part, true);
  if (before) before.after(added);
  else document.querySelector("[data-part]").before(added);
  announce(added);
}

function replace(old, part) {
  if (old.innerHTML === part.innerHTML) return true;
  if (isInUse(old)) return false;
  const open = [...old.querySelectorAll("details")].map((each) => each.open);
  const focused = old.contains(document.activeElement) && document.activeElement.getAttribute("href");
  old.replaceChildren(...document.importNode(part, true).childNodes);
  old.querySelectorAll("details").forEach((each, n) => (each.open = each.open || open[n]));
  if (focused) old.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
  announce(old);
  return true;
}

const announce = (part) => part.dispatchEvent(new CustomEvent("guichet:renewed", { bubbles: true }));

function isInUse(part) {
  const active = document.activeElement;
  const isTyping = part.contains(active) && active.matches("input, textarea, select");
  return "busy" in part.dataset || isTyping || [...part.querySelectorAll("input, textarea, select")].some(isChanged);
}

function isChanged(field) {
  if (field.type === "hidden") return false;
  if (field.type === "file") return field.files.length > 0;
  if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
  if (field.matches("select")) return [...field.options].some((each) => each.selected !== each.defaultSelected);
  return field.value !== field.defaultValue;
}

if (note) {
  document.addEventListener("visibilitychange", start);
  addEventListener("pagehide", stop);
  addEventListener("pageshow", (event) => event.persisted && start());
  start();
}
