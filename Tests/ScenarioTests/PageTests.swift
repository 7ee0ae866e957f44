import EnvironmentSupport
import FoundationEssentials
import Hashing
import TestSupport
import Testing

/// The HTML report: every entry once, links that lead somewhere, and what a browser makes of it.
@Suite("HTML reports")
struct PageTests {
  private static let old = """
    X 1.0 by A
    table gone
    column gone.a nvarchar 100 First
    table t
    column t.code nvarchar 100 Code
    column t.label nvarchar 100 Customer
    column t.kind picklist 1 2
    form f1 t code label
    resource new_/panel.js old
    """

  private static let new = """
    X 1.1 by A
    table t
    column t.code nvarchar 40 Code
    column t.label nvarchar 100 Client
    column t.kind picklist 1
    column t.more nvarchar 10 More
    form f1 t code more
    """

  private func workshop() throws -> Workshop {
    let workshop = try Workshop(["old.zip": Self.old, "new.zip": Self.new])
    _ = try workshop("strata plan new.zip --against old.zip --html page0.html --out plan0.json")
    return workshop
  }

  /// Pages of the fixtures and, where they are, of real upgrades.
  private func pages(_ workshop: Workshop) throws -> Int {
    guard MarkdownTests.Upgrade.isThere else { return 1 }
    for (number, upgrade) in MarkdownTests.Upgrade.all.enumerated() {
      _ = try workshop(
        "\(upgrade.plan) --html page\(number + 1).html --out plan\(number + 1).json"
      )
    }
    return MarkdownTests.Upgrade.all.count + 1
  }

  @Test("UX-902 a page has each entry of the plan once, and every link in it leads somewhere")
  func whole() throws {
    let workshop = try workshop()
    for number in 0..<(try pages(workshop)) {
      let page = try workshop.text("page\(number).html")
      let ids = page.matches(of: /id="([^"]*)"/).map(\.output.1)
      #expect(Set(ids).count == ids.count)
      let entries = try workshop(
        "python3 -c 'import json; print(len(json.load(open(\"plan\(number).json\"))[\"changes\"]))'"
      ).output
      #expect("\(ids.count { $0.hasPrefix("c-") })\n" == entries, "page \(number)")
      let links = page.matches(of: /href="([^"]*)"/).map(\.output.1)
      let missing = Set(links).subtracting(ids.map { "#\($0)" })
      #expect(missing.isEmpty, "\(missing)")
    }
    let page = try workshop.text("page0.html")
    #expect(page.contains("<h1>Upgrade <bdi>X</bdi> <bdi>1.0 → 1.1</bdi></h1>"))
    #expect(page.contains("<a href=\"#c-attribute-t-kind\">"))
    #expect(page.contains("<a href=\"#f-strata-options-lost\">"))
  }

  @Test(
    "T20 a page takes nothing from elsewhere, and its policy allows its own style and script alone"
  )
  func policy() throws {
    let page = try workshop().text("page0.html")
    let policy = try #require(page.firstMatch(of: /Content-Security-Policy" content="([^"]*)"/))
    for tag in ["style", "script"] {
      let start = try #require(page.firstRange(of: "<\(tag)>"))
      let end = try #require(page.firstRange(of: "</\(tag)>"))
      let text = page[start.upperBound..<end.lowerBound]
      let hash = Base64.encode(SHA256Digest(of: Array(text.utf8)).bytes)
      #expect(policy.output.1.contains("\(tag)-src 'sha256-\(hash)'"))
    }
    #expect(policy.output.1.hasPrefix("default-src 'none'; "))
    for word in ["unsafe", "http:", "https:", " onclick", " style=", "innerHTML", " src="] {
      #expect(!page.contains(word), "\(word)")
    }
  }

  @Test("UX-902 filters hold for a page")
  func filters() throws {
    let workshop = try workshop()
    let page = try workshop("strata show plan0.json --only delete --html -").output
    #expect(page.contains("id=\"c-entity-gone\""))
    #expect(!page.contains("id=\"c-attribute-t-more\""))
    #expect(page.contains("left out: "))
  }

  @Test(
    "UX-902 no page is wider than its window, no policy is broken, and the filter finds",
    .enabled(if: Self.browser != nil, "there is no Chromium")
  )
  func inBrowser() throws {
    let browser = try #require(Self.browser)
    let workshop = try workshop()
    let count = try pages(workshop)
    try workshop.write(Self.harness(pages: count), "harness.html")
    let result = try workshop(
      """
      '\(browser)' --headless --no-sandbox --disable-gpu --allow-file-access-from-files \
        --user-data-dir=profile --enable-logging=stderr --virtual-time-budget=60000 \
        --dump-dom "file://$PWD/harness.html"
      """
    )
    #expect(!result.errors.contains("violates"), "\(result.errors)")
    let told = result.output.matches(of: /<li>([^<]*)<\/li>/).map { String($0.output.1) }
    #expect(told.count == count * 4, "\(result.output.suffix(2_000)) \(result.errors)")
    for line in told { #expect(line.hasSuffix(" fits"), "\(line)") }
  }

  private static let browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// Loads each page in frames of three widths, with all of it open, and looks for something in it.
  private static func harness(pages: Int) -> String {
    """
    <!DOCTYPE html><html><body><ul id="told"></ul><script>
    const told = text => { const e = document.createElement("li"); e.textContent = text; document.getElementById("told").append(e); };
    async function load(page, width) {
      const frame = document.createElement("iframe");
      frame.width = width; frame.height = 800; frame.src = "page" + page + ".html";
      document.body.append(frame);
      await new Promise(done => frame.onload = done);
      return frame;
    }
    (async () => {
      for (let page = 0; page < \(pages); page++) {
        for (const width of [320, 400, 768]) {
          const frame = await load(page, width), inside = frame.contentDocument;
          for (const e of inside.querySelectorAll("details")) e.open = true;
          const wide = inside.documentElement.scrollWidth;
          told(page + " at " + width + (wide <= width ? " fits" : " is " + wide));
          frame.remove();
        }
        const frame = await load(page, 1200), inside = frame.contentDocument;
        const all = [...inside.querySelectorAll(".c")];
        const field = inside.getElementById("filter");
        field.value = "no such thing"; field.dispatchEvent(new Event("input"));
        const none = all.filter(e => e.offsetParent !== null).length;
        field.value = ""; field.dispatchEvent(new Event("input"));
        const chip = inside.querySelector("input[value=delete]");
        chip.checked = true; chip.dispatchEvent(new Event("change"));
        const seen = all.filter(e => e.offsetParent !== null);
        const isRight = seen.length > 0 && seen.every(e => e.dataset.a === "delete")
          && seen.length === all.filter(e => e.dataset.a === "delete").length;
        told(page + " filters " + none + " " + seen.length + (none === 0 && isRight ? " fits" : " wrong"));
        frame.remove();
      }
    })();
    </script></body></html>
    """
  }
}
