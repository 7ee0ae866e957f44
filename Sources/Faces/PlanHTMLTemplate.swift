internal import Hashing

extension PlanHTML {
  /// As a policy names what it allows: `sha256-…`.
  static func hash(_ text: String) -> String {
    "sha256-" + Base64.encode(SHA256Digest(of: Array(text.utf8)).bytes)
  }

  package static let style = """
    :root{color-scheme:light dark;--bg:#fff;--fg:#1c2024;--soft:#56616c;--line:#dde2e7;--box:#f6f8fa;
    --red:#b3261e;--green:#1a7037;--blue:#0b57a4;--amber:#8a5a00}
    @media(prefers-color-scheme:dark){:root{--bg:#14171a;--fg:#e4e8ec;--soft:#a2aeb9;--line:#2c333a;
    --box:#1b2025;--red:#ff8a80;--green:#7bd88f;--blue:#8ab8ff;--amber:#f0c060}}
    *{box-sizing:border-box}
    body{margin:0 auto;max-width:88rem;padding:1rem;background:var(--bg);color:var(--fg);
    font:15px/1.45 system-ui,sans-serif;overflow-wrap:anywhere}
    h1{font-size:1.35rem;margin:.2rem 0}h2{font-size:1.05rem;display:inline}
    .soft{color:var(--soft)}code{font:.86em ui-monospace,monospace}a{color:var(--blue)}
    .verdict{border-left:.35rem solid var(--blue);background:var(--box);padding:.5rem .9rem;margin:.8rem 0}
    .verdict p{margin:.3rem 0}.verdict p:first-child{font-weight:600}
    .verdict.s3,.verdict.s4{border-color:var(--red)}.verdict.s0{border-color:var(--green)}
    nav ul{list-style:none;margin:0;padding:0}nav ul ul{padding-left:.9rem;font-size:.9em}
    nav b{font-variant-numeric:tabular-nums;font-weight:600}nav a{text-decoration:none}
    .bar{position:sticky;top:0;z-index:1;background:var(--bg);padding:.4rem 0;
    border-bottom:1px solid var(--line)}
    .bar input[type=search]{width:100%;padding:.4rem .6rem;font:inherit;border:1px solid var(--line);
    border-radius:.4rem;background:var(--bg);color:var(--fg)}
    .chips{display:flex;flex-wrap:wrap;gap:.2rem .8rem;padding-top:.3rem;font-size:.9em}
    section{scroll-margin-top:6rem}
    details{scroll-margin-top:6rem}summary{cursor:pointer;padding:.15rem 0}
    section>details{border-top:1px solid var(--line);margin-top:.6rem;padding-top:.4rem}
    .g>summary{font-weight:600}.g .g,.g .c,.list .c{margin-left:1rem}
    .c>summary,div.c{padding:.15rem 0}
    .c:target>summary,div.c:target,.finding:target{background:var(--box);outline:2px solid var(--blue)}
    .sign{font:700 1em ui-monospace,monospace}
    .delete>.sign,.delete>summary>.sign,.loss{color:var(--red)}.add>.sign,.add>summary>.sign{color:var(--green)}
    .change>.sign,.change>summary>.sign{color:var(--blue)}
    .dereference>.sign,.dereference>summary>.sign{color:var(--amber)}
    .p{color:var(--soft);padding:0 .3rem}
    .finding{border:1px solid var(--line);border-left:.35rem solid var(--soft);border-radius:.3rem;
    padding:.4rem .8rem;margin:.5rem 0;scroll-margin-top:6rem}
    .finding.error{border-left-color:var(--red)}.finding.warning{border-left-color:var(--amber)}
    .finding ul{margin:.3rem 0;padding-left:1.1rem}.finding p{margin:.2rem 0}
    table{border-collapse:collapse;width:100%;margin:.3rem 0 .5rem;font-size:.92em;table-layout:fixed}
    th,td{text-align:left;vertical-align:top;border-top:1px solid var(--line);padding:.2rem .5rem}
    th{color:var(--soft);font-weight:500}.old{color:var(--red)}.new{color:var(--green)}
    footer{margin-top:2rem;border-top:1px solid var(--line);padding-top:.6rem;font-size:.9em}
    .off{display:none}
    @media(min-width:60rem){.page{display:grid;grid-template-columns:15rem minmax(0,1fr);gap:1.5rem}
    nav{position:sticky;top:0;align-self:start;max-height:100vh;overflow:auto;padding-top:.6rem}}
    @media(max-width:59.99rem){nav>ul{display:flex;flex-wrap:wrap;gap:.2rem .9rem}nav ul ul{display:none}}
    @media(max-width:40rem){thead{display:none}td{display:block;border:0;padding:.05rem .5rem}
    tr{display:block;border-top:1px solid var(--line)}.old::before{content:"before "}
    .new::before{content:"after "}.chips{max-height:6rem;overflow:auto}.bar{position:static}
    .g .g,.g .c,.list .c{margin-left:.4rem}}
    @media print{.bar,nav,.p{display:none}body{max-width:none}.page{display:block}
    details::details-content{content-visibility:visible;display:block}}
    """

