import EnvironmentSupport
import FoundationEssentials
import Lifecycle
import SolutionPackages
import SolutionStore
import Solutions
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Rows that follow from their number, for every column that can be written.
struct GeneratedRows: RowSource, Sendable {
  let header: [String]
  private let columns: [Column]
  private let count: Int
  private let seed: Int
  private var number = 0

  /// - Parameter targets: tables that have as many rows, whose ids follow from their number.
  init(_ table: Table, count: Int, targets: Set<String>) {
    columns = table.columns.filter { column in
      // A state follows from its status.
      guard !column.isComputed, !["versionnumber", "statecode"].contains(column.name) else {
        return false
      }
      switch column.type {
      case .lookup(let tables): return tables.count == 1 && targets.contains(tables[0])
      case .other: return false
      default: return true
      }
    }
    header = columns.map(\.name)
    self.count = count
    seed = table.name.utf8.reduce(7) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
  }

  static func id(_ table: String, _ number: Int) -> String {
    GUID(from: "test", table, String(number)).description
  }

  mutating func next(_ fields: inout [String]) -> Int? {
    guard number < count else { return nil }
    defer { number += 1 }
    for (position, column) in columns.enumerated() {
      // Some values are missing, others in other columns.
      let isEmpty =
        column.type != .primaryKey && !column.isSystemRequired
        && (number + position + seed) % 5 == 0
      fields[position] = isEmpty ? "" : value(of: column, position)
    }
    return number + 2
  }

  private func value(of column: Column, _ position: Int) -> String {
    // The state says which status it is.
    if column.name == "statuscode" { return "" }
    let mixed = number * 37 + position * 11 + seed
    switch column.type {
    case .primaryKey: return Self.id(String(column.name.dropLast(2)), number)
    case .uniqueIdentifier: return Self.id("other", mixed)
    case .text(let lengthMax):
      return String("\(mixed) “\(column.name)”, 🐢".prefix((lengthMax ?? 20) / 2))
    case .integer(let min, let max):
      return String(Swift.max(min ?? 0, Swift.min(max ?? 99, mixed % 100)))
    case .bigInteger: return String(mixed)
    case .decimal(let places, let min, let max):
      let low = Swift.max(0, min.flatMap { Double($0) } ?? 0)
      let high = Swift.max(low, max.flatMap { Double($0) } ?? 9)
      let whole = low + Double(mixed % 10).truncatingRemainder(dividingBy: Swift.max(1, high - low))
      return places > 0 && whole + 0.5 <= high ? "\(Int(whole)).5" : "\(Int(whole))"
    case .float(let min, let max):
      return String(Swift.max(min ?? 0, Swift.min(max ?? 9, Double(mixed % 10) / 2)))
    case .boolean: return mixed % 2 == 0 ? "true" : "false"
    case .choice(let values), .choices(let values):
      guard let values, !values.isEmpty else { return "" }
      return String(values[mixed % values.count])
    case .dateTime: return "2026-0\(mixed % 9 + 1)-1\(mixed % 10)T10:0\(mixed % 10):00Z"
    case .lookup(let tables): return Self.id(tables[0], mixed % count)
    case .file, .image: return "aGk="
    case .other: return ""
    }
  }
}

extension Table {
  /// Tables that a row of this one has to lead to.
  fileprivate var required: Set<String> {
    columns.reduce(into: []) { found, column in
      guard column.isSystemRequired, case .lookup(let tables) = column.type, tables.count == 1
      else {
        return
      }
      found.formUnion(tables)
    }
  }
}

@Suite(
  "Real packages with rows",
  .enabled(if: Corpus.isPresent, "the corpus is not beside the checkout")
)
struct CorpusRowTests {
  /// `STRATA_ROWS=100000` makes a night's work of it.
  static let count = getenv("STRATA_ROWS").flatMap { Int(String(cString: $0)) } ?? 40

  private func archive(_ name: String, without column: String? = nil) throws -> Request.Archive {
    var bytes = try Repository.bytes("\(Corpus.folder)/\(name)")
    if let column {
      let script = "\(Repository.root)/Tests/Reference/without-column.py"
      let file = TestEnvironment.newPath() + ".zip"
      _ = Program.run(
        "/usr/bin/env",
        ["python3", script, "\(Corpus.folder)/\(name)", column, file]
      )
      bytes = try Repository.bytes(file)
      unlink(file)
    }
    return Request.Archive(package: try PackageReader().read(bytes, file: name), bytes: bytes)
  }

