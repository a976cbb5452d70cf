// What is typed stays in this tab until it was received, and goes when one signs out.
import { button, says } from "./desk-says.js";

const PLACE = "desk:filing";
const NOT_KEPT = ["form_token", "card", "shown", "go"];

export function keep(form) {
  const entries = [...new FormData(form)].filter(
    ([name, value]) => typeof value === "string" && !NOT_KEPT.includes(name),
  );
  sessionStorage.setItem(PLACE, JSON.stringify({ action: form.action, entries }));
}

export function forget() {
  sessionStorage.removeItem(PLACE);
}

function left() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE));
  } catch {
    return null;
  }
}

function fill(form, entries) {
  const given = new Map();
  for (const [name, value] of entries) given.set(name, [...(given.get(name) || []), value]);
  for (const field of form.elements) {
    if (!field.name || field.type === "file" || NOT_KEPT.includes(field.name)) continue;
    const values = given.get(field.name) || [];
    if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
    else if (field.type !== "submit" && given.has(field.name)) field.value = values[0];
  }
}

function isReload() {
  const [visit] = performance.getEntriesByType("navigation");
  return ["reload", "back_forward"].includes(visit?.type);
}

export function offerWhatWasLeft(form, then) {
  const kept = left();
  const isSame = kept && kept.action === form.action;
  const isAnswer = document.querySelector("[data-desk-summary]");
  if (!isSame || isAnswer) return;
  const restore = () => {
    fill(form, kept.entries);
    // fields that depend on others come with the check; then they are filled as well
    then();
    setTimeout(() => fill(form, kept.entries), 1500);
    place.replaceChildren();
  };
  const place = document.querySelector("[data-desk-alert]");
  if (isReload()) return restore();
  const words = document.createElement("p");
  words.textContent = says("kept");
  const drop = () => {
    forget();
    place.replaceChildren();
  };
  place.replaceChildren(words, button(says("restore"), restore), button(says("forget"), drop));
}
