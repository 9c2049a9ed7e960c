/* Scanning: a gun types fast and ends with enter, wherever the focus is; a phone's camera reads where the browser can. */
const FORMATS = ["ean_13", "ean_8", "upc_a", "code_128", "code_39", "qr_code"];

function field() {
  return document.querySelector("[data-scan-code]");
}

/* What is typed outside of any field goes into the one for codes: the gun needs no click before it. */
document.addEventListener("keydown", (event) => {
  const code = field();
  if (!code || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog[open]")) return;
  code.focus();
});

/* At the counter the field waits for the next piece; on a phone a keyboard would cover the page. */
function wait() {
  const code = field();
  if (code && matchMedia("(pointer: fine)").matches && document.activeElement === document.body) code.focus({ preventScroll: true });
}

async function readable() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return null;
  const known = await BarcodeDetector.getSupportedFormats().catch(() => []);
  const formats = FORMATS.filter((one) => known.includes(one));
  return formats.length ? new BarcodeDetector({ formats }) : null;
}

let stream = null;

function stop(view) {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  if (view) view.hidden = true;
}

async function look(form, detector) {
  const view = form.querySelector("[data-scan-view]");
  if (stream) return stop(view);
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    return;
  }
  view.srcObject = stream;
  view.hidden = false;
  await view.play();
  const again = async () => {
    if (!stream || !view.isConnected) return stop(view);
    const [found] = await detector.detect(view).catch(() => []);
    if (!found) return setTimeout(again, 120);
    stop(view);
    navigator.vibrate?.(60);
    form.querySelector("[data-scan-code]").value = found.rawValue;
    form.requestSubmit();
  };
  again();
}

async function offer() {
  const button = document.querySelector("[data-scan-camera]");
  const detector = button && await readable();
  if (!detector) return;
  button.hidden = false;
  button.onclick = () => look(button.form, detector);
}

/* A receipt asked for on paper is printed once, when its page has come. */
function print() {
  const here = new URL(location.href);
  if (here.searchParams.get("print") !== "1") return;
  here.searchParams.delete("print");
  history.replaceState(history.state, "", here);
  window.print();
}

function ready() {
  wait();
  offer();
  print();
}
document.addEventListener("htmx:afterSettle", ready);
ready();