  /// Without it the page is whole; it hides what is not looked for, and opens what a link leads to.
  package static let script = """
    (() => {
    const field = document.getElementById("filter"), count = document.getElementById("shown");
    const boxes = [...document.querySelectorAll(".bar input[type=checkbox]")];
    const items = [...document.querySelectorAll(".c")].map(e => ({
      e, text: e.textContent.toLowerCase(), impact: e.dataset.i, action: e.dataset.a}));
    const groups = [...document.querySelectorAll("main details")].filter(e => e.querySelector(".c"));
    const closed = new Set();
    function run() {
      const words = field.value.toLowerCase().split(/\\s+/).filter(w => w);
      const on = name => boxes.filter(b => b.checked && b.name === name).map(b => b.value);
      const impacts = on("impact"), actions = on("action");
      const isAsked = words.length + impacts.length + actions.length > 0;
      let shown = 0;
      for (const item of items) {
        const fits = words.every(w => item.text.includes(w))
          && (!impacts.length || impacts.includes(item.impact))
          && (!actions.length || actions.includes(item.action));
        item.fits = fits;
        item.e.classList.toggle("off", !fits);
        if (fits) shown++;
      }
      for (const item of items) if (item.fits)
        for (let e = item.e.parentElement; e; e = e.parentElement) e.classList.remove("off");
      for (const group of groups) {
        const isEmpty = ![...group.querySelectorAll(".c")].some(e => !e.classList.contains("off"))
          && !(group.classList.contains("c") && !group.classList.contains("off"));
        group.classList.toggle("off", isAsked && isEmpty);
        if (isAsked && !isEmpty && !group.open) { closed.add(group); group.open = true; }
        if (!isAsked && closed.delete(group)) group.open = false;
      }
      count.textContent = isAsked ? shown + " of " + items.length : "";
    }
    function reveal() {
      let e = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!e) return;
      const target = e;
      for (; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
      target.scrollIntoView();
    }
    field.addEventListener("input", run);
    for (const box of boxes) box.addEventListener("change", run);
    addEventListener("hashchange", reveal);
    addEventListener("keydown", event => {
      if (event.key === "/" && document.activeElement !== field) { event.preventDefault(); field.focus(); }
      if (event.key === "Escape") { field.value = ""; run(); }
    });
    let printed = [];
    addEventListener("beforeprint", () => {
      printed = [...document.querySelectorAll("details:not([open])")];
      for (const e of printed) e.open = true;
    });
    addEventListener("afterprint", () => { for (const e of printed) e.open = false; });
    document.querySelector(".bar").hidden = false;
    if (location.hash) reveal();
    })();
    """

  /// A text of ours with names in it.
  private static func prose(_ key: String) -> String {
    "{{#\(key)}}{{#foreign}}<bdi>{{.}}</bdi>{{/foreign}}{{words}}{{/\(key)}}"
  }

  /// What becomes of a component, in one line.
  private static let line = """
    <span class="sign" aria-label="{{action}}">{{sign}}</span> \(prose("name"))\
    {{#wire}} <code class="soft"><bdi>{{.}}</bdi></code>{{/wire}}\
    {{#isTold}} <span class="{{tone}}">\(prose("says"))</span>{{/isTold}}
    """

  /// Findings about it, and its own address.
  private static let links = """
    {{#told}} <a href="#{{anchor}}">{{severity}} <code><bdi>{{code}}</bdi></code></a>{{/told}}\
    {{#sketch}} <a href="{{.}}">before and after</a>{{/sketch}}\
    <a class="p" href="#{{id}}" aria-label="link to this">§</a>
    """

  /// A summary opens and closes what is below it, so that no link can stand in it.
  private static let opening = """
    <summary>\(line){{#told}} <span class="soft">{{severity}}</span>{{/told}}</summary>
    <p class="soft">\(links)</p>
    """

  private static let component = """
    {{#isOpenable}}<details class="c {{action}}" id="{{id}}" data-i="{{impact}}" data-a="{{action}}">\(opening)
    {{#reason}}<p class="soft"><bdi>{{.}}</bdi></p>{{/reason}}\
    {{#facts}}<p class="soft"><bdi>{{.}}</bdi></p>{{/facts}}\
    {{#hasProperties}}<table><thead><tr><th>property</th><th>before</th><th>after</th>{{#hasEffects}}<th>in effect</th>{{/hasEffects}}</tr></thead><tbody>
    {{#properties}}<tr><td><code><bdi>{{path}}</bdi></code></td><td class="old"><bdi>{{before}}</bdi></td><td class="new"><bdi>{{after}}</bdi></td>{{#hasEffects}}<td>\(prose("effect"))</td>{{/hasEffects}}</tr>
    {{/properties}}</tbody></table>{{/hasProperties}}</details>{{/isOpenable}}\
    {{^isOpenable}}<div class="c {{action}}" id="{{id}}" data-i="{{impact}}" data-a="{{action}}">\(line)\(links)</div>{{/isOpenable}}
    """

