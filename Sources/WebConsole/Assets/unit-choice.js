// Turns `input[data-unit-choice="URL"]` into a combobox with a listbox popup (ARIA 1.2).
//
// The server is asked for URL?q=text and answers
// {"units": [{"id", "label", "detail", "suggested", "reason"}]}. Without an answer the input
// stays what it was: a text field whose words the server resolves when the form is sent.

const PAUSE_BEFORE_SEARCH = 120;

let made = 0;

export function enhanceUnitChoices(root) {
  for (const input of root.querySelectorAll("input[data-unit-choice]")) {
    new UnitChoice(input).connect();
  }
}

class UnitChoice {
  #input;
  #idField;
  #popup = element("div", { className: "choices", hidden: true });
  #list = element("div", { id: `unit-choices-${++made}`, role: "listbox" });
  #note = element("p");
  #status = element("span", { className: "visually-hidden", role: "status" });
  #units = [];
  #active = -1;
  #chosenLabel;
  #timer = null;
  #request = null;
  // The option to go to once the units looked up arrive; none is -1.
  #wanted = -1;

  constructor(input) {
    this.#input = input;
    this.#idField = siblingField(input);
    this.#chosenLabel = this.#idField?.value ? input.value : null;
  }

  connect() {
    const input = this.#input;
    const hadFocus = document.activeElement === input;
    this.#list.setAttribute("aria-label", "Units");
    this.#popup.append(this.#list, this.#note);

    const frame = element("span", { className: "choice" });
    input.replaceWith(frame);
    frame.append(input, this.#popup, this.#status);

    input.autocomplete = "off";
    input.spellcheck = false;
    setAttributes(input, {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.#list.id,
    });

    input.addEventListener("input", () => this.#typed());
    input.addEventListener("keydown", (event) => this.#pressed(event));
    input.addEventListener("click", () => this.#isOpen || this.#search());
    input.addEventListener("blur", () => this.#close());
    // Keeps the focus in the input while an option or the scroll bar is used.
    this.#popup.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.#choose([...this.#list.children].indexOf(option));
    });
    if (hadFocus) input.focus();
  }

  get #isOpen() {
    return !this.#popup.hidden;
  }

  // What is shown is no answer yet to what is typed.
  get #isSearching() {
    return this.#timer !== null || this.#request !== null;
  }

  // Typed words are no choice yet, so an id chosen earlier never outlives its label.
  #typed() {
    this.#setID("");
    this.#chosenLabel = null;
    this.#stopSearching();
    this.#timer = setTimeout(() => this.#search(), PAUSE_BEFORE_SEARCH);
  }

  #pressed(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const last = this.#units.length - 1;
    const onOption = this.#isOpen && this.#active >= 0;
    switch (event.key) {
      case "ArrowDown":
        if (!this.#isOpen || this.#isSearching) this.#search({ goTo: event.altKey ? -1 : 0 });
        else this.#activate(this.#active >= last ? 0 : this.#active + 1);
        break;
      case "ArrowUp":
        if (event.altKey) this.#close();
        else if (!this.#isOpen || this.#isSearching) this.#search({ goTo: Infinity });
        else this.#activate(this.#active <= 0 ? last : this.#active - 1);
        break;
      case "Home":
        if (!onOption) return;
        this.#activate(0);
        break;
      case "End":
        if (!onOption) return;
        this.#activate(last);
        break;
      case "Enter":
        if (!onOption && this.#wanted < 0) return;
        if (onOption) this.#choose(this.#active);
        break;
      case "Escape":
        if (this.#isOpen) {
          this.#close();
        } else if (this.#input.value) {
          this.#input.value = "";
          this.#setID("");
          this.#chosenLabel = null;
        } else {
          return;
        }
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  async #search({ goTo = -1 } = {}) {
    this.#stopSearching();
    this.#activate(-1);
    this.#wanted = goTo;
    const request = (this.#request = new AbortController());
    // A field that shows a choice offers all the others, suggestions first.
    const text = this.#input.value === this.#chosenLabel ? "" : this.#input.value.trim();
    const url = new URL(this.#input.dataset.unitChoice, document.baseURI);
    url.searchParams.set("q", text);
    try {
      const response = await fetch(url, {
        headers: { accept: "application/json" },
        signal: request.signal,
      });
      if (!response.ok) throw new Error(`The server answered ${response.status}.`);
      const { units } = await response.json();
      if (request.signal.aborted) return;
      this.#show(units, text);
      if (goTo >= 0) this.#activate(Math.min(goTo, units.length - 1));
    } catch {
      if (request.signal.aborted) return;
      this.#units = [];
      this.#open("Units cannot be looked up right now. Type the unit's full name and save.");
    }
    this.#request = null;
    this.#wanted = -1;
  }

  #stopSearching() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#request?.abort();
    this.#request = null;
    this.#wanted = -1;
  }

  #show(units, text) {
    this.#units = units;
    if (units.length === 0) {
      this.#open(text ? `No unit fits “${text}”.` : "There is no unit to choose from yet.");
      return;
    }
    const suggested = units.filter((unit) => unit.suggested).length;
    const found = units.length === 1 ? "1 unit" : `${units.length} units`;
    this.#open("");
    this.#status.textContent = suggested > 0 ? `${found}, ${suggested} suggested` : found;
  }

  #open(note) {
    this.#activate(-1);
    this.#list.replaceChildren(...this.#units.map((unit, index) => this.#option(unit, index)));
    this.#list.hidden = this.#units.length === 0;
    this.#note.hidden = note === "";
    this.#note.textContent = note;
    this.#status.textContent = note;
    this.#popup.hidden = false;
    this.#popup.scrollTop = 0;
    this.#input.setAttribute("aria-expanded", String(this.#units.length > 0));
  }

  #close() {
    this.#stopSearching();
    this.#activate(-1);
    this.#popup.hidden = true;
    this.#status.textContent = "";
    this.#input.setAttribute("aria-expanded", "false");
  }

  #option(unit, index) {
    const option = element("div", { id: `${this.#list.id}-${index}`, role: "option" });
    option.setAttribute("aria-selected", "false");
    option.append(unit.label);
    if (unit.suggested) {
      option.append(" ", element("span", { className: "tag sug", textContent: "Suggested" }));
    }
    for (const line of [unit.detail, unit.reason]) {
      if (line) option.append(" ", element("small", { textContent: line }));
    }
    return option;
  }

  #activate(index) {
    const options = this.#list.children;
    options[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = index;
    const option = options[index];
    if (!option) {
      this.#input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.#input.setAttribute("aria-activedescendant", option.id);
  }

  #choose(index) {
    const unit = this.#units[index];
    if (!unit) return;
    this.#input.value = unit.label;
    this.#chosenLabel = unit.label;
    this.#setID(unit.id);
    this.#close();
  }

  #setID(id) {
    if (this.#idField) this.#idField.value = id;
  }
}

// The hidden field beside the input; `data-id-field` is its name.
function siblingField(input) {
  const selector = `input[type=hidden][name="${CSS.escape(input.dataset.idField ?? "")}"]`;
  return input.parentElement.querySelector(selector) ?? input.form?.querySelector(selector);
}

function element(name, { role, ...properties } = {}) {
  const made = Object.assign(document.createElement(name), properties);
  if (role) made.setAttribute("role", role);
  return made;
}

function setAttributes(target, attributes) {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
}
