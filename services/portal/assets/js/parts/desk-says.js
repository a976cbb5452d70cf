// The desk's own words, and the loud place for what the officer must not miss.
export function says(name) {
  return document.querySelector("[data-desk-says]")?.dataset[name] || "";
}

export function shout(words, label = "", act = null) {
  const place = document.querySelector("[data-desk-alert]");
  place.replaceChildren();
  place.classList.toggle("desk-alert--loud", Boolean(words));
  if (!words) return;
  const sentence = document.createElement("p");
  sentence.textContent = words;
  place.append(sentence);
  if (act) place.append(button(label, act));
}

export function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "govuk-button govuk-button--secondary";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}
