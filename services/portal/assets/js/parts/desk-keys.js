// The keys of the desk. Single ones can be switched off (WCAG 2.1.4).
import { tinykeys } from "tinykeys";
import { printForm } from "./desk-print.js";

const SINGLE = "desk-single-keys";
const FIELDS =
  "input:not([type=hidden]):not([disabled]), select:not([disabled]), textarea:not([disabled])";

function isTyping(event) {
  return event.target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");
}

function areSingleOn() {
  return localStorage.getItem(SINGLE) !== "off";
}

function always(act) {
  return (event) => {
    event.preventDefault();
    act(event);
  };
}

function single(act) {
  return (event) => {
    if (!isTyping(event) && areSingleOn()) always(act)(event);
  };
}

function press(selector) {
  document.querySelector(selector)?.click();
}

function search() {
  const field = document.querySelector("[data-desk-search]");
  field?.focus();
  field?.select();
}

function tick(event) {
  const number = event.code.replace(/^\D+/, "");
  const box = document.querySelector(`[data-desk-tick="${number}"]`);
  if (!box) return;
  box.click();
  box.focus();
}

function showKeys() {
  const list = document.getElementById("desk-keys");
  if (!list) return;
  list.open = !list.open;
  list.querySelector("summary").focus();
  list.scrollIntoView({ block: "nearest" });
}

function isStop(each, from) {
  if (each === from) return true;
  if (each.tabIndex < 0 || !each.checkVisibility()) return false;
  if (each.type !== "radio") return true;
  if (each.name === from.name) return false;
  const group = [...each.form.elements].filter((one) => one.type === "radio" && one.name === each.name);
  return each === (group.find((one) => one.checked) || group[0]);
}

export function nextField(from, isBack = false) {
  const fields = [...from.form.querySelectorAll(FIELDS)];
  const stops = fields.filter((each) => isStop(each, from));
  const next = stops[stops.indexOf(from) + (isBack ? -1 : 1)];
  next?.focus();
  if (next?.matches("input[type=text], input[type=tel]")) next.select();
}

export function bindKeys() {
  const place = document.querySelector("[data-new]")?.dataset.new;
  const keys = {
    F2: always(() => place && location.assign(place)),
    F9: always(printForm),
    "Control+Enter": always(() => press("[data-desk-receive]")),
    "Meta+Enter": always(() => press("[data-desk-receive]")),
    "/": single(search),
    "Shift+?": single(showKeys),
    "?": single(showKeys),
  };
  for (let digit = 1; digit <= 9; digit += 1) keys[`Alt+Digit${digit}`] = always(tick);
  tinykeys(window, keys, { ignore: () => false });
  const switched = document.querySelector("[data-desk-single-keys]");
  if (!switched) return;
  switched.checked = areSingleOn();
  switched.addEventListener("change", () =>
    localStorage.setItem(SINGLE, switched.checked ? "on" : "off"),
  );
}
