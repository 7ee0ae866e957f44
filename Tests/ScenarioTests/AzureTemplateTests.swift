import Foundation
import TestSupport
import Testing

/// The shell of the Azure DevOps template, run as it stands, with stand-ins for the programs that it calls.
@Suite("CI template for Azure DevOps")
struct AzureTemplateTests {
  private let azure = [
    "COLLECTION": "https://c/", "PROJECT": "p", "REPOSITORY": "r", "TOKEN": "SECRET",
  ]

  @Test(
    "What is released comes from the branch that the change goes into",
    arguments: ["7", "$(System.PullRequest.PullRequestId)"]
  )
  func azurePlan(number: String) throws {
    let place = try TemplatePlace()
    try place.strata(3)
    let result = try place.run(
      try Template.steps("azure-devops-step.yml")["Plan the solution upgrade"],
      [
        "NEW": "out/S.zip", "OLD": "released/S.zip", "REPORT": place.folder + "/temp/report",
        "PULL_REQUEST": number,
      ],
      isStrict: false
    )
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.output
        == "##vso[task.setvariable variable=planStatus]3\n##vso[task.setvariable variable=planDigest]\(Template.digest)\n"
    )
    #expect(place.text("strata.log").hasSuffix(number == "7" ? "released" : "forged"))
  }

  @Test("What is no plan fails, and none of its words reach the log")
  func azureNoPlan() throws {
    let place = try TemplatePlace()
    try place.strata(1)
    let result = try place.run(
      try Template.steps("azure-devops-step.yml")["Plan the solution upgrade"],
      [
        "NEW": "out/S.zip", "OLD": "released/S.zip", "REPORT": place.folder + "/temp/report",
        "PULL_REQUEST": "7",
      ],
      isStrict: false
    )
    #expect(result.status == 1)
    #expect(!result.output.contains("##"))
    #expect(result.errors.isEmpty)
  }

  @Test("One thread, found by its property; the token is in no argument")
  func azureComment() throws {
    let other = #"{"id": 4, "properties": {"strata": {"$value": "T"}}}"#
    let own = #"{"id": 5, "properties": {"strata": {"$value": "S"}}}"#
    for (threads, expected) in [
      (other, "-X POST"), ("\(other), \(own)", "/threads/5/comments/1?api-version=7.1"),
    ] {
      let place = try TemplatePlace()
      try place.program(
        "curl",
        "case \"$*\" in *--data*) for a in \"$@\"; do case \"$a\" in @*) cat \"${a#@}\" > \"$log.body\" ;; esac; done ;; *) echo '{\"value\": [\(threads)]}' ;; esac"
      )
      let report = place.folder + "/temp/report"
      try FileManager.default.createDirectory(atPath: report, withIntermediateDirectories: true)
      try place.write("# Plan\n", to: "temp/report/plan.md")
      let given = azure.merging([
        "NAME": "S", "REPORT": report, "STATUS": "3", "DIGEST": Template.digest,
        "PULL_REQUEST": "7",
      ]) { $1 }
      let step = try Template.steps("azure-devops-step.yml")["Comment on the pull request"]
      let result = try place.run(step, given, isStrict: false)
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output == "##vso[task.uploadsummary]\(report)/plan.md\n")
      let calls = place.text("curl.log").split(separator: "\n")
      #expect(calls.count == 2)
      #expect(calls.last?.contains(expected) == true, "\(calls)")
      #expect(!place.text("curl.log").contains("SECRET"))
      #expect(!FileManager.default.fileExists(atPath: place.folder + "/temp/curl.conf"))
      let body = place.text("curl.log.body")
      #expect(
        body.contains("# Plan") && body.contains(Template.label)
      )
      #expect(body.contains("\"strata\": \"S\"") == expected.hasPrefix("-X"))
    }
  }

  @Test("A comment that cannot be made is a warning")
  func azureNoComment() throws {
    let place = try TemplatePlace()
    try place.program("curl", "exit 22")
    let report = place.folder + "/temp/report"
    try FileManager.default.createDirectory(atPath: report, withIntermediateDirectories: true)
    try place.write("# Plan\n", to: "temp/report/plan.md")
    let given = azure.merging([
      "NAME": "S", "REPORT": report, "STATUS": "2", "DIGEST": Template.digest, "PULL_REQUEST": "7",
    ]) { $1 }
    let step = try Template.steps("azure-devops-step.yml")["Comment on the pull request"]
    let result = try place.run(step, given, isStrict: false)
    #expect(result.status == 0)
    #expect(result.output.contains("type=warning"))
  }

  @Test("The verdict is the plan's, and consent is for this plan alone")
  func azureVerdict() throws {
    let own = #"{"name": "\#(Template.label)", "active": true}"#
    let gone = #"{"name": "\#(Template.label)", "active": false}"#
    for (status, labels, agreed, expected) in [
      ("0", "", "", 0), ("2", "", "", 0), ("3", "", "", 1), ("3", gone, "", 1), ("3", own, "", 0),
      ("3", "", Template.digest, 0), ("3", "", "sha256:0", 1), ("4", own, Template.digest, 1),
      ("$(planStatus)", own, "", 1), ("3", "x", "", 1),
    ] {
      let place = try TemplatePlace()
      try place.program("curl", "echo '{\"value\": [\(labels)]}'")
      let given = azure.merging([
        "STATUS": status, "DIGEST": Template.digest, "AGREED": agreed, "PULL_REQUEST": "7",
        "AGENT_TEMP": place.folder + "/temp",
      ]) { $1 }
      let step = try Template.steps("azure-devops-step.yml")["Verdict"]
      let result = try place.run(step, given, isStrict: false)
      #expect(result.status == Int32(expected), "\(status), \(labels), \(agreed)")
      #expect(!place.text("curl.log").contains("SECRET"))
    }
  }
}

@Suite("CI templates")
struct TemplateTests {
  @Test(
    "No expression stands in a script, and every action is pinned by its commit",
    arguments: [("github-action.yml", 4), ("github-facts.yml", 1), ("azure-devops-step.yml", 3)]
  )
  func injection(file: String, scripts: Int) throws {
    let steps = try Template.steps(file)
    #expect(steps.count == scripts)
    for step in steps.values {
      #expect(!step.script.contains("${{"), "\(step.name)")
      #expect(!step.script.contains(/\$\([A-Z][A-Za-z.]+\)/), "\(step.name)")
    }
    let text = try Repository.text("ci-templates/\(file)")
    for line in text.split(separator: "\n") where line.contains("uses: ") {
      #expect(line.contains(/@[0-9a-f]{40} # v[0-9]/), "\(line)")
    }
    #expect(!text.contains("pull_request_target"))
  }
}
