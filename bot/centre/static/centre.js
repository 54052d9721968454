// Keeps a page that stands up to date: fetches its parts, and puts in those that changed. Nothing else.
(() => {
  "use strict";
  const EVERY = 60_000;
  const MOST_MISSED = 10;
  const main = document.querySelector("main[data-parts]");
  const pause = document.getElementById("pause");
  const said = document.getElementById("said");
  if (!main || !pause) return;

  const parts = (root) => new Map([...root.querySelectorAll("[data-part]")].map((one) => [one.dataset.part, one]));
  const spoken = (root) => root.querySelector("[data-said]")?.dataset.said ?? "";
  const named = (summary) => summary?.textContent ?? "";
  const standing = new Map([...parts(main)].map(([name, one]) => [name, one.innerHTML]));
  let following = true;
  let missed = 0;

  // What somebody opened stays open, and whoever stands in a part with the keyboard stays there.
  const exchange = (old, fresh) => {
    const opened = new Set([...old.querySelectorAll("details[open] > summary")].map(named));
    const focused = old.contains(document.activeElement) ? named(document.activeElement) : null;
    for (const details of fresh.querySelectorAll("details")) {
      details.open = opened.has(named(details.querySelector("summary")));
    }
    fresh.classList.add("fresh");
    old.replaceWith(fresh);
    if (focused === null) return;
    const again = [...fresh.querySelectorAll("summary, a")].find((one) => named(one) === focused);
    const place = again ?? fresh.querySelector("h2") ?? main;
    if (!again) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  };

  const put = (page) => {
    const heard = spoken(main);
    const now = parts(main);
    for (const [name, one] of parts(page)) {
      const old = now.get(name);
      if (!old || standing.get(name) === one.innerHTML) continue;
      standing.set(name, one.innerHTML);
      exchange(old, document.importNode(one, true));
    }
    if (spoken(main) !== heard) said.textContent = spoken(main);
  };

  // Nobody can be asked whether these words may still be shown, so they are not.
  const miss = () => {
    missed += 1;
    if (missed !== MOST_MISSED) return;
    standing.clear();
    for (const one of parts(main).values()) one.replaceChildren();
    said.textContent = main.dataset.away;
    said.classList.remove("unseen");
  };

  const follow = async () => {
    if (!following || document.hidden) return;
    try {
      const answer = await fetch(main.dataset.parts, { credentials: "same-origin", cache: "no-store" });
      if (answer.status === 401) return location.reload();
      if (!answer.ok) return miss();
      put(new DOMParser().parseFromString(await answer.text(), "text/html"));
      missed = 0;
      said.classList.add("unseen");
    } catch {
      miss();
    }
  };

  pause.hidden = false;
  pause.addEventListener("click", () => {
    following = !following;
    pause.textContent = following ? pause.dataset.on : pause.dataset.off;
    if (following) follow();
  });
  document.addEventListener("visibilitychange", follow);
  window.addEventListener("online", follow);
  setInterval(follow, EVERY);
})();
