import TestSupport
import Testing

/// The fuzzer is linked by hand, at night: what it needs is known before.
@Suite("Tidy fuzzing")
struct FuzzTidyTests {
  /// In the order of `Fuzz/run`.
  private func modules() throws -> [String] {
    let script = try Repository.text("Fuzz/run")
    let line = try #require(script.firstMatch(of: /for module in ([A-Za-z ]+); do/))
    return line.output.1.split(separator: " ").map(String.init)
  }

  private func imports(of files: [String]) throws -> Set<String> {
    try files.filter { $0.hasSuffix(".swift") }.reduce(into: []) { imports, file in
      for match in try Repository.text(file).matches(of: /(?m)^(?:[@a-z]+ )*import (\w+)/) {
        imports.insert(String(match.output.1))
      }
    }
  }

  @Test("Fuzz/run links what the modules that it links import, of ours and of Yams")
  func closed() throws {
    let modules = try modules()
    let known = Set(modules)
    #expect(known.isSuperset(of: ["FuzzEntry", "Solutions", "CYaml"]))
    for module in modules where !["CYaml", "Yams"].contains(module) {
      let folder = module == "FuzzEntry" ? "Fuzz/Entry" : "Sources/\(module)"
      let imported = try imports(of: Repository.files(below: folder).map { "\(folder)/\($0)" })
      // Libraries of the system have a map and no code.
      let ours = imported.filter { name in
        Repository.files(below: "Sources/\(name)").contains {
          $0.hasSuffix(".swift") || $0.hasSuffix(".c")
        }
      }
      let missing = ours.union(imported.intersection(["Yams"])).subtracting(known)
      #expect(missing.isEmpty, "\(module) imports \(missing.sorted())")
      #expect(!imported.contains("TestSupport"), "it is built for tests alone")
    }
  }
}
