// Codes that are shown once: copied to the clipboard or printed, where the browser can.
customElements.define(
  "porte-codes",
  class extends HTMLElement {
    connectedCallback() {
      const copy = this.querySelector<HTMLButtonElement>("[data-copy]")!;
      const print = this.querySelector<HTMLButtonElement>("[data-print]")!;
      copy.hidden = !navigator.clipboard;
      copy.addEventListener("click", async () => {
        await navigator.clipboard.writeText([...this.querySelectorAll("code")].map((code) => code.textContent).join("\n"));
        this.querySelector<HTMLElement>("[data-copied]")!.hidden = false;
      });
      print.hidden = false;
      print.addEventListener("click", () => window.print());
    }
  },
);
