// Parts of a long plan that its page left for later: groups when they are opened, and what a filter finds.
(() => {
  const bar = document.querySelector(".bar[data-source]");
  if (!bar) return;
  const source = bar.dataset.source, main = bar.closest("main");
  const field = document.getElementById("filter"), count = document.getElementById("shown");
  const boxes = [...bar.querySelectorAll("input[type=checkbox]")];
  const found = document.createElement("section");
  found.hidden = true;
  found.setAttribute("aria-label", "Found");
  bar.after(found);

  async function take(address) {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    if (!response.ok) throw new Error(response.status);
    return { html: await response.text(), count: response.headers.get("X-Strata-Count") };
  }

  async function fill(group) {
    if (group.dataset.taken) return;
    group.dataset.taken = "yes";
    const place = document.createElement("div");
    place.textContent = "…";
    group.append(place);
    try { place.innerHTML = (await take(group.dataset.source)).html; }
    catch { place.textContent = "The service does not answer; load the page again."; }
  }
  for (const group of main.querySelectorAll("details[data-source]")) {
    group.addEventListener("toggle", () => { if (group.open) fill(group); });
  }

  // A link may lead to what is not there yet.
  async function reveal() {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id) return;
    if (!document.getElementById(id)) {
      try {
        const address = (await take(source + "/anchors/" + encodeURIComponent(id))).html;
        const group = [...main.querySelectorAll("details[data-source]")].find(g => g.dataset.source === address);
        if (group) await fill(group);
      } catch { return; }
    }
    const target = document.getElementById(id);
    for (let e = target; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
    target?.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  reveal();

  let asked = 0, timer = 0;
  async function run() {
    const on = name => boxes.filter(b => b.checked && b.name === name).map(b => b.value);
    const query = new URLSearchParams();
    if (field.value.trim()) query.set("text", field.value.trim());
    for (const impact of on("impact")) query.append("impact", impact);
    for (const action of on("action")) query.append("action", action);
    const number = ++asked, isAsked = query.toString() !== "";
    if (!isAsked) return show(false, "");
    try {
      const answer = await take(source + "/found?" + query);
      if (number !== asked) return;
      found.innerHTML = answer.html;
      show(true, answer.count + " found" + (answer.count > 200 ? ", the first 200 shown" : ""));
    } catch {
      if (number === asked) show(false, "the service does not answer");
    }
  }
  function show(isFound, words) {
    found.hidden = !isFound;
    for (const section of main.querySelectorAll(":scope > section")) if (section !== found) section.hidden = isFound;
    count.textContent = words;
  }
  const soon = () => { clearTimeout(timer); timer = setTimeout(run, 60); };
  field.addEventListener("input", soon);
  for (const box of boxes) box.addEventListener("change", run);
  addEventListener("keydown", event => {
    if (event.key === "/" && document.activeElement !== field) { event.preventDefault(); field.focus(); }
    if (event.key === "Escape") { field.value = ""; run(); }
  });
  bar.hidden = false;
})();