  /// Entries alone.
  static let entries = "{{#entries}}\(component)\n{{/entries}}"

  /// What is foreign goes through `{{…}}`, which escapes it, and stands in `<bdi>`, which keeps its direction to itself.
  static let body = """
    <header>
    <h1>\(prose("head"))</h1>
    {{#packages}}<p class="soft">{{#named}}<bdi>{{.}}</bdi>: {{/named}}{{kind}}, publisher <bdi>{{publisher}}</bdi></p>
    {{/packages}}<div class="verdict s{{status}}" role="status">
    {{#verdict}}<p>\(prose("line"))</p>
    {{/verdict}}</div>
    {{#notes}}<p>\(prose("line"))</p>
    {{/notes}}</header>
    <div class="page">
    <nav aria-label="Contents"><ul>
    {{#contents}}<li><a href="#{{id}}">{{title}} <b>{{count}}</b></a>{{#hasTables}}<ul>{{#tables}}<li><a href="#{{id}}">\(prose("name"))</a></li>{{/tables}}</ul>{{/hasTables}}</li>
    {{/contents}}</ul></nav>
    <main>
    <div class="bar" role="search" hidden{{#source}} data-source="{{.}}"{{/source}}><input id="filter" type="search" aria-label="Filter" placeholder="Filter by name, table, kind or code (press /)">
    <div class="chips">{{#chips}}<label><input type="checkbox" name="{{group}}" value="{{value}}"> {{words}}</label>{{/chips}} <output id="shown"></output></div></div>
    {{#sections}}<section id="{{id}}"><details{{#open}} open{{/open}}><summary><h2>{{title}}</h2> <span class="soft">{{count}}</span></summary>
    {{#lines}}<p class="soft">\(prose("line"))</p>
    {{/lines}}{{#findings}}<div class="finding {{severity}}" id="{{id}}">
    <p><b>{{severity}}</b> <code><bdi>{{code}}</bdi></code> {{times}}\(prose("sentence"))</p>
    <ul>{{#notes}}<li>{{#message}}<bdi>{{.}}</bdi> {{/message}}{{#subject}}<a href="#{{id}}">\(prose("name"))</a>{{/subject}}{{#other}}<code><bdi>{{.}}</bdi></code>{{/other}}<span class="soft"><bdi>{{place}}</bdi> · <bdi>{{rule}}</bdi>, {{provenance}}</span>
    {{#hasBecause}}<ul>{{#because}}<li>\(prose("line"))</li>{{/because}}</ul>{{/hasBecause}}{{#hasMore}}<details><summary>{{more}} more</summary><ul>{{#rest}}<li>\(prose("line"))</li>{{/rest}}</ul></details>{{/hasMore}}</li>
    {{/notes}}</ul>
    {{#remedies}}<p>→ <bdi>{{.}}</bdi></p>
    {{/remedies}}</div>
    {{/findings}}{{#groups}}{{#isTable}}<details class="g c {{action}}" id="{{id}}" data-i="{{impact}}" data-a="{{action}}"{{#source}} data-source="{{.}}"{{/source}}>\(opening)
    {{/isTable}}{{#isTitled}}<details class="g"{{#open}} open{{/open}}{{#source}} data-source="{{.}}"{{/source}}><summary>\(prose("title"))</summary>
    {{/isTitled}}{{#isPlain}}<div class="list">{{/isPlain}}{{#entries}}\(component)
    {{/entries}}{{#isPlain}}</div>{{/isPlain}}{{^isPlain}}</details>{{/isPlain}}
    {{/groups}}</details></section>
    {{/sections}}</main>
    </div>
    <footer>
    {{#packages}}<div><bdi>{{name}}</bdi> <bdi>{{version}}</bdi>{{#sha256}} · sha256 <code><bdi>{{.}}</bdi></code>{{/sha256}}</div>
    {{/packages}}<div class="soft">strata.plan {{formatVersion}}, on <bdi>{{environment}}</bdi> revision {{revision}}{{#digest}}<br>plan <code><bdi>{{.}}</bdi></code>{{/digest}}</div>
    </footer>

    """

  /// The page of its own.
  static let template = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '\(hash(style))'; script-src '\(hash(script))'; base-uri 'none'; form-action 'none'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{title}}</title>
    <style>\(style)</style>
    </head>
    <body>
    \(body)
    <script>\(script)</script>
    </body>
    </html>

    """
}
