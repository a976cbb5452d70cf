// Keeps what is being typed, and says loudly when it could not be kept.
const PAUSE = 1500;
const AGAIN = 5000;

for (const form of document.querySelectorAll("form[data-keep]")) {
  const text = form.querySelector("textarea");
  const kept = form.querySelector(".app-kept");
  const failure = form.querySelector(".app-kept-failure");
  let timer = 0;
  let last = text.value;

  const say = (cause) => {
    const words = cause ? form.dataset[cause] : "";
    if (failure.textContent !== words) failure.textContent = words;
  };

  const keep = async () => {
    const now = text.value;
    if (now === last) return;
    const body = new URLSearchParams({ text: now, form_token: form.elements.form_token.value });
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body, redirect: "error" });
      if (!answer.ok) throw new Error(answer.status < 500 ? "session" : "server");
      const { saved_at: at } = await answer.json();
      last = now;
      say("");
      kept.textContent = at ? `${form.dataset.saved} ${clock(at)}` : "";
    } catch (error) {
      const cause = ["session", "server"].includes(error.message) ? error.message : "network";
      say(cause);
      timer = setTimeout(keep, AGAIN);
    }
  };

  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}

function clock(at) {
  const moment = new Date(at);
  return [moment.getHours(), moment.getMinutes()].map((each) => String(each).padStart(2, "0")).join(":");
}
