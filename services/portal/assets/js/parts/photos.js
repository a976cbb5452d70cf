// Photos go as soon as they are taken, smaller than the camera made them, one after the other.
import { smaller } from "./photo.js";

export function photos(form) {
  const state = form.querySelector("[data-photos-state]");
  const button = form.querySelector("button");
  const waiting = [];
  let isBusy = false;
  button.hidden = true; // choosing a photo sends it

  for (const input of form.querySelectorAll("input[type=file]")) {
    input.addEventListener("change", () => {
      waiting.push(...input.files);
      input.value = "";
      next();
    });
  }
  form.addEventListener("submit", (event) => {
    if (!waiting.length) return;
    event.preventDefault();
    next();
  });
  window.addEventListener("online", () => next());

  async function next() {
    if (isBusy || !waiting.length) return;
    isBusy = true;
    state.setAttribute("role", "status");
    state.textContent = form.dataset.sending;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: await told(waiting[0]),
        credentials: "same-origin",
      });
      waiting.shift();
      isBusy = false;
      if (waiting.length && answer.ok) next();
      else if (answer.redirected) location.assign(answer.url);
      else show(await answer.text(), waiting);
    } catch {
      isBusy = false;
      state.setAttribute("role", "alert");
      state.textContent = form.dataset.failed;
      button.hidden = button.disabled = false;
    }
  }

  async function told(file) {
    const body = new FormData();
    for (const each of form.querySelectorAll("input[type=hidden]")) body.append(each.name, each.value);
    body.append("photo", await smaller(file), file.name);
    return body;
  }

  return (files) => {
    waiting.push(...files);
    next();
  };
}

// The same page again, with what was wrong; what was not sent yet goes on.
function show(html, rest) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  document.title = fresh.title;
  document.getElementById("main").replaceWith(fresh.getElementById("main"));
  const summary = document.querySelector(".govuk-error-summary");
  summary?.setAttribute("tabindex", "-1");
  summary?.focus();
  const form = document.querySelector("[data-photos]");
  if (form) photos(form)(rest);
}
