/* A signature drawn with a finger or a pen, as moves and lines on a square of a thousand; and the print button. */
const LONGEST = 4400;

function pen(box) {
  const sheet = box.querySelector("canvas");
  const held = box.parentElement.querySelector("input[name=drawn]");
  const ink = sheet.getContext("2d");
  let path = "", last = null;
  box.hidden = false;
  ink.lineWidth = 4;
  ink.lineCap = ink.lineJoin = "round";
  ink.strokeStyle = getComputedStyle(sheet).color;

  function place(event) {
    const frame = sheet.getBoundingClientRect();
    const part = (value, whole) => Math.max(0, Math.min(999, Math.round((value / whole) * 999)));
    return [part(event.clientX - frame.left, frame.width), part(event.clientY - frame.top, frame.height)];
  }
  function draw([x, y], begins) {
    if (path.length > LONGEST) return;
    const at = [(x / 999) * sheet.width, (y / 999) * sheet.height];
    if (begins) { ink.beginPath(); ink.moveTo(...at); } else { ink.lineTo(...at); ink.stroke(); }
    path += `${begins ? "M" : "L"}${x} ${y}`;
    held.value = path;
    last = [x, y];
  }
  sheet.addEventListener("pointerdown", (event) => { sheet.setPointerCapture(event.pointerId); draw(place(event), true); });
  sheet.addEventListener("pointermove", (event) => {
    if (!event.buttons || !last) return;
    const at = place(event);
    if (Math.hypot(at[0] - last[0], at[1] - last[1]) > 8) draw(at, false);
  });
  sheet.addEventListener("pointerup", () => { last = null; });
  box.querySelector("button").addEventListener("click", () => { ink.clearRect(0, 0, sheet.width, sheet.height); path = held.value = ""; });
}

document.querySelectorAll("[data-pen]").forEach(pen);
document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => print()));
