// The browser makes or shows a passkey; the form inside carries its answer to the server like any other field.
// Without scripts, or in a browser that knows no passkeys, the element stays hidden.
class PortePasskey extends HTMLElement {
  private asked?: AbortController;

  connectedCallback(): void {
    if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) return;
    this.hidden = false;
    this.form.addEventListener("submit", (event) => {
      if (this.answer.value) return;
      event.preventDefault();
      void this.ask();
    });
    // Not again after a refusal: the browser would give the same answer.
    if (this.hasAttribute("offer")) void this.offer();
  }

  disconnectedCallback(): void {
    this.asked?.abort();
  }

  private get form(): HTMLFormElement {
    return this.querySelector("form")!;
  }

  private get answer(): HTMLInputElement {
    return this.querySelector<HTMLInputElement>("input[data-answer]")!;
  }

  /** Whether a new key is made; otherwise one that exists is asked for. */
  private get makes(): boolean {
    return this.getAttribute("kind") === "create";
  }

  /** Lets the browser propose a key beside the address that is typed, where it can. */
  private async offer(): Promise<void> {
    const can = await PublicKeyCredential.isConditionalMediationAvailable?.();
    // Whoever has pressed the button meanwhile is asking already.
    if (can && !this.asked) await this.ask("conditional");
  }

  private async ask(mediation?: CredentialMediationRequirement): Promise<void> {
    // One question at a time: the button ends the one that waits in the field.
    this.asked?.abort();
    const { signal } = (this.asked = new AbortController());
    this.say();
    try {
      const options = await this.options(signal);
      const credential = (this.makes
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON), signal })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON), signal, mediation })) as PublicKeyCredential;
      this.answer.value = JSON.stringify(credential.toJSON());
      this.form.submit();
    } catch (error) {
      // What was not asked for with the button is not answered with a message.
      if (!signal.aborted && !mediation) {
        const name = error instanceof DOMException ? error.name : "";
        this.say(name === "InvalidStateError" ? "known" : name === "NotAllowedError" ? "cancelled" : "failed");
      }
    }
  }

  private async options(signal: AbortSignal): Promise<unknown> {
    const answer = await fetch(this.getAttribute("options")!, { method: "POST", body: new FormData(this.form), signal });
    // The page has grown too old for it; anew, it says what it needs.
    if (answer.status === 409) location.reload();
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  }

  /** The sentences stand in the page, in its language; one of them is shown. */
  private say(what?: string): void {
    for (const sentence of this.querySelectorAll<HTMLElement>("[data-when]")) sentence.hidden = sentence.dataset.when !== what;
  }
}

customElements.define("porte-passkey", PortePasskey);
