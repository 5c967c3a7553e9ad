// A picture of the table it stands above. The library is fetched when the first chart comes into view.
customElements.define(
  "porte-chart",
  class extends HTMLElement {
    connectedCallback() {
      const seen = new IntersectionObserver(async (entries) => {
        if (entries.some((e) => e.isIntersecting)) {
          seen.disconnect();
          (await import("./chart-picture")).draw(this);
        }
      });
      seen.observe(this);
    }
  },
);
