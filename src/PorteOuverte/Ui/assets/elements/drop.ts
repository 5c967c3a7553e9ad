// Files may be dropped where they could be chosen; their names are shown.
customElements.define(
  "porte-drop",
  class extends HTMLElement {
    connectedCallback() {
      const area = this.querySelector<HTMLElement>(".drop")!;
      const input = this.querySelector("input")!;
      const names = this.querySelector<HTMLElement>("[data-names]")!;
      const show = () => (names.textContent = [...(input.files ?? [])].map((f) => f.name).join(", "));
      input.addEventListener("change", show);
      for (const name of ["dragenter", "dragover"]) {
        area.addEventListener(name, (event) => {
          event.preventDefault();
          area.classList.add("over");
        });
      }
      for (const name of ["dragleave", "drop"]) {
        area.addEventListener(name, () => area.classList.remove("over"));
      }
      area.addEventListener("drop", (event) => {
        event.preventDefault();
        const files = event.dataTransfer?.files;
        if (files?.length) {
          input.files = files;
          input.dispatchEvent(new Event("change", { bubbles: true }));
        }
      });
    }
  },
);
