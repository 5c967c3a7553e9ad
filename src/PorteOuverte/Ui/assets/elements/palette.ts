// Ctrl+K: the page of the search in a dialog. What is found comes from the server, page and dialog alike.
customElements.define(
  "porte-palette",
  class extends HTMLElement {
    connectedCallback() {
      const dialog = this.querySelector("dialog")!;
      const input = this.querySelector("input")!;
      const links = () => [...this.querySelectorAll<HTMLAnchorElement>(".found li a")];
      const choose = (link: HTMLAnchorElement | undefined) => {
        for (const other of links()) {
          other.classList.toggle("chosen", other === link);
          other.parentElement!.setAttribute("aria-selected", String(other === link));
        }
        link?.scrollIntoView({ block: "nearest" });
        if (link) {
          input.setAttribute("aria-activedescendant", link.parentElement!.id);
        } else {
          input.removeAttribute("aria-activedescendant");
        }
      };
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
      // A click beside it closes it, as everywhere.
      dialog.addEventListener("click", (event) => {
        if (event.target === dialog) {
          dialog.close();
        }
      });
      this.addEventListener("htmx:afterSettle", () => choose(links()[0]));
      input.addEventListener("keydown", (event) => {
        const all = links();
        const at = all.findIndex((l) => l.classList.contains("chosen"));
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
          event.preventDefault();
          choose(all[(at + (event.key === "ArrowDown" ? 1 : all.length - 1)) % all.length]);
        } else if (event.key === "Enter") {
          event.preventDefault();
          all[Math.max(at, 0)]?.click();
        }
      });
    }
  },
);
