import Contract
import Foundation
import Solutions
import TestSupport
import Testing

/// Findings as SARIF 2.1.0.
@Suite("SARIF")
struct SarifTests {
  private func log(_ texts: [(file: String, text: String)], suppressing: [Suppression] = []) throws
    -> [String: Any]
  {
    var used: Set<Int> = []
    let reviews = try texts.map {
      Review(try PackageText($0.text).authored(), suppressing: suppressing, used: &used)
    }
    let log = SarifLog(reviews, files: texts.map(\.file), release: "1.2.3") { $0.plainWords }
    let json = try ShapeCoder.json(bare: log)
    let value = try JSONSerialization.jsonObject(with: Data(json.utf8))
    return try #require(value as? [String: Any])
  }

  private static let text =
    "X 1.0 by DefaultPublisher\ntable abc_t\nresource abc_/a b.js Xrm.Page.x"

  @Test("What is written has the shape that SARIF 2.1.0 asks for")
  func shape() throws {
    let suppression = Suppression(
      rule: "CK-202",
      subject: nil,
      solution: nil,
      reason: "old",
      line: 1
    )
    let log = try log(
      [("dir/a b.zip", Self.text), ("/abs/c.zip", "Y 1.0")],
      suppressing: [suppression]
    )
    let schema = try SarifSchema()
    #expect(schema.problems(log) == [])
    // The check can fail.
    #expect(!schema.problems(["version": "2.0", "runs": []]).isEmpty)
    #expect(!schema.problems(["version": "2.1.0", "runs": [["tool": ["driver": [:]]]]]).isEmpty)
    #expect(
      !schema.problems(["version": "2.1.0", "runs": [["tool": ["driver": ["name": "x"]], "x": 1]]])
        .isEmpty
    )
  }

  @Test(
    "A result names its rule, its file inside the package, its component, and why it is suppressed"
  )
  func results() throws {
    let suppression = Suppression(
      rule: "CK-202",
      subject: nil,
      solution: nil,
      reason: "old",
      line: 1
    )
    let log = try log([("dir/a b.zip", Self.text)], suppressing: [suppression])
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    let rules = try #require(driver["rules"] as? [[String: Any]])
    let artifacts = try #require(run["artifacts"] as? [[String: Any]])
    let results = try #require(run["results"] as? [[String: Any]])
    func uri(_ artifact: [String: Any]) -> String? {
      (artifact["location"] as? [String: Any])?["uri"] as? String
    }
    #expect(uri(artifacts[0]) == "dir/a%20b.zip" && artifacts[0]["parentIndex"] == nil)
    #expect(artifacts.dropFirst().allSatisfy { $0["parentIndex"] as? Int == 0 })
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
      let location = try #require((result["locations"] as? [[String: Any]])?.first)
      let place = try #require(location["physicalLocation"] as? [String: Any])
      let artifact = try #require(place["artifactLocation"] as? [String: Any])
      let file = try #require(artifact["index"] as? Int)
      #expect(uri(artifacts[file]) == artifact["uri"] as? String)
    }
    let ids = results.compactMap { $0["ruleId"] as? String }
    #expect(ids.contains("CK-201/strata.foreign-prefix"))
    let suppressed = results.filter { $0["suppressions"] != nil }
    #expect(suppressed.map { $0["ruleId"] as? String } == ["CK-202/strata.default-publisher"])
    let prints = results.compactMap { $0["partialFingerprints"] as? [String: String] }
    #expect(Set(prints.compactMap { $0["strataFinding/v1"] }).count == results.count)
  }
}

/// The part of JSON Schema that describes SARIF, in the objects that we write.
struct SarifSchema {
  private let root: [String: Any]
  private let definitions: [String: Any]

  init() throws {
    let text = try Repository.text("Tests/Fixtures/Sarif/shape.json")
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    root = try #require(value as? [String: Any])
    definitions = try #require(root["definitions"] as? [String: Any])
  }

  func problems(_ value: Any) -> [String] { problems(value, root, "") }

  private func problems(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
    if let name = schema["$ref"] as? String {
      guard let target = definitions[name] as? [String: Any] else { return ["\(path): no \(name)"] }
      return problems(value, target, path)
    }
    if let words = schema["enum"] as? [String] {
      return (value as? String).map { words.contains($0) } == true
        ? [] : ["\(path): \(value) is none of \(words)"]
    }
    switch schema["type"] as? String {
    case "object": return object(value, schema, path)
    case "array":
      guard let list = value as? [Any] else { return ["\(path): no array"] }
      guard let items = schema["items"] as? [String: Any] else { return [] }
      return list.enumerated().flatMap { problems($1, items, "\(path)[\($0)]") }
    case "integer":
      guard let number = value as? Int else { return ["\(path): no integer"] }
      return number < schema["minimum"] as? Int ?? .min ? ["\(path): \(number) is too small"] : []
    case "number": return value is NSNumber ? [] : ["\(path): no number"]
    case "boolean": return value is Bool ? [] : ["\(path): no boolean"]
    default: return value is String ? [] : ["\(path): no string"]
    }
  }

  private func object(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
    guard let object = value as? [String: Any] else { return ["\(path): no object"] }
    let required = schema["required"] as? [String] ?? []
    let properties = schema["properties"] as? [String: Any] ?? [:]
    let missing = required.filter { object[$0] == nil }.map { "\(path): no \($0)" }
    return missing
      + object.flatMap { key, value -> [String] in
        if let known = properties[key] as? [String: Any] {
          return problems(value, known, "\(path)/\(key)")
        }
        if let others = schema["additionalProperties"] as? [String: Any] {
          return problems(value, others, "\(path)/\(key)")
        }
        return schema["additionalProperties"] as? Bool == false
          ? ["\(path): \(key) is unknown"] : []
      }
  }
}
