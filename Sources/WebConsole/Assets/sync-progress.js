// Follows a running sync over server-sent events in `[data-sync-progress="URL"]`.
//
// `progress` carries {"text", "done", "of"}, `finished` carries {"text", "href"}. The visible
// text (`.now`) changes with every event; the live region (`[role=status]`) speaks at most
// every three seconds. A broken connection is taken up again by EventSource itself.

const PAUSE_BETWEEN_WORDS = 3000;
const TIME_TO_READ_THE_END = 800;

export function followSyncProgress(root) {
  for (const place of root.querySelectorAll("[data-sync-progress]")) follow(place);
}

function follow(place) {
  const bar = place.querySelector("progress");
  const now = place.querySelector(".now");
  const say = speaker(place.querySelector("[role=status]"));
  const events = new EventSource(new URL(place.dataset.syncProgress, document.baseURI));

  events.addEventListener("progress", (event) => {
    const { text, done, of } = JSON.parse(event.data);
    if (bar && of) {
      bar.max = of;
      bar.value = done;
    } else {
      bar?.removeAttribute("value");
    }
    if (now) now.textContent = text;
    say(text);
  });

  events.addEventListener("finished", (event) => {
    events.close();
    const { text, href } = JSON.parse(event.data);
    if (bar) bar.value = bar.max;
    if (now) now.textContent = text;
    say(text, { atOnce: true });
    const next = new URL(href, document.baseURI);
    if (next.origin === location.origin) {
      setTimeout(() => location.assign(next), TIME_TO_READ_THE_END);
    }
  });

  events.addEventListener("error", () => {
    if (events.readyState !== EventSource.CLOSED) return;
    const text = "The sync goes on, but its progress cannot be shown. Reload to see how it stands.";
    if (now) now.textContent = text;
    say(text, { atOnce: true });
  });

  // An open stream would keep the page out of the back-forward cache.
  addEventListener("pagehide", () => events.close(), { once: true });
}

// Writes the newest text into a live region, at most once in a pause.
function speaker(region) {
  let waiting = null;
  let timer = null;

  function speak() {
    timer = null;
    if (waiting === null) return;
    region.textContent = waiting;
    waiting = null;
    timer = setTimeout(speak, PAUSE_BETWEEN_WORDS);
  }

  return (text, { atOnce = false } = {}) => {
    if (!region) return;
    waiting = text;
    if (atOnce) clearTimeout(timer);
    if (atOnce || timer === null) speak();
  };
}
