// A signature drawn by pen, finger or mouse, kept as lines and not as a picture.
const WIDTH = 600;
const HEIGHT = 200;
const MOST = 19_000; // characters

export function drawOn(pad) {
  const canvas = pad.querySelector("[data-desk-canvas]");
  const field = pad.querySelector("[name=signature]");
  const pen = canvas.getContext("2d");
  let isDown = false;
  pad.hidden = false;

  function at(event) {
    const box = canvas.getBoundingClientRect();
    const x = Math.round(((event.clientX - box.left) / box.width) * WIDTH);
    const y = Math.round(((event.clientY - box.top) / box.height) * HEIGHT);
    return [Math.min(Math.max(x, 0), WIDTH), Math.min(Math.max(y, 0), HEIGHT)];
  }

  function draw(event, letter) {
    if (field.value.length > MOST) return;
    const [x, y] = at(event);
    if (letter === "M") pen.beginPath();
    pen[letter === "M" ? "moveTo" : "lineTo"](x, y);
    pen.stroke();
    field.value += `${letter}${x} ${y}`;
  }

  function wipe() {
    pen.clearRect(0, 0, WIDTH, HEIGHT);
    field.value = "";
  }

  pen.lineWidth = 3;
  pen.lineCap = "round";
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    isDown = true;
    draw(event, "M");
  });
  canvas.addEventListener("pointermove", (event) => isDown && draw(event, "L"));
  canvas.addEventListener("pointerup", () => (isDown = false));
  canvas.addEventListener("pointercancel", () => (isDown = false));
  pad.querySelector("[data-desk-wipe]").addEventListener("click", wipe);
  wipe();
}
