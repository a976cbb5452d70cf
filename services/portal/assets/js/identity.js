// Says two minutes before that a session ends, and keeps it when the person wants to stay.
const frame = document.getElementById("session");
const WARNED = 120000; // milliseconds before the end
const LONGEST = 2 ** 31 - 1; // of a timer

if (frame) {
  const box = frame.querySelector("[role=alert]");
  const part = (name) => frame.querySelector(`[data-${name}]`);
  const show = (name) => {
    for (const each of ["warning", "ended", "failed"]) part(each).hidden = each !== name;
    part("stay").hidden = name === "ended";
    box.hidden = !name;
  };
  const skew = Date.now() - Date.parse(frame.dataset.now);
  let timers = [];

  const wait = (until) => {
    const left = Date.parse(until) + skew - Date.now();
    timers.forEach(clearTimeout);
    timers = [
      setTimeout(() => show("warning"), Math.min(Math.max(left - WARNED, 0), LONGEST)),
      setTimeout(() => show("ended"), Math.min(Math.max(left, 0), LONGEST)),
    ];
  };

  const stay = async () => {
    try {
      const answer = await fetch("/api/v1/session", { headers: { Accept: "application/json" } });
      if (answer.status === 401) return show("ended");
      if (!answer.ok) return show("failed");
      show("");
      wait((await answer.json()).until);
    } catch {
      show("failed");
    }
  };

  part("stay").addEventListener("click", stay);
  wait(frame.dataset.until);
}
