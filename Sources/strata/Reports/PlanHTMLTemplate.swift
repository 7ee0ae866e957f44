import Solutions

extension PlanHTML {
  static let style = """
    :root{--bg:#fff;--fg:#1c2024;--soft:#5f6b76;--line:#dde2e7;--box:#f6f8fa;--red:#b3261e;
    --green:#1a7037;--blue:#0b57a4;--amber:#8a5a00;--code:#eef1f4}
    @media(prefers-color-scheme:dark){:root{--bg:#14171a;--fg:#e4e8ec;--soft:#98a4b0;--line:#2c333a;
    --box:#1b2025;--red:#ff8a80;--green:#7bd88f;--blue:#8ab8ff;--amber:#f0c060;--code:#232a31}}
    *{box-sizing:border-box}
    body{margin:0 auto;max-width:70rem;padding:1.2rem;background:var(--bg);color:var(--fg);
    font:15px/1.45 system-ui,sans-serif}
    h1{font-size:1.35rem;margin:.2rem 0}h2{font-size:1.05rem;margin:1.6rem 0 .4rem}
    .soft{color:var(--soft)}code{font:.88em ui-monospace,monospace;overflow-wrap:anywhere}
    .verdict{border-left:.35rem solid var(--blue);background:var(--box);padding:.6rem .9rem;
    margin:1rem 0;font-weight:600}
    .verdict.s3,.verdict.s4{border-color:var(--red)}.verdict.s0{border-color:var(--green)}
    .tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(7.2rem,1fr));gap:.5rem;
    margin:0;padding:0;list-style:none}
    .tiles li{border:1px solid var(--line);border-radius:.4rem;padding:.4rem .6rem}
    .tiles b{display:block;font-size:1.25rem;font-variant-numeric:tabular-nums}
    .finding{border:1px solid var(--line);border-left:.35rem solid var(--soft);border-radius:.3rem;
    padding:.5rem .8rem;margin:.5rem 0}
    .error{border-left-color:var(--red)}.warning{border-left-color:var(--amber)}
    .finding ul{margin:.3rem 0 .3rem 1.1rem;padding:0}.way{margin:.2rem 0}
    details{margin:.3rem 0}summary{cursor:pointer;padding:.15rem 0}
    details.kind{border-top:1px solid var(--line)}details.kind>summary{font-weight:600}
    .change{padding:.25rem 0 .25rem 1.6rem;position:relative;overflow-wrap:anywhere}
    .sign{position:absolute;left:.3rem;font-weight:700;font-family:ui-monospace,monospace}
    .delete .sign{color:var(--red)}.add .sign{color:var(--green)}.change-edit .sign{color:var(--blue)}
    .dereference .sign,.hidden{color:var(--amber)}
    .loss{color:var(--red);font-weight:600}
    table{border-collapse:collapse;width:100%;margin:.3rem 0 .5rem;font-size:.92em;
    table-layout:fixed}
    th,td{text-align:left;vertical-align:top;border-top:1px solid var(--line);padding:.2rem .5rem;
    overflow-wrap:anywhere}
    th{color:var(--soft);font-weight:500}td.old{color:var(--red)}td.new{color:var(--green)}
    input{width:100%;padding:.4rem .6rem;font:inherit;border:1px solid var(--line);
    border-radius:.4rem;background:var(--bg);color:var(--fg)}
    footer{margin-top:2rem;border-top:1px solid var(--line);padding-top:.6rem;font-size:.9em}
    @media print{input{display:none}body{max-width:none}}
    """

