// Photos go as soon as they are taken, smaller than the camera made them.
import { smaller } from "./photo.js";

export function photos(form) {
  const state = form.querySelector("[data-photos-state]");
  const button = form.querySelector("button");
  for (const input of form.querySelectorAll("input[type=file]")) {
    input.addEventListener("change", () => input.files.length && send([...input.files]));
  }

  async function send(files) {
    button.disabled = true;
    state.setAttribute("role", "status");
    state.textContent = form.dataset.sending;
    const body = new FormData();
    for (const each of form.querySelectorAll("input[type=hidden]")) body.append(each.name, each.value);
    for (const file of files) body.append("photo", await smaller(file), file.name);
    try {
      const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
      if (answer.redirected) {
        location.assign(answer.url);
        return;
      }
      show(await answer.text());
    } catch {
      state.setAttribute("role", "alert");
      state.textContent = form.dataset.failed;
      button.disabled = false;
      button.type = "button";
      button.onclick = () => send(files);
      window.addEventListener("online", () => send(files), { once: true });
    }
  }
}

// The same page again, with what was wrong.
function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  document.title = fresh.title;
  document.getElementById("main").replaceWith(fresh.getElementById("main"));
  document.querySelector(".govuk-error-summary")?.setAttribute("tabindex", "-1");
  document.querySelector(".govuk-error-summary")?.focus();
  const form = document.querySelector("[data-photos]");
  if (form) photos(form);
}
