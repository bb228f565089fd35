// Manners of forms: unsent changes are not lost unasked, nothing is sent twice, choosing all
// rows is one click, menus close as people expect.

const PAUSE_BEFORE_BUSY = 200;

export function enhanceForms(root) {
  warnOfUnsentChanges(root);
  sendOnce(root);
  submitOnChange(root);
  chooseRows(root);
  closeMenus(root);
}

// `data-unsaved="changed"` marks a form that came back with errors: its values are unsent
// although they are what the page was loaded with.
function warnOfUnsentChanges(root) {
  const forms = [...root.querySelectorAll("form[data-unsaved]")];
  if (forms.length === 0) return;
  let sent = null;
  root.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) sent = event.target;
  });
  addEventListener("pageshow", () => {
    sent = null;
  });
  addEventListener("beforeunload", (event) => {
    const leaving = sent;
    sent = null;
    if (!forms.some((form) => form !== leaving && hasUnsentChanges(form))) return;
    event.preventDefault();
    // Runs once the question is answered: whoever stays may send again.
    setTimeout(releaseSending);
  });
}

function hasUnsentChanges(form) {
  if (form.dataset.unsaved === "changed") return true;
  return [...form.elements].some((control) => {
    if (control.disabled) return false;
    switch (control.type) {
      case "checkbox":
      case "radio":
        return control.checked !== control.defaultChecked;
      case "select-one":
      case "select-multiple":
        return selectionChanged(control);
      case "file":
        return control.files.length > 0;
      case "hidden":
      case "submit":
      case "button":
      case "reset":
      case "fieldset":
      case "output":
        return false;
      default:
        return control.value !== control.defaultValue;
    }
  });
}

function selectionChanged(select) {
  const options = [...select.options];
  const anyDefault = options.some((option) => option.defaultSelected);
  if (!anyDefault && select.type === "select-one") return select.selectedIndex > 0;
  return options.some((option) => option.selected !== option.defaultSelected);
}

// A form that writes is sent once; its button says what it does when that takes a moment.
const sending = new Map();

function releaseSending() {
  for (const restore of sending.values()) restore();
  sending.clear();
}

function sendOnce(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (sending.has(form)) {
      event.preventDefault();
      return;
    }
    const button = event.submitter ?? form.querySelector("button:not([type=button])");
    const label = button?.textContent;
    const timer = setTimeout(() => {
      if (!button) return;
      button.style.minWidth = `${button.offsetWidth}px`;
      button.setAttribute("aria-disabled", "true");
      if (button.dataset.busy) button.textContent = button.dataset.busy;
    }, PAUSE_BEFORE_BUSY);
    sending.set(form, () => {
      clearTimeout(timer);
      if (!button) return;
      button.removeAttribute("aria-disabled");
      if (button.dataset.busy) button.textContent = label;
    });
  });

  // Coming back to the page finds it ready to be sent again.
  addEventListener("pageshow", (event) => {
    if (event.persisted) releaseSending();
  });
}

function submitOnChange(root) {
  for (const form of root.querySelectorAll("form[data-submit-on-change]")) {
    form.addEventListener("change", (event) => {
      if (event.target instanceof HTMLSelectElement) form.requestSubmit();
    });
  }
}

// `data-select-all="name"` chooses every checkbox of that name in its table; `.bulk .count`
// of their form says how many are chosen, with the nouns in `data-one` and `data-many`.
function chooseRows(root) {
  for (const all of root.querySelectorAll("input[type=checkbox][data-select-all]")) {
    const table = all.closest("table");
    if (!table) continue;
    const selector = `input[type=checkbox][name="${CSS.escape(all.dataset.selectAll)}"]`;
    const boxes = [...table.querySelectorAll(selector)].filter((box) => !box.disabled);
    const form = boxes[0]?.form;
    const count = (form?.matches(".bulk") ? form : form?.querySelector(".bulk"))?.querySelector(".count");

    const tell = () => {
      const chosen = boxes.filter((box) => box.checked).length;
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
      if (!count) return;
      const { one = "row", many = "rows" } = count.dataset;
      count.textContent = chosen === 1 ? `1 ${one} selected` : `${chosen || "No"} ${many} selected`;
    };

    table.addEventListener("change", (event) => {
      if (event.target === all) for (const box of boxes) box.checked = all.checked;
      if (event.target === all || boxes.includes(event.target)) tell();
    });
    if (boxes.some((box) => box.checked)) tell();
  }
}

function closeMenus(root) {
  const open = () => root.querySelectorAll("details:is(.menu, .property)[open]");

  root.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });

  root.addEventListener("focusout", (event) => {
    const next = event.relatedTarget;
    if (!next) return;
    for (const menu of open()) if (!menu.contains(next)) menu.open = false;
  });

  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    }
  });
}
