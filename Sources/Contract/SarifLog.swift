internal import Hashing
package import Solutions

/// A check as SARIF 2.1.0, which code hosts and editors read; a format of others, so no `Shape`.
///
/// Files of a package are artifacts inside the package's (`parentIndex`), files of a folder are files. Only fields that we
/// write.
package struct SarifLog: Encodable, Sendable {
  package let schema = "https://json.schemastore.org/sarif-2.1.0.json"
  package let version = "2.1.0"
  package let runs: [Run]

  private enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version
    case runs
  }

  package struct Run: Encodable, Sendable {
    let tool: Tool
    let columnKind = "unicodeCodePoints"
    let artifacts: [Artifact]
    let results: [Result]
  }

  package struct Tool: Encodable, Sendable {
    let driver: Driver
  }

  package struct Driver: Encodable, Sendable {
    let name = "strata"
    let semanticVersion: String
    let rules: [Rule]
  }

  package struct Rule: Encodable, Sendable {
    let id: String
    let name: String
    let shortDescription: Message
    let defaultConfiguration: Configuration
  }

  package struct Configuration: Encodable, Sendable {
    let level: String
  }

  package struct Message: Encodable, Sendable {
    let text: String
  }

  package struct Artifact: Encodable, Sendable {
    let location: ArtifactLocation
    var parentIndex: Int?
    var roles: [String]?
    var hashes: [String: String]?
  }

  package struct ArtifactLocation: Encodable, Sendable, Hashable {
    let uri: String
    var index: Int?
  }

  package struct Result: Encodable, Sendable {
    let ruleId: String
    let ruleIndex: Int
    let level: String
    let message: Message
    let locations: [Location]
    let partialFingerprints: [String: String]
    var suppressions: [Suppression]?
  }

  package struct Suppression: Encodable, Sendable {
    let kind = "external"
    let justification: String
  }

  package struct Location: Encodable, Sendable {
    let physicalLocation: PhysicalLocation
    let logicalLocations: [LogicalLocation]
  }

  package struct PhysicalLocation: Encodable, Sendable {
    let artifactLocation: ArtifactLocation
    var region: Region?
  }

  package struct Region: Encodable, Sendable {
    let startLine: Int
  }

  package struct LogicalLocation: Encodable, Sendable {
    let fullyQualifiedName: String
  }

  /// - Parameters:
  ///   - files: paths of the packages, as they were named, in the order of the reviews.
  ///   - release: of the program.
  ///   - spelled: how the face spells a way to go on.
  package init(
    _ reviews: [Review],
    files: [String],
    release: String,
    spelled: (Remedy) -> String
  ) {
    var making = Making()
    for (review, file) in zip(reviews, files) { making.add(review, file, spelled) }
    runs = [
      Run(
        tool: Tool(driver: Driver(semanticVersion: release, rules: making.rules)),
        artifacts: making.artifacts,
        results: making.results
      )
    ]
  }
}

/// A log as it fills up.
private struct Making {
  private(set) var rules: [SarifLog.Rule] = []
  private(set) var artifacts: [SarifLog.Artifact] = []
  private(set) var results: [SarifLog.Result] = []
  private var indexOfRule: [String: Int] = [:]
  private var indexOfFile: [String: Int] = [:]

  mutating func add(_ review: Review, _ file: String, _ spelled: (Remedy) -> String) {
    let root = artifacts.count
    artifacts.append(
      SarifLog.Artifact(
        location: SarifLog.ArtifactLocation(uri: file.asURI),
        roles: review.isFolder ? ["analysisTarget", "directory"] : ["analysisTarget"],
        hashes: review.isFolder ? nil : ["sha-256": review.package.digest.description]
      )
    )
    indexOfFile = [:]
    for finding in review.findings {
      results.append(result(finding, review, root, file, spelled, reason: nil))
    }
    for (finding, suppression) in review.suppressed {
      results.append(result(finding, review, root, file, spelled, reason: suppression.reason))
    }
  }

  private mutating func result(
    _ finding: Finding,
    _ review: Review,
    _ root: Int,
    _ file: String,
    _ spelled: (Remedy) -> String,
    reason: String?
  ) -> SarifLog.Result {
    let because = finding.because.map { "\nbecause \($0)" }.joined()
    let remedy = finding.remedies.sentence(spelled).map { "\n→ \($0)" } ?? ""
    let rule = index(of: finding.kind)
    let key = "\(review.package.name.text)|\(finding.code)|\(finding.subject)|\(finding.message)"
    return SarifLog.Result(
      ruleId: rules[rule].id,
      ruleIndex: rule,
      level: finding.severity.level,
      message: SarifLog.Message(text: finding.message + because + remedy),
      locations: [
        SarifLog.Location(
          physicalLocation: place(finding.at, root, file, review),
          logicalLocations: [SarifLog.LogicalLocation(fullyQualifiedName: finding.subject)]
        )
      ],
      partialFingerprints: [
        "strataFinding/v1": SHA256Digest(of: Array(key.utf8)).description
      ],
      suppressions: reason.map { [SarifLog.Suppression(justification: $0)] }
    )
  }

  /// One for each code, under the rule that it cites; several codes may cite one rule.
  private mutating func index(of kind: FindingKind) -> Int {
    let id = "\(kind.rule.id)/\(kind.code)"
    if let index = indexOfRule[id] { return index }
    let index = rules.count
    indexOfRule[id] = index
    rules.append(
      SarifLog.Rule(
        id: id,
        name: kind.code,
        shortDescription: SarifLog.Message(text: kind.says),
        defaultConfiguration: SarifLog.Configuration(level: kind.severity.level)
      )
    )
    return index
  }

  /// In a file of the package; the package itself where the finding is at none.
  private mutating func place(
    _ location: Solutions.Location?,
    _ root: Int,
    _ file: String,
    _ review: Review
  ) -> SarifLog.PhysicalLocation {
    guard let location, location.file != review.package.file else {
      return SarifLog.PhysicalLocation(
        artifactLocation: SarifLog.ArtifactLocation(uri: file.asURI, index: root)
      )
    }
    let folder = file.hasSuffix("/") ? file : "\(file)/"
    let uri = (review.isFolder ? folder + location.file : location.file).asURI
    let index = indexOfFile[location.file] ?? artifacts.count
    if index == artifacts.count {
      indexOfFile[location.file] = index
      artifacts.append(
        SarifLog.Artifact(
          location: SarifLog.ArtifactLocation(uri: uri),
          parentIndex: review.isFolder ? nil : root
        )
      )
    }
    return SarifLog.PhysicalLocation(
      artifactLocation: SarifLog.ArtifactLocation(uri: uri, index: index),
      region: location.line > 0 ? SarifLog.Region(startLine: location.line) : nil
    )
  }
}

extension Finding.Severity {
  fileprivate var level: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .info: "note"
    }
  }
}

extension String {
  /// As a reference: relative ones stay so.
  fileprivate var asURI: String {
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/".utf8)
    let hexadecimal = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = Array((hasPrefix("/") ? "file://" : "").utf8)
    for byte in utf8 {
      if plain.contains(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
