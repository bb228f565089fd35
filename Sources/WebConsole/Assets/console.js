// The console works without scripts; these modules add what a form alone cannot do.
import { enhanceForms } from "./forms.js";
import { followSyncProgress } from "./sync-progress.js";
import { enhanceUnitChoices } from "./unit-choice.js";

enhanceForms(document);
enhanceUnitChoices(document);
followSyncProgress(document);

// Strips that scroll sideways on narrow screens start where the current page stands.
for (const strip of document.querySelectorAll(".side nav, .tabs")) {
  const current = strip.querySelector("[aria-current]");
  if (current && strip.scrollWidth > strip.clientWidth) {
    strip.scrollLeft += current.getBoundingClientRect().left - strip.getBoundingClientRect().left - 16;
  }
}
