// Comfort only: every page works without it.
import htmx from "htmx.org";
import "./elements/chart";
import "./elements/codes";
import "./elements/drop";
import "./elements/palette";
import "./elements/passkey";
import "./elements/secret";
import "./elements/toast";

// The policy of the site forbids what these would do; figures are not left behind in the browser.
htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;
// Nor is what a script has styled carried over to what takes its place: the policy refuses an attribute of style.
htmx.config.attributesToSettle = ["class", "width", "height"];

// The italic is only for notes: nobody waits for it.
addEventListener("load", () => document.documentElement.classList.add("loaded"));

// A page made for paper: its button shows where there is something to press it with.
for (const button of document.querySelectorAll<HTMLButtonElement>("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