  /// Everything that comes from a package goes through `{{…}}`, which escapes it, and stands in `<bdi>`, which keeps its
  /// direction to itself.
  static let template = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{title}}</title>
    <style>
    {{{style}}}
    </style>
    </head>
    <body>
    <header>
    {{#packages}}<h1><bdi>{{title}}</bdi> <span class="soft"><bdi>{{versions}}</bdi></span></h1>
    <p class="soft">{{kind}}, publisher <bdi>{{publisher}}</bdi></p>
    {{/packages}}
    <p class="verdict s{{status}}" role="status">{{verdict}}</p>
    {{#notes}}<p><bdi>{{.}}</bdi></p>
    {{/notes}}<ul class="tiles">
    {{#tiles}}<li><b>{{number}}</b>{{label}}</li>
    {{/tiles}}</ul>
    </header>
    {{#hasFindings}}<section><h2>Findings</h2>
    {{#findings}}<div class="finding {{severity}}">
    <div><b>{{severity}}</b> <code><bdi>{{code}}</bdi></code> <bdi>{{message}}</bdi></div>
    {{#hasBecause}}<ul>{{#because}}<li><bdi>{{.}}</bdi></li>{{/because}}</ul>{{/hasBecause}}
    {{#hasMore}}<details><summary>{{moreCount}} more</summary><ul>{{#more}}<li><bdi>{{.}}</bdi></li>{{/more}}</ul></details>{{/hasMore}}
    {{#remedy}}<p class="way">→ <bdi>{{.}}</bdi></p>{{/remedy}}
    <div class="soft"><bdi>{{subject}}</bdi><bdi>{{place}}</bdi> · <bdi>{{rule}}</bdi>, {{provenance}}</div>
    </div>
    {{/findings}}</section>
    {{/hasFindings}}
    {{#sections}}<section><h2>{{title}} <span class="soft">({{count}})</span></h2>
    {{#kinds}}<details class="kind"{{#open}} open{{/open}}><summary><bdi>{{kind}}</bdi> <span class="soft">({{count}})</span></summary>
    {{#changes}}<div class="change {{css}}"><span class="sign" aria-label="{{action}}">{{sign}}</span>
    <code><bdi>{{name}}</bdi></code>{{#display}} “<bdi>{{.}}</bdi>”{{/display}}{{#parent}} <span class="soft">of <bdi>{{.}}</bdi></span>{{/parent}}
    {{#loss}}<span class="loss"><bdi>{{.}}</bdi></span>{{/loss}}{{#hidden}}<span class="hidden">⊘ hidden by <bdi>{{.}}</bdi></span>{{/hidden}}{{#draft}}<span class="hidden"><bdi>{{.}}</bdi></span>{{/draft}}
    {{#baseUnknown}}<span class="soft">its base is not known here</span>{{/baseUnknown}}
    <div class="soft">{{#facts}}<bdi>{{.}}</bdi> · {{/facts}}<bdi>{{reason}}</bdi></div>
    {{#hasProperties}}<table><thead><tr><th>property</th><th>before</th><th>after</th><th>in effect</th></tr></thead><tbody>
    {{#properties}}<tr><td><code><bdi>{{path}}</bdi></code></td><td class="old"><bdi>{{before}}</bdi></td><td class="new"><bdi>{{after}}</bdi></td><td><bdi>{{effect}}</bdi></td></tr>
    {{/properties}}</tbody></table>{{/hasProperties}}
    </div>
    {{/changes}}</details>
    {{/kinds}}{{#layers}}<p class="soft"><bdi>{{.}}</bdi></p>
    {{/layers}}</section>
    {{/sections}}
    {{#hasMetadata}}<section><h2>In metadata only <span class="soft">({{metadataCount}})</span></h2>
    <ul class="soft">{{#metadata}}<li><bdi>{{.}}</bdi></li>
    {{/metadata}}</ul></section>
    {{/hasMetadata}}
    <footer>
    {{#packages}}<div><bdi>{{name}}</bdi> <bdi>{{version}}</bdi>{{#sha256}} · sha256 <code><bdi>{{.}}</bdi></code>{{/sha256}}</div>
    {{/packages}}<div class="soft">strata.plan {{formatVersion}}, on <bdi>{{environment}}</bdi> revision {{revision}}{{#digest}}<br>plan <code><bdi>{{.}}</bdi></code>{{/digest}}</div>
    </footer>
    </body>
    </html>

    """
}
