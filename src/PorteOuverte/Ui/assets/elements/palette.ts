// Ctrl+K: the page of the search in a dialog. What is found comes from the server, page and dialog alike.
customElements.define(
  "porte-palette",
  class extends HTMLElement {
    connectedCallback() {
      const dialog = this.querySelector("dialog")!;
      const input = this.querySelector("input")!;
      const links = () => [...this.querySelectorAll<HTMLAnchorElement>(".found a")];
      const open = () => {
        if (!dialog.open) {
          dialog.showModal();
          input.select();
          input.dispatchEvent(new Event("open"));
        }
      };
      document.addEventListener("keydown", (event) => {
        if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
          event.preventDefault();
          open();
        }
      });
      for (const link of document.querySelectorAll("[data-palette]")) {
        link.addEventListener("click", (event) => {
          event.preventDefault();
          open();
        });
      }
      dialog.addEventListener("click", (event) => {
        // A click beside it closes it, as everywhere.
        if (event.target === dialog) {
          dialog.close();
        }
      });
      // Up and down go through what was found, Enter opens it; the first needs no choosing.
      dialog.addEventListener("keydown", (event) => {
        const all = links();
        const at = all.indexOf(document.activeElement as HTMLAnchorElement);
        if (event.key === "ArrowDown") {
          event.preventDefault();
          (all[at + 1] ?? all[0])?.focus();
        } else if (event.key === "ArrowUp") {
          event.preventDefault();
          (at <= 0 ? input : all[at - 1]!).focus();
        } else if (event.key === "Enter" && document.activeElement === input) {
          event.preventDefault();
          all[0]?.click();
        }
      });
    }
  },
);
