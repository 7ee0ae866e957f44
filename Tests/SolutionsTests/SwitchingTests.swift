import Solutions
import TestSupport
import Testing

/// Steps and processes: on or off (LC-601, docs/decisions/055).
@Suite("States of steps and processes")
struct SwitchingTests {
  private static let step = PackageText.guid("step")
  private static let process = PackageText.guid("process")
  private static let flow = PackageText.guid("flow")

  private func id(_ type: Int, _ guid: String) -> ComponentID { ComponentID(.number(type), guid) }
  private var step: ComponentID { id(92, Self.step) }
  private var process: ComponentID { id(29, Self.process) }
  private var flow: ComponentID { id(29, Self.flow) }

  /// - Parameter isActive: whether the package says that the process is active.
  private func text(_ version: String, isActive: Bool = true, isLocked: Bool = false) -> String {
    let lock = isLocked ? "<IsCustomizable>0</IsCustomizable>" : ""
    return """
      X \(version) by A
      table t
      xml SdkMessageProcessingSteps <SdkMessageProcessingStep SdkMessageProcessingStepId="{\(Self.step)}" \
      Name="step"><Stage>40</Stage>\(lock)</SdkMessageProcessingStep>
      manifest <RootComponent type="92" id="{\(Self.step)}" behavior="0"/>
      xml Workflows <Workflow WorkflowId="{\(Self.process)}" Name="process"><Category>0</Category>\
      <StateCode>\(isActive ? 1 : 0)</StateCode><PrimaryEntity>t</PrimaryEntity>\(lock)</Workflow>
      manifest <RootComponent type="29" id="{\(Self.process)}" behavior="0"/>
      """
  }

  private func importing(
    _ text: String,
    on state: InstalledState,
    enables: Bool
  ) throws -> Plan {
    Plan.importing(
      [try PackageText(text).read()],
      on: state,
      options: PlanOptions(enablesProcesses: enables)
    )
  }

  private func states(_ plan: Plan) -> [String] {
    plan.changes.flatMap(\.properties).filter { $0.path == "(state)" }
      .map { "\($0.before ?? "∅") → \($0.after ?? "∅")" }
  }

  @Test(
    "LC-601 enabling switches on what is unchanged, in the same version and in a higher"
  )
  func unchangedIsEnabled() throws {
    let state = try installed([text("1.0")])
    #expect(state.settings[step] == .isOn(false))
    for version in ["1.0", "1.1"] {
      let plan = try importing(text(version), on: state, enables: true)
      #expect(states(plan) == ["off → on", "off → on"])
      #expect(plan.changes.count == 2)
      #expect(plan.unchanged == 1)
      let after = state.applying(plan)
      #expect(after.settings[step] == .isOn(true))
      #expect(after.settings[process] == .isOn(true))
      let again = try importing(text(version), on: after, enables: true)
      #expect(again.changes.isEmpty)
      #expect(again.unchanged == 3)
    }
  }

  @Test("LC-601 without enabling what is there keeps its state, changed or not")
  func offKeeps() throws {
    let state = try installed([text("1.0")], options: PlanOptions(enablesProcesses: true))
    #expect(state.settings[process] == .isOn(true))
    for next in [text("1.1"), text("1.1", isActive: false)] {
      let plan = try importing(next, on: state, enables: false)
      #expect(states(plan) == [])
      #expect(state.applying(plan).settings[process] == .isOn(true))
    }
  }

  @Test(
    "LC-601 a process that is a draft in the package comes off, and is not switched off"
  )
  func draftInThePackage() throws {
    let new = try importing(
      text("1.0", isActive: false),
      on: InstalledState(),
      enables: true
    )
    let state = InstalledState().applying(new)
    #expect(state.settings[step] == .isOn(true))
    #expect(state.settings[process] == .isOn(false))
    let active = try installed([text("1.0")], options: PlanOptions(enablesProcesses: true))
    let plan = try importing(text("1.1", isActive: false), on: active, enables: true)
    #expect(states(plan) == [])
    #expect(active.applying(plan).settings[process] == .isOn(true))
  }

  private func flowText(_ version: String) -> String {
    """
    X \(version) by A
    xml Workflows <Workflow WorkflowId="{\(Self.flow)}" Name="flow"><Category>5</Category>\
    <JsonFileName>/Workflows/flow.json</JsonFileName><StateCode>1</StateCode></Workflow>
    manifest <RootComponent type="29" id="{\(Self.flow)}" behavior="0"/>
    file Workflows/flow.json {"properties":{"connectionReferences":{"c":{"connection":\
    {"connectionReferenceLogicalName":"new_c"}}},"definition":{}}}
    xml connectionreferences <connectionreference connectionreferencelogicalname="new_c">\
    <connectorid>/providers/x</connectorid></connectionreference>
    """
  }

  @Test(
    "LC-601 a new cloud flow is on when its connections come with it; one that is there keeps its state"
  )
  func flows() throws {
    var options = PlanOptions(enablesProcesses: true)
    let package = try PackageText(flowText("1.0")).read()
    let bare = Plan.importing([package], on: InstalledState(), options: options)
    #expect(bare.findings.contains { $0.code == NotActivated.kind.code && $0.severity == .warning })
    let off = InstalledState().applying(bare)
    #expect(off.settings[flow] == .isOn(false))

    options.deployment.connections = ["new_c": "connection"]
    let given = Plan.importing([package], on: InstalledState(), options: options)
    #expect(!given.findings.contains { $0.code == NotActivated.kind.code })
    #expect(InstalledState().applying(given).settings[flow] == .isOn(true))

    let later = Plan.importing([package], on: off, options: options)
    #expect(off.applying(later).settings[flow] == .isOn(false))
    #expect(states(later) == [])
  }

  @Test("LY-1304 no managed property and no block stands in the way of switching")
  func lockedIsSwitched() throws {
    var state = try installed([text("1.0", isLocked: true)])
    state.blocksUnmanaged = true
    let plan = Plan.switching([step, process], on: true, state: state)
    #expect(plan.isApplicable)
    #expect(states(plan) == ["off → on", "off → on"])
    let on = state.applying(plan)
    #expect(on.settings[process] == .isOn(true))
    #expect(Plan.switching([step, process], on: true, state: on).changes.isEmpty)
    let back = Plan.switching([step], on: false, state: on)
    #expect(states(back) == ["on → off"])
  }

  @Test("LC-601 what has no state is not switched, and a flow without connections not on")
  func refusals() throws {
    let state = try installed([text("1.0"), flowText("1.0").replacing("X 1.0", with: "Y 1.0")])
    #expect(
      spelled(Plan.switching([.entity("t")], on: true, state: state))
        == "! strata.no-state LC-601"
    )
    #expect(
      spelled(Plan.switching([.entity("nowhere")], on: true, state: state))
        == "! 0x8004801F LC-601"
    )
    let flow = Plan.switching([flow], on: true, state: state)
    #expect(flow.findings.contains { $0.code == NotActivated.kind.code && $0.severity == .error })
    #expect(Plan.switching([self.flow], on: false, state: state).changes.isEmpty)
  }
}