  private func rows(_ environment: TestEnvironment) throws -> [String: String] {
    let script = "\(Repository.root)/Tests/Reference/rows.py"
    let printed = try #require(Program.run("/usr/bin/env", ["python3", script, environment.path]))
    #expect(printed.status == 0)
    return Dictionary(
      printed.output.split(separator: "\n").map { line in
        let words = line.split(separator: " ", maxSplits: 1)
        return (String(words[0]), String(words[1]))
      }
    ) { first, _ in first }
  }

  /// First the rows with what they cannot be without, then what they lead to, then pairs of them.
  private func fill(_ environment: TestEnvironment) async throws {
    let tables = try await environment.lifecycle.beneath.read { session in
      try session.tableNames().filter { $0.hasPrefix("mshied_") }.compactMap {
        try session.table($0)
      }
    }
    #expect(tables.count > 15)
    // Tables whose primary key is not made of their name have ids of their own.
    let targets = Set(tables.filter { $0.primaryKey == "\($0.name)id" }.map(\.name))
    func write(_ table: Table, _ targets: Set<String>, _ mode: RowWriting.Mode) async throws {
      let source = GeneratedRows(table, count: Self.count, targets: targets)
      _ = try await environment.lifecycle.importRows(source, into: table.name, mode: mode)
    }
    let pairs = tables.filter { $0.column("createdon") == nil }
    var waiting = tables.filter { $0.column("createdon") != nil }
    var written: Set<String> = []
    while !waiting.isEmpty {
      let ready = waiting.filter { $0.required.subtracting([$0.name]).isSubset(of: written) }
      try #require(!ready.isEmpty, "\(waiting.map(\.name)) need each other")
      for table in ready { try await write(table, table.required, .insert) }
      written.formUnion(ready.map(\.name))
      waiting.removeAll { written.contains($0.name) }
    }
    for table in tables where written.contains(table.name) {
      try await write(table, targets, .upsert(key: nil))
    }
    for table in pairs where table.required.isSubset(of: written) {
      try await write(table, targets, .insert)
    }
  }

  /// Rows and values that a plan says would be lost, against another program's counts.
  private func check(_ plan: Plan, _ counted: [String: String]) {
    for change in plan.changes where change.action == .delete {
      switch change.id.type {
      case .number(1):
        let rows = counted[change.id.key]?.split(separator: " ").first.map(String.init) ?? "0"
        #expect(change.dataLoss?.rows.map(String.init) == rows, "\(change.name)")
      case .number(2):
        #expect(
          change.dataLoss?.values.map(String.init) == counted[change.id.key] ?? "0",
          "\(change.name)"
        )
      default: break
      }
    }
  }

  @Test(
    "Filled tables: what a plan counts is what another program counts, and a rollback gives all of it back",
    arguments: [
      (
        "EducationAcceleratorCommon_4_0_3_0_managed.zip",
        "EducationAcceleratorCommon_5_0_3_0_managed.zip", 0
      ),
      (
        "Dynamics365HigherEducationAccelerator_1_0_0_6_managed.zip",
        "Dynamics365HigherEducationAccelerator_1_0_1_6_managed.zip", 11
      ),
    ]
  )
  func upgrade(old: String, new: String, columnsLost: Int) async throws {
    let environment = try await TestEnvironment()
    let options = PlanOptions(assumesPresent: true)
    // The one column whose type changes under its name would refuse the upgrade (LC-500).
    let first = try archive(old, without: columnsLost == 0 ? nil : "mshied_isdeceased")
    try await environment.lifecycle.perform(.importing([first], options), consent: .all)
    try await fill(environment)
    let before = try rows(environment)
    let request = Request.importing([try archive(new)], options)
    check(try await environment.lifecycle.plan(request), before)
    let done = try await environment.lifecycle.perform(request, consent: .all)
    check(done.plan, before)
    #expect(
      done.plan.changes.count { $0.action == .delete && $0.id.type == .number(2) } == columnsLost
    )
    let trash = try await environment.lifecycle.beneath.read { try $0.trash(counts: true) }
    for change in done.plan.changes where change.dataLoss != nil {
      let entry = trash.first { $0.component == change.id }
      #expect(entry?.count == change.dataLoss?.values ?? change.dataLoss?.rows, "\(change.name)")
    }
    #expect(try await environment.broken() == [])
    let number = try #require(done.operation)
    try await environment.lifecycle.perform(.rollback(number), consent: .all)
    let after = try rows(environment)
    #expect(after == before)
    #expect(try await environment.broken() == [])
  }
}
