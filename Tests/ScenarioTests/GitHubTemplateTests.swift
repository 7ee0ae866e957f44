import Foundation
import TestSupport
import Testing

/// The shell of the GitHub template, run as it stands, with stand-ins for the programs that it calls.
@Suite("CI template for GitHub")
struct GitHubTemplateTests {
  private func planned(_ place: TemplatePlace, new: String = "out/S.zip") throws -> Program.Result {
    try place.run(
      try Template.steps("github-action.yml")["Plan"],
      [
        "NEW": new, "OLD": "released/S.zip", "BASE": place.base,
        "RUNNER_TEMP": place.folder + "/temp", "GITHUB_OUTPUT": place.folder + "/output",
        "GITHUB_STEP_SUMMARY": place.folder + "/summary",
      ],
      isStrict: true
    )
  }

  @Test(
    "What is released comes from the base commit, and status and digest go on",
    arguments: [0, 2, 3, 4]
  )
  func plan(status: Int) throws {
    let place = try TemplatePlace()
    try place.strata(status)
    let result = try planned(place)
    #expect(result.status == 0, "\(result.errors)")
    #expect(place.text("output") == "status=\(status)\ndigest=\(Template.digest)\n")
    #expect(place.text("summary") == "# Plan\n")
    let asked = place.text("strata.log")
    #expect(
      asked.hasPrefix(
        "plan out/S.zip --against \(place.folder)/temp/released.zip --out report/plan.json"
      )
    )
    #expect(asked.hasSuffix("released"))
    #expect(result.output.isEmpty)
  }

  @Test("Without a released package the new one is planned alone")
  func planOfFirst() throws {
    let place = try TemplatePlace(released: nil)
    try place.strata(2)
    #expect(try planned(place).status == 0)
    #expect(place.text("strata.log").hasPrefix("plan out/S.zip --out"))
  }

  @Test("What is no plan fails, and its words are no commands", arguments: [1, 64, 139])
  func noPlan(status: Int) throws {
    let place = try TemplatePlace()
    try place.strata(status)
    let result = try planned(place)
    #expect(result.status == Int32(status))
    #expect(place.text("output").isEmpty)
    #expect(result.output.split(separator: "\n").allSatisfy { $0.hasPrefix("| ") })
  }

  @Test("The program itself makes the plan, and its digest is the one that goes on")
  func planOfProgram() throws {
    let place = try TemplatePlace(released: nil)
    let program = try #require(Program.strata)
    try place.program("strata", "exec '\(program)' \"$@\"")
    let package = "\(Repository.root)/Examples/FieldService_1_1_0_0_managed.zip"
    try FileManager.default.copyItem(atPath: package, toPath: place.folder + "/work/out/N.zip")
    let result = try planned(place, new: "out/N.zip")
    #expect(result.status == 0, "\(result.errors)")
    let plan = try JSONSerialization.jsonObject(
      with: Data(place.text("work/report/plan.json").utf8)
    )
    let digest = try #require((plan as? [String: Any])?["digest"] as? String)
    #expect(place.text("output") == "status=2\ndigest=\(digest)\n")
    #expect(place.text("work/report/plan.md").contains(digest))
  }

  private func commented(
    _ place: TemplatePlace,
    status: String,
    _ report: String = "# Plan\n"
  ) throws -> Program.Result {
    try FileManager.default.createDirectory(
      atPath: place.folder + "/work/report",
      withIntermediateDirectories: true
    )
    try place.write(report, to: "work/report/plan.md")
    return try place.run(
      try Template.steps("github-action.yml")["Comment"],
      [
        "NAME": "S", "GH_TOKEN": "t", "REPOSITORY": "o/r", "NUMBER": "7", "STATUS": status,
        "DIGEST": Template.digest,
      ],
      isStrict: true
    )
  }

  @Test("A comment is made once and then replaced; it names the label for this plan")
  func comment() throws {
    for (known, expected) in [
      ("", "-X POST repos/o/r/issues/7/comments"), ("41", "-X PATCH repos/o/r/issues/comments/41"),
    ] {
      let place = try TemplatePlace()
      try place.program(
        "gh",
        "case \"$*\" in *--jq*) echo '\(known)' ;; *) cat comment.md > \"$log.body\" ;; esac"
      )
      let result = try commented(place, status: "3")
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output.isEmpty)
      let calls = place.text("gh.log").split(separator: "\n")
      #expect(calls.count == 2)
      #expect(calls.first?.contains("startswith(\"<!-- strata S -->\")") == true)
      #expect(calls.last?.contains(expected) == true)
      let body = place.text("gh.log.body")
      #expect(body.hasPrefix("<!-- strata S -->\n# Plan\n"))
      #expect(body.contains("`\(Template.label)`"))
    }
  }

  @Test("Who may not comment is warned, and the job goes on")
  func noComment() throws {
    let place = try TemplatePlace()
    try place.program("gh", "echo '::error::secret of a package' >&2; exit 1")
    let result = try commented(place, status: "2")
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("::warning::") && !result.output.contains("secret"))
    #expect(result.errors.isEmpty)
  }

  @Test("The verdict is the plan's, and consent is for this plan alone")
  func verdict() throws {
    let others = "destroys data\ndestroys 0000000000000000\n\(Template.label)0"
    for (status, labels, expected) in [
      ("0", "", 0), ("2", "", 0), ("3", "", 1), ("3", others, 1),
      ("3", others + "\n" + Template.label, 0),
      ("4", Template.label, 1), ("", Template.label, 1), ("1", Template.label, 1),
    ] {
      let place = try TemplatePlace()
      try place.program("gh", "printf '%s\\n' '\(labels)'")
      let result = try place.run(
        try Template.steps("github-action.yml")["Verdict"],
        [
          "GH_TOKEN": "t", "REPOSITORY": "o/r", "NUMBER": "7", "STATUS": status,
          "DIGEST": Template.digest,
        ],
        isStrict: true
      )
      #expect(result.status == Int32(expected), "\(status), \(labels)")
      #expect(result.output.isEmpty == (expected == 0))
    }
  }

  @Test("Labels that cannot be asked for are no consent")
  func noLabels() throws {
    let place = try TemplatePlace()
    try place.program("gh", "exit 1")
    let given = [
      "GH_TOKEN": "t", "REPOSITORY": "o/r", "NUMBER": "7", "STATUS": "3", "DIGEST": Template.digest,
    ]
    let step = try Template.steps("github-action.yml")["Verdict"]
    #expect(try place.run(step, given, isStrict: true).status == 1)
  }
}
