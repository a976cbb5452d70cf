// The cards of the documents: files go as soon as they are chosen, and each tells its state.
import { canWatch, watchFolder } from "./folder.js";
import { kindOf, sending } from "./sending.js";

const PAUSES = [1000, 1000, 2000, 2000, 3000, 5000];
const SLOWEST = 10000;

export function documents(page) {
  const said = (name) => page.dataset[`said${name}`];
  const rows = new Map(); // of each document, the files that are on their way
  const queue = [];
  let isBusy = false;
  let looks = 0;
  let timer = 0;

  const cards = () => [...page.querySelectorAll("[data-document]")];
  const card = (code) => cards().find((each) => each.dataset.document === code);

  function prepare() {
    for (const each of cards()) {
      const input = each.querySelector("[data-adding] input[type=file]");
      if (input) prepareCard(each, input);
    }
    const isWaiting = page.querySelector("[data-state=checking]");
    clearTimeout(timer);
    if (isWaiting) timer = setTimeout(renew, PAUSES[looks++] || SLOWEST);
  }

  function prepareCard(each, input) {
    const code = each.dataset.document;
    each.classList.add("app-document--live");
    const list = rows.get(code);
    if (list) each.querySelector("[data-adding]").before(list);
    input.addEventListener("change", () => {
      add(code, [...input.files]);
      input.value = "";
    });
    const hint = each.querySelector(".govuk-hint");
    if (matchMedia("(hover: hover)").matches) hint.append(` ${said("Drop")}`);
    each.addEventListener("dragover", (event) => over(event, each, true));
    each.addEventListener("dragleave", (event) => over(event, each, false));
    each.addEventListener("drop", (event) => {
      over(event, each, false);
      add(code, [...event.dataTransfer.files]);
    });
  }

  function over(event, each, isOver) {
    event.preventDefault();
    each.classList.toggle("app-document--over", isOver);
  }

  function add(code, files) {
    for (const file of files) queue.push({ code, file, row: rowOf(code, file) });
    next();
  }

  async function next() {
    if (isBusy || !queue.length) return;
    isBusy = true;
    const { code, file, row } = queue.shift();
    const wrong = problem(card(code), file);
    if (wrong) {
      row.refuse(wrong);
      row.offer(said("Hide"), () => row.leave());
    } else await send(code, file, row);
    isBusy = false;
    next();
  }

  function problem(each, file) {
    if (!file.size) return said("Empty");
    if (!each.dataset.accept.split(",").includes(kindOf(file))) return said("Kind");
    if (file.size > each.dataset.most * 1024 * 1024) return said("Size");
    return "";
  }

  function send(code, file, row) {
    return new Promise((settled) => {
      const before = known(code, file);
      const about = { dossier: page.dataset.dossier, document: code, file };
      if (before) row.tell(said("Resumes"));
      const sent = sending({ ...about, address: before }, {
        onProgress: (percent) => row.progress(percent),
        onLost: () => row.lose(),
        onDone: () => {
          row.done();
          looks = 0;
          renew().then(() => row.leave());
          settled();
        },
        onRefused: (sentence, status) => {
          const isOut = status === 401;
          row.refuse(isOut ? said("SignedOut") : sentence || said("Failed"));
          if (isOut || status >= 500) {
            row.offer(said("Again"), () => {
              row.wait();
              sent.again();
            });
          } else row.offer(said("Hide"), () => row.leave());
          settled();
        },
      });
      row.offer(said("Stop"), () => {
        sent.stop();
        row.leave();
        renew();
        settled();
      });
    });
  }

  // The server remembers what has come of a file: the same one goes on from there.
  function known(code, file) {
    const found = [...card(code).querySelectorAll("[data-upload]")].find(
      (each) => each.dataset.name === file.name && Number(each.dataset.size) === file.size,
    );
    found?.removeAttribute("data-upload");
    return found ? found.dataset.address : "";
  }

  function rowOf(code, file) {
    let list = rows.get(code);
    if (!list) {
      list = Object.assign(document.createElement("ul"), { className: "app-files" });
      rows.set(code, list);
      card(code).querySelector("[data-adding]").before(list);
    }
    return row(list, file, said);
  }

  async function renew() {
    if (document.hidden) {
      document.addEventListener("visibilitychange", renew, { once: true });
      return;
    }
    try {
      const answer = await fetch(page.dataset.here, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const held = document.activeElement?.id;
      page.querySelector("[data-cards]").replaceWith(fresh.querySelector("[data-cards]"));
      prepare();
      if (held) document.getElementById(held)?.focus();
    } catch {
      timer = setTimeout(renew, SLOWEST);
    }
  }

  prepare();
  if ("folder" in page.dataset && canWatch()) folder(page, cards, add);
}

function row(list, file, said) {
  const item = Object.assign(document.createElement("li"), { className: "app-file" });
  const name = Object.assign(document.createElement("p"), {
    className: "govuk-body app-file__name",
    textContent: file.name,
  });
  const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
  bar.setAttribute("aria-label", file.name);
  const state = Object.assign(document.createElement("p"), {
    className: "govuk-body",
    textContent: said("Sending"),
  });
  state.setAttribute("role", "status");
  const button = Object.assign(document.createElement("button"), {
    type: "button",
    className: "govuk-button govuk-button--secondary",
    hidden: true,
  });
  item.append(name, bar, state, button);
  list.append(item);
  const tell = (text, role = "status") => {
    state.setAttribute("role", role);
    state.textContent = text;
  };
  return {
    tell,
    progress: (percent) => {
      bar.value = percent;
      tell(`${said("Sending")} ${percent} %`);
    },
    lose: () => tell(said("Lost"), "alert"),
    wait: () => {
      bar.hidden = false;
      state.classList.remove("govuk-error-message");
      tell(said("Sending"));
    },
    done: () => {
      bar.hidden = button.hidden = true;
      tell(said("Sent"));
    },
    refuse: (sentence) => {
      bar.hidden = true;
      state.classList.add("govuk-error-message");
      tell(sentence, "alert");
    },
    offer: (text, act) => {
      Object.assign(button, { textContent: `${text}`, hidden: false, onclick: act });
      button.setAttribute("aria-label", `${text} – ${file.name}`);
    },
    leave: () => item.remove(),
  };
}

function folder(page, cards, add) {
  const place = document.querySelector("[data-folder-place]");
  const select = place.querySelector("select");
  const button = place.querySelector("button");
  const state = place.querySelector("[role=status]");
  let watched = null;
  place.hidden = false;
  button.addEventListener("click", async () => {
    if (watched) {
      watched.stop();
      watched = null;
      state.textContent = "";
      button.textContent = place.dataset.saidWatch;
      return;
    }
    try {
      watched = await watchFolder((file) => add(select.value, [file]));
    } catch {
      return; // nobody chose a folder
    }
    state.textContent = place.dataset.saidWatching.replace("{name}", watched.name);
    button.textContent = place.dataset.saidStop;
  });
}
