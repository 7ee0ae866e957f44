import Foundation
import TestSupport
import Testing

/// The steps of the CI templates, and what the plans of their tests are called.
enum Template {
  /// In the plan that the stand-in of `strata` writes.
  static let digest = "sha256:73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac"
  static let label = "destroys 73cb3858a687a849"

  /// A step of a template.
  struct Step {
    let name: String
    let script: String
    /// Names of the variables that the step is given.
    let variables: Set<String>
  }

  /// Steps with a script, by name; the templates are written so that a few rules about indentation read them.
  static func steps(_ file: String) throws -> [String: Step] {
    let lines = try Repository.text("ci-templates/\(file)")
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    func indent(_ line: String) -> Int { line.prefix { $0 == " " }.count }
    var found: [String: Step] = [:]
    for (at, line) in lines.enumerated() {
      let key = line.trimmingCharacters(in: .whitespaces)
      guard key == "run: |" || key == "- bash: |" else { continue }
      let depth = indent(line)
      let body = lines[(at + 1)...].prefix { $0.isEmpty || indent($0) > depth }
      let inner = body.first { !$0.isEmpty }.map(indent) ?? 0
      let script = body.prefix { $0.isEmpty || indent($0) >= inner }
        .map { $0.isEmpty ? "" : String($0.dropFirst(inner)) }
      // What belongs to the step stands before `run`, and behind `bash`.
      var own = lines[(at + 1 + script.count)...].prefix { indent($0) > depth }
      if key == "run: |" {
        let start = lines[..<at].lastIndex { $0.contains("- name: ") } ?? at
        own = lines[start..<at]
      }
      let title = own.compactMap { line -> String? in
        ["- name: ", "displayName: "].lazy.compactMap { line.range(of: $0) }.first
          .map { String(line[$0.upperBound...]) }
      }
      let variables = own.compactMap { $0.prefixMatch(of: #/ +([A-Z_]+): /#)?.output.1 }
      let name = try #require(title.first)
      found[name] = Step(
        name: name,
        script: script.joined(separator: "\n") + "\n",
        variables: Set(variables.map(String.init))
      )
    }
    return found
  }
}

/// A folder with a repository of two commits, stand-ins and what they were asked.
final class TemplatePlace {
  let folder = FileManager.default.temporaryDirectory.path + "/strata-ci-\(UUID().uuidString)"
  private(set) var base = ""

  init(released: String? = "released") throws {
    try FileManager.default.createDirectory(
      atPath: folder + "/bin",
      withIntermediateDirectories: true
    )
    // The pull request replaces the released package, too.
    let old = released.map { "mkdir -p released && printf \($0) > released/S.zip && " } ?? ""
    let git = "git -c user.name=a -c user.email=a@b -c commit.gpgsign=false"
    let result = try #require(
      Program.run(
        "/bin/bash",
        [
          "-c",
          """
          mkdir -p '\(folder)/work' '\(folder)/temp' && cd '\(folder)/work' && git init -q . && \(old)
          printf a > a && git add . && \(git) commit -qm base && git rev-parse HEAD &&
          mkdir -p out released && printf new > out/S.zip && printf forged > released/S.zip && git add . &&
          \(git) commit -qm change
          """,
        ]
      )
    )
    base = result.output.trimmingCharacters(in: .whitespacesAndNewlines)
    try #require(result.status == 0 && base.count == 40, "\(result.errors)")
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func write(_ text: String, to file: String) throws {
    try text.write(toFile: "\(folder)/\(file)", atomically: true, encoding: .utf8)
  }

  /// - Parameter body: shell; `$log` is a file that it may note things in.
  func program(_ name: String, _ body: String) throws {
    let text =
      "#!/bin/bash\nlog='\(folder)/\(name).log'\nprintf '%s\\n' \"$*\" >> \"$log\"\n\(body)\n"
    try write(text, to: "\(name).txt")
    // By a program of its own: what is open for writing here when another test starts one cannot be run.
    let made = Program.run(
      "/bin/sh",
      ["-c", "cp \(name).txt bin/\(name) && chmod 755 bin/\(name)"],
      folder: folder
    )
    try #require(made?.status == 0)
  }

  func text(_ file: String) -> String {
    (try? String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)) ?? ""
  }

  func run(_ step: Template.Step?, _ given: [String: String], isStrict: Bool) throws
    -> Program.Result
  {
    let step = try #require(step)
    for name in given.keys where name == name.uppercased() {
      let isOurs = ["NAME", "NEW", "OLD", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "RUNNER_TEMP"]
      #expect(
        step.variables.contains(name) || isOurs.contains(name),
        "\(step.name) has no \(name)"
      )
    }
    try write(step.script, to: "script.sh")
    let all = given.merging(["PATH": "\(folder)/bin:/usr/bin:/bin"]) { $1 }
    let environment = all.map { "\($0)=\($1)" }
    return try #require(
      Program.run(
        "/usr/bin/env",
        ["-i"] + environment + ["/bin/bash"] + (isStrict ? ["-e"] : []) + ["\(folder)/script.sh"],
        folder: "\(folder)/work"
      )
    )
  }

  /// A `strata` that ends with a status and writes what it is asked to.
  func strata(_ status: Int) throws {
    try program(
      "strata",
      """
      while [ $# -gt 0 ]; do
        case "$1" in
          --against) cat "$2" >> "$log"; shift ;;
          --markdown) echo '# Plan' > "$2"; shift ;;
          --out) printf '{\\n  "digest" : "\(Template.digest)",\\n  "x" : {\\n    "digest" : "no"\\n  }\\n}\\n' > "$2"; shift ;;
          --html) echo x > "$2"; shift ;;
        esac
        shift
      done
      echo '##vso[task.setvariable variable=planStatus]0 ::error::x' >&2
      exit \(status)
      """
    )
  }
}
