// A message that goes by itself, unless somebody reads it with the mouse or the keyboard.
customElements.define(
  "porte-toast",
  class extends HTMLElement {
    connectedCallback() {
      let timer = 0;
      // What was refused stays until it is closed.
      const wait = () => this.dataset.stays === undefined && (timer = window.setTimeout(() => this.remove(), 10_000));
      const stay = () => window.clearTimeout(timer);
      for (const [begin, end] of [["mouseenter", "mouseleave"], ["focusin", "focusout"]] as const) {
        this.addEventListener(begin, stay);
        this.addEventListener(end, wait);
      }
      this.querySelector("[data-close]")?.addEventListener("click", () => this.remove());
      wait();
    }
  },
);
