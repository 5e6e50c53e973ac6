// Small comforts. Every page works without this file.

// After a refused form, begin where the reasons stand.
document.querySelector("[data-error-summary]")?.focus();

// A page that could not be drawn is asked for again.
for (const page of document.querySelectorAll("[data-retry]")) {
  setTimeout(() => location.reload(), 1000 * Number(page.dataset.retry));
}

// Copy a ready text; the button appears only where the browser lets it work.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    const said = document.getElementById(button.getAttribute("aria-describedby"));
    if (said) said.textContent = button.dataset.done;
  });
}

// Put a ready text into its field.
for (const button of document.querySelectorAll("[data-fill]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.fill);
    field.value = document.getElementById(button.dataset.from).textContent.trim();
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  });
}

// A file dropped on the form goes into its field; a ZIP into the field that takes one. Two for one field are
// both sent, and refused in words.
for (const area of document.querySelectorAll("[data-drop]")) {
  const fields = [...area.querySelectorAll("input[type=file]")];
  area.querySelector("[data-drop-hint]").hidden = false;
  area.addEventListener("dragover", (event) => {
    event.preventDefault();
    area.dataset.over = "yes";
  });
  area.addEventListener("dragleave", (event) => {
    if (!area.contains(event.relatedTarget)) delete area.dataset.over;
  });
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    delete area.dataset.over;
    const dropped = [...event.dataTransfer.files];
    for (const field of fields) {
      const zips = field.accept.includes(".zip");
      const own = dropped.filter((file) => fields.length === 1 || file.name.toLowerCase().endsWith(".zip") === zips);
      if (!own.length) continue;
      const held = new DataTransfer();
      for (const file of own) held.items.add(file);
      field.files = held.files;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}

// A form goes out once, however often the button is pressed.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.hasAttribute("hx-post")) return;
  if (event.target.dataset.sent) {
    event.preventDefault();
    return;
  }
  event.target.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// A menu closes with Escape, or when the focus leaves it.
for (const menu of document.querySelectorAll("details[data-menu]")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}

// Shortcuts: one letter, shown on its control. A link is followed; a button is only gone to, and a part that is
// closed is opened, so that nothing is decided by a slip. Never while somebody types; a switch puts them off.
const keyed = document.querySelectorAll("[data-key]");
const keys = document.querySelector("[data-keys]");
if (keys) {
  const storage = "cd-keys";
  const button = keys.querySelector("[data-keys-switch]");
  const on = () => localStorage.getItem(storage) !== "off";
  const show = () => {
    button.textContent = on() ? button.dataset.whenOn : button.dataset.whenOff;
    for (const control of keyed) {
      control.querySelector("kbd")?.remove();
      control.removeAttribute("aria-keyshortcuts");
      if (!on()) continue;
      const hint = document.createElement("kbd");
      hint.textContent = control.dataset.key.toUpperCase();
      hint.setAttribute("aria-hidden", "true");
      control.append(" ", hint);
      control.setAttribute("aria-keyshortcuts", control.dataset.key);
    }
  };
  keys.hidden = false;
  button.addEventListener("click", () => {
    localStorage.setItem(storage, on() ? "off" : "on");
    show();
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.repeat || !on()) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    const control = [...keyed].find((one) => one.dataset.key === event.key.toLowerCase());
    if (!control) return;
    event.preventDefault();
    if (control.matches("a")) return control.click();
    const part = control.matches("summary") ? control.parentElement : null;
    if (part) part.open = true;
    (part?.querySelector("input:not([type=hidden])") ?? control).focus();
  });
  show();
}

// What a screen reader has said is not said again every minute.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.getAttribute("role") !== "status") return;
  if (detail.target.said === detail.serverResponse) detail.shouldSwap = false;
  detail.target.said = detail.serverResponse;
});

// Who goes away from a case no longer has it open.
const leaving = document.querySelector("form[data-leave]");
if (leaving) addEventListener("pagehide", () => navigator.sendBeacon(leaving.dataset.leave, new FormData(leaving)));

// What is saved by itself says when it was not: no connection, or signed out meanwhile.
const lost = document.getElementById("draft-lost");
if (lost) {
  const tell = (event, isLost) => {
    lost.hidden = !isLost;
    if (isLost) event.preventDefault();
  };
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    tell(event, xhr.status >= 400 || new URL(xhr.responseURL).pathname.startsWith("/login/"));
  });
  document.addEventListener("htmx:sendError", (event) => tell(event, true));
}

// The frame of a photo, moved by pointer, by keys or by its numbers.
for (const form of document.querySelectorAll("[data-cropper]")) {
  const whole = form.querySelector(".cd-crop");
  const { width, height } = whole.viewBox.baseVal;
  const fields = ["left", "top", "side"].map((name) => form.elements[name]);
  const smallest = Number(fields[2].min);
  const within = (value, most) => Math.round(Math.max(0, Math.min(value, most)));
  const frame = () => fields.map((field) => Number(field.value) || 0);
  const show = ([left, top, side]) => {
    const to = Math.max(Math.min(Math.round(side), width, height), Math.min(smallest, width, height));
    const at = [within(left, width - to), within(top, height - to), to];
    const [x, y] = at;
    form.querySelector(".cd-crop-frame").setAttribute("x", x);
    form.querySelector(".cd-crop-frame").setAttribute("y", y);
    form.querySelector(".cd-crop-frame").setAttribute("width", to);
    form.querySelector(".cd-crop-frame").setAttribute("height", to);
    form
      .querySelector(".cd-crop-shade")
      .setAttribute("d", `M0 0H${width}V${height}H0ZM${x} ${y}h${to}v${to}h-${to}Z`);
    form.querySelector(".cd-crop-result").setAttribute("viewBox", `${x} ${y} ${to} ${to}`);
    return at;
  };
  const put = (asked) => show(asked).forEach((number, at) => (fields[at].value = number));
  const by = (dx, dy, ds) => put(frame().map((number, at) => number + [dx, dy, ds][at]));
  form.addEventListener("input", () => show(frame()));
  form.addEventListener("change", () => put(frame()));
  for (const button of form.querySelectorAll("[data-by]")) {
    button.type = "button";
    button.addEventListener("click", () => by(...button.dataset.by.split(" ").map(Number)));
  }
  form.querySelector("[value=show]").hidden = true;
  whole.tabIndex = 0;
  whole.setAttribute("role", "application");
  whole.setAttribute("aria-label", whole.dataset.label);
  const keys = { ArrowLeft: [-10, 0, 0], ArrowRight: [10, 0, 0], ArrowUp: [0, -10, 0], ArrowDown: [0, 10, 0] };
  Object.assign(keys, { "+": [-10, -10, 20], "=": [-10, -10, 20], "-": [10, 10, -20] });
  whole.addEventListener("keydown", (event) => {
    if (!keys[event.key]) return;
    event.preventDefault();
    by(...keys[event.key]);
  });
  let held = null;
  const where = (event) => {
    const scale = Math.max(width / whole.clientWidth, height / whole.clientHeight);
    return [event.clientX * scale, event.clientY * scale];
  };
  whole.addEventListener("pointerdown", (event) => {
    held = { from: where(event), frame: frame() };
    whole.setPointerCapture(event.pointerId);
  });
  whole.addEventListener("pointermove", (event) => {
    if (!held) return;
    const [x, y] = where(event);
    put([held.frame[0] + x - held.from[0], held.frame[1] + y - held.from[1], held.frame[2]]);
  });
  whole.addEventListener("pointerup", () => (held = null));
  whole.addEventListener("pointercancel", () => (held = null));
}
