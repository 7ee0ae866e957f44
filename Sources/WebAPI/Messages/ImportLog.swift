internal import OData
package import Solutions
internal import XML

/// What the plan of an import says that it brings.
package struct ImportReport: Sendable {
  package struct Part: Sendable {
    /// As the platform calls it: `Entity`.
    package let kind: String
    package let name: String
    package let title: String?

    package init(kind: String, name: String, title: String?) {
      (self.kind, self.name, self.title) = (kind, name, title)
    }
  }

  package let version: String
  package let publisher: String
  package let isManaged: Bool
  /// Those that it changes.
  package let parts: [Part]
  /// What it needs and was not there, where that is why it was refused.
  package let missing: [MissingDependency]

  package init(
    version: String,
    publisher: String,
    isManaged: Bool,
    parts: [Part],
    missing: [MissingDependency]
  ) {
    (self.version, self.publisher) = (version, publisher)
    (self.isManaged, self.parts, self.missing) = (isManaged, parts, missing)
  }
}

/// What became of an import, as its readers look for it.
struct ImportLog {
  private let job: SolutionJob
  private let report: ImportReport?

  init(_ job: SolutionJob, _ request: WebRequest) async throws {
    self.job = job
    report = try await request.desk?.report(of: job.id)
  }

  private func ticks(_ moment: Timestamp) -> Int {
    moment.milliseconds * 10_000 + 621_355_968_000_000_000
  }

  private var ended: Int { ticks(job.ended ?? job.started) }
  /// `12:00:00.00`.
  private var clock: String {
    "\((job.ended ?? job.started).description.dropFirst(11).prefix(11))"
  }

  private var isOver: Bool { job.ended != nil }
  private var outcome: String { job.state == .done ? "success" : "failure" }
  private var code: String { job.state == .failed ? job.platformCode : "0" }
  private var name: String { (job.solution ?? "").attribute }

  var xml: String {
    let status = job.state == .running ? "Importing" : job.state == .done ? "Imported." : "Failed."
    return """
      <importexportxml start="\(ticks(job.started))" stop="\(ended)" \
      progress="\(isOver ? 100 : job.percent).00" processed="\(isOver)" \
      succeeded="\(isOver ? outcome : "")" status="\(status)"><solutionManifests>\
      <solutionManifest languagecode="1033" id="\(name)" LocalizedName="\(name)" processed="\(isOver)">\
      <UniqueName>\(name)</UniqueName>\(manifest)\(missing)<results>\(warnings)</results>\(result)</solutionManifest>\
      </solutionManifests><entities>\(parts("entity") { $0 == "Entity" })</entities>\
      <optionSets>\(parts("optionSet") { $0 == "OptionSet" })</optionSets>\
      <rootComponents>\(parts("rootComponent") { !["Entity", "OptionSet"].contains($0) })</rootComponents>\
      </importexportxml>
      """
  }

  private var manifest: String {
    guard let report else { return "" }
    return """
      <LocalizedNames><LocalizedName description="\(name)" languagecode="1033"/></LocalizedNames><Descriptions/>\
      <Version>\(report.version.attribute)</Version><Managed>\(report.isManaged ? 1 : 0)</Managed>\
      <Publisher><UniqueName>\(report.publisher.attribute)</UniqueName></Publisher>
      """
  }

  private var missing: String {
    guard isOver, let report, !report.missing.isEmpty else { return "" }
    let entries = report.missing.enumerated().map { place, need in
      let required = need.end(need.required, "Required", key: 2 * place, from: need.provider)
      let dependent = need.end(need.dependent, "Dependent", key: 2 * place + 1, from: nil)
      return "<MissingDependency>\(required)\(dependent)</MissingDependency>"
    }
    return "<MissingDependencies>\(entries.joined())</MissingDependencies>"
  }

  private var warnings: String {
    job.warnings.map {
      "<result result=\"warning\" errorcode=\"0\" errortext=\"\($0.attribute)\"/>"
    }.joined()
  }

