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
