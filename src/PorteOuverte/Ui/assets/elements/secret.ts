// Shows what is typed into a field of a password, and hides it again.
customElements.define(
  "porte-secret",
  class extends HTMLElement {
    connectedCallback() {
      const input = this.querySelector("input")!;
      const button = this.querySelector("button")!;
      button.hidden = false;
      button.addEventListener("click", () => {
        const hidden = input.type === "password";
        input.type = hidden ? "text" : "password";
        button.setAttribute("aria-pressed", String(hidden));
        button.querySelector("use")!.setAttribute("href", button.dataset[hidden ? "hide" : "show"]!);
      });
      // The form is kept by the browser: a password is not left readable in it.
      input.form?.addEventListener("submit", () => (input.type = "password"));
    }
  },
);