  private var result: String {
    guard isOver else { return "" }
    return
      "<result result=\"\(outcome)\" errorcode=\"\(code)\" errortext=\"\((job.failure ?? "").attribute)\" datetime=\"\(clock)\" datetimeticks=\"\(ended)\"/>"
  }

  /// Nothing of an import that is refused has been done to any of them.
  private func parts(_ element: String, where isMeant: (String) -> Bool) -> String {
    (report?.parts ?? []).filter { isMeant($0.kind) }.map { part in
      let result =
        job.state == .done
        ? "<result result=\"success\" errorcode=\"0\" errortext=\"\" datetime=\"\(clock)\" datetimeticks=\"\(ended)\"/>"
        : ""
      return """
        <\(element) id="\(part.name.attribute)" LocalizedName="\((part.title ?? part.name).attribute)" \
        type="\(part.kind.attribute)" processed="\(job.state == .done)">\(result)</\(element)>
        """
    }.joined()
  }

  // MARK: As a workbook

  /// SpreadsheetML of 2003: a sheet about the package, and one with its components.
  var workbook: String {
    let facts = [
      ["Solution", job.solution ?? ""], ["Version", report?.version ?? ""],
      ["Managed", report.map { $0.isManaged ? "Yes" : "No" } ?? ""],
      ["Publisher", report?.publisher ?? ""],
      ["Result", isOver ? outcome : ""], ["ErrorCode", code], ["ErrorText", job.failure ?? ""],
    ]
    let isDone = job.state == .done
    let parts = (report?.parts ?? []).map { part in
      [part.kind, part.name, part.title ?? "", isDone ? "success" : "unprocessed", "0", ""]
    }
    let warnings = job.warnings.map { ["", "", "", "warning", "0", $0] }
    let heads = ["Type", "Id", "LocalizedName", "Result", "ErrorCode", "ErrorText"]
    return """
      <?xml version="1.0" encoding="utf-8"?><?mso-application progid="Excel.Sheet"?>\
      <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" \
      xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">\
      \(Self.sheet("Solution", facts))\(Self.sheet("Components", [heads] + parts + warnings))</Workbook>
      """
  }

  private static func sheet(_ name: String, _ rows: [[String]]) -> String {
    let lines = rows.map { row in
      let cells = row.map { "<Cell><Data ss:Type=\"String\">\($0.attribute)</Data></Cell>" }
      return "<Row>\(cells.joined())</Row>"
    }
    return "<Worksheet ss:Name=\"\(name)\"><Table>\(lines.joined())</Table></Worksheet>"
  }
}

extension Operation {
  static let retrieveFormattedImportJobResults = Operation(
    function: "RetrieveFormattedImportJobResults"
  ) { _, request, parameters in
    let log = try await ImportLog(try await request.importJob(parameters), request)
    return Operations.answer("RetrieveFormattedImportJobResults", request) {
      $0.member("FormattedResults", log.workbook)
    }
  }
}

extension WebRequest {
  /// The job that a function asks for.
  func importJob(_ parameters: Operation.Parameters) async throws -> SolutionJob {
    let id = try parameters.guid("ImportJobId")
    let job = try await requireDesk().jobs().first { $0.importJob == id }
    guard let job else { throw WebError(400, "0x80044252", "there is no import job \(id)") }
    return job
  }
}

extension MissingDependency {
  /// - Parameters:
  ///   - key: where the manifest gives none.
  ///   - solution: that brings it.
  fileprivate func end(_ end: End, _ tag: String, key: Int, from solution: String?) -> String {
    let fields = MissingFields(self, end, tag)
    let stated = element?.child(tag)?.attribute("key")
    let attributes: [(String, String?)] = [
      ("key", stated ?? String(key)), ("type", String(fields.type)), ("id", fields.id),
      ("schemaName", fields.schemaName), ("displayName", fields.displayName),
      ("solution", solution), ("parentSchemaName", fields.parentSchemaName),
      ("parentDisplayName", fields.parentDisplayName),
    ]
    let said = attributes.compactMap { name, value in
      value.map { " \(name)=\"\($0.attribute)\"" }
    }
    return "<\(tag)\(said.joined())/>"
  }
}
