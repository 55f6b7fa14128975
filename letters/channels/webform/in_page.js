// What the browser engine asks of a page and does there. An expression whose value is an object of
// verbs. Old pages bring libraries that overwrite what arrays can do: loops are plain on purpose.
({
  UNREAD: /^(script|style|noscript|template|iframe|object|textarea|select|datalist)$/i,

  // Elements in the document's order; null where this is no selector.
  all(selector) {
    try {
      return document.querySelectorAll(selector);
    } catch (error) {
      return null;
    }
  },

  kind(element) {
    const tag = element.localName;
    return tag === "input" || tag === "button" ? element.type : "";
  },

  charset(element) {
    const wished = element.form ? element.form.acceptCharset : "";
    return wished || document.characterSet;
  },

  label(element) {
    const texts = [];
    const labels = element.labels || [];
    for (let i = 0; i < labels.length; i++) texts.push(labels[i].textContent);
    return texts.join(" ");
  },

  field(element) {
    const options = [];
    const found = element.localName === "select" ? element.options : [];
    for (let i = 0; i < found.length; i++) {
      const option = found[i];
      const group = option.parentElement;
      const off = option.disabled || (group.localName === "optgroup" && group.disabled);
      options.push({ value: option.value, text: option.text, is_disabled: off });
    }
    const limited = element.maxLength !== undefined && element.maxLength >= 0;
    return {
      tag: element.localName,
      kind: this.kind(element),
      value: String(element.value === undefined ? "" : element.value),
      max_length: limited ? element.maxLength : null,
      is_locked: element.matches(":disabled") || element.readOnly === true,
      is_checked: element.checked === true,
      label: this.label(element),
      charset: this.charset(element),
      options,
    };
  },

  // The fields that a selector finds, or the boxes and buttons that stand in what it finds.
  fields(selector) {
    const found = this.all(selector);
    const fields = [];
    for (let i = 0; found && i < found.length; i++) {
      const own = found[i].matches("input, textarea, select, button");
      const within = own ? [] : found[i].querySelectorAll("[type=checkbox i], [type=radio i]");
      for (let j = 0; j < within.length; j++) fields.push(within[j]);
      if (!within.length) fields.push(found[i]);
    }
    return found && fields;
  },

  // For each selector: the fields that it finds; null where it is no selector.
  read(selectors) {
    const answers = [];
    for (let i = 0; i < selectors.length; i++) {
      const found = this.fields(selectors[i]);
      const told = [];
      for (let j = 0; found && j < found.length; j++) told.push(this.field(found[j]));
      answers.push(found && told);
    }
    return answers;
  },

  tell(element, ...names) {
    for (let i = 0; i < names.length; i++) {
      const bubbles = names[i] !== "focus" && names[i] !== "blur";
      element.dispatchEvent(new Event(names[i], { bubbles, composed: true }));
    }
  },

  // Past what a page's library has laid over the element, which would not notice the change.
  set(element, property, value) {
    const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), property);
    own && own.set ? own.set.call(element, value) : (element[property] = value);
  },

  // Each change: { selector, index, value } for a text, { …, option } for a menu, { …, checked }.
  write(changes) {
    for (let i = 0; i < changes.length; i++) {
      const change = changes[i];
      const element = (this.fields(change.selector) || [])[change.index];
      if (!element) continue;
      if (change.checked !== undefined) {
        if (element.checked !== change.checked) element.click();
        if (element.checked !== change.checked) {
          this.set(element, "checked", change.checked);
          this.tell(element, "input", "change");
        }
        continue;
      }
      this.tell(element, "focus", "focusin");
      if (change.option !== undefined) {
        this.set(element, "selectedIndex", change.option);
      } else {
        this.set(element, "value", change.value);
      }
      this.tell(element, "input", "change", "blur", "focusout");
    }
  },

  inject({ selector, html }) {
    const place = document.querySelector(selector);
    place.innerHTML = html;
  },

  // Why a click on this would not send anything, by the rules of HTML; empty where it would.
  objections(button) {
    const form = button.form;
    if (button.matches(":disabled")) return ["is locked"];
    if (!form) return [];
    const goes_to = button.hasAttribute("formaction") ? button.formAction : form.action;
    if (location.protocol === "https:" && String(goes_to).startsWith("http:")) {
      return ["leads from an encrypted page to one that is not"];
    }
    const found = [];
    if (form.noValidate || button.formNoValidate) return found;
    for (let i = 0; i < form.elements.length; i++) {
      const field = form.elements[i];
      if (!field.willValidate || field.validity.valid) continue;
      const why = field.validity.valueMissing ? "is required and would stay empty" : "objects";
      found.push(`the field ${field.name || field.id} ${why}`);
    }
    return found;
  },

  // What a click is meant for: of several, the one in the form of the field last written to.
  clicked({ selector, near }) {
    const found = this.all(selector) || [];
    const last = near && (this.fields(near) || [])[0];
    const form = (last && last.form) || null;
    for (let i = 0; form && i < found.length; i++) {
      if ((found[i].closest("a, button, input, label") || found[i]).form === form) return found[i];
    }
    return found[0];
  },

  // What such a click works on; null where there is nothing to click on.
  target(click) {
    const element = this.clicked(click);
    if (!element) return null;
    const within = element.closest("a, button, input, label") || element;
    const control = within.localName === "label" && within.control;
    const acts = control && /^(checkbox|radio|submit|image)$/.test(this.kind(control));
    const target = acts ? control : within;
    return {
      tag: target.localName,
      kind: this.kind(target),
      objections: target.matches("button, input") ? this.objections(target) : [],
    };
  },

  // Where a person's click would hit it; null where it would hit something else.
  point(click) {
    const element = this.clicked(click);
    if (!element) return { missing: true };
    if (element.localName === "input" && element.type === "image") return null;
    element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const box = element.getBoundingClientRect();
    const x = box.x + box.width / 2;
    const y = box.y + box.height / 2;
    const hit = document.elementFromPoint(x, y);
    return hit && element.contains(hit) ? { x, y } : null;
  },

  click(click) {
    this.clicked(click).click();
  },

  isShown(element) {
    return element.checkVisibility({ visibilityProperty: true });
  },

  text(element) {
    if (element.nodeType === Node.TEXT_NODE) return element.data;
    if (element.nodeType !== Node.ELEMENT_NODE || this.UNREAD.test(element.localName)) return "";
    const { display, visibility } = getComputedStyle(element);
    if (display === "none") return "";
    const around = /^(inline|contents)/.test(display) && element.localName !== "br" ? "" : " ";
    let text = around;
    for (let child = element.firstChild; child; child = child.nextSibling) {
      if (visibility === "visible" || child.nodeType === Node.ELEMENT_NODE) text += this.text(child);
    }
    return text + around;
  },

  // The texts of what the selector finds and a person can see; without one, of the whole page.
  texts(selector) {
    const found = selector ? this.all(selector) : [document.body];
    const texts = [];
    for (let i = 0; found && i < found.length; i++) {
      if (found[i] && (!selector || this.isShown(found[i]))) texts.push(this.text(found[i]));
    }
    return texts;
  },

  // Puts dots in the place of what is private, in texts and in fields, and hides foreign frames.
  cover({ patterns }) {
    const expressions = [];
    for (let i = 0; i < patterns.length; i++) expressions.push(new RegExp(patterns[i], "giu"));
    const covered = (text) => {
      for (let i = 0; i < expressions.length; i++) {
        text = text.replace(expressions[i], (hit) => hit.replace(/\S/gu, "•"));
      }
      return text;
    };
    const walker = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const before = walker.currentNode.data;
      const after = covered(before);
      if (after !== before) walker.currentNode.data = after;
    }
    const hidden = document.querySelectorAll("iframe, frame, object, embed, canvas, img, video");
    for (let i = 0; i < hidden.length; i++) hidden[i].style.setProperty("visibility", "hidden", "important");
    const fields = document.querySelectorAll("input, textarea, select");
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i];
      if (field.localName === "select" || /^(text|tel|email|search|url|password|number)$/.test(field.type)) {
        field.style.setProperty("color", "transparent", "important");
        field.style.setProperty("background", "#ccc", "important");
        field.style.setProperty("-webkit-text-fill-color", "transparent", "important");
      } else if (field.localName === "textarea") {
        field.style.setProperty("visibility", "hidden", "important");
      }
    }
  },
})
