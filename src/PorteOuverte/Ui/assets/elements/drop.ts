// Files may be dropped where they could be chosen; their names are shown.
customElements.define(
  "porte-drop",
  class extends HTMLElement {
    connectedCallback() {
      const area = this.querySelector<HTMLElement>(".drop")!;
      const input = this.querySelector("input")!;
      const names = this.querySelector<HTMLElement>("[data-names]")!;
      const show = () => {
        const files = [...(input.files ?? [])];
        names.textContent = files.map((f) => f.name).join(", ");
        // Said before any of it is sent; the server says it too.
        const large = files.find((f) => f.size > Number(this.dataset.largest ?? Infinity));
        input.setCustomValidity(large ? (this.dataset.tooLarge ?? "").replace("{0}", large.name) : "");
        input.reportValidity();
      };
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
