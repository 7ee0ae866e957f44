// What tables and lists do without asking the service: filters and order.
(() => {
  for (const field of document.querySelectorAll("[data-filter]")) {
    const part = document.getElementById(field.dataset.filter);
    if (!part) continue;
    const items = [...part.querySelectorAll("tbody tr, li")].map(e => ({ e, text: e.textContent.toLowerCase() }));
    const groups = [...part.querySelectorAll("details")].map(e => ({ e, wasOpen: e.open }));
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(w => w);
      for (const { e, text } of items) e.hidden = !words.every(w => text.includes(w));
      for (const { e, wasOpen } of groups) {
        const shown = [...e.querySelectorAll("li")].some(i => !i.hidden);
        e.hidden = words.length > 0 && !shown;
        e.open = words.length > 0 ? shown : wasOpen;
      }
    });
  }
  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const heads = [...table.querySelectorAll("thead th")];
    heads.forEach((head, at) => head.querySelector("button")?.addEventListener("click", () => {
      const isUp = head.getAttribute("aria-sort") !== "ascending";
      for (const other of heads) if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
      head.setAttribute("aria-sort", isUp ? "ascending" : "descending");
      const body = table.tBodies[0];
      const rows = [...body.rows].sort((a, b) =>
        a.cells[at].textContent.localeCompare(b.cells[at].textContent, "en", { numeric: true }));
      body.append(...(isUp ? rows : rows.reverse()));
    }));
  }
})();
