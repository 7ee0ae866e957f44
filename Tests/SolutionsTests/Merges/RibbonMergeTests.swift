import Solutions
import TestSupport
import Testing

/// Ribbons (layers.md §7): differences by nature, merged by id.
@Suite("Merge of ribbons")
struct RibbonMergeTests {
  private func ribbon(_ actions: String, rules: String = "") -> String {
    "<RibbonDiffXml><CustomActions>\(actions)</CustomActions><Templates><RibbonTemplates Id=\"Mscrm.Templates\"/></Templates>"
      + "<RuleDefinitions><EnableRules>\(rules)</EnableRules></RuleDefinitions></RibbonDiffXml>"
  }

  @Test("LY-702 the union of all layers; of one id the higher layer's element, whole")
  func union() throws {
    let layers: [(Stack.Place, String)] = [
      (
        .base,
        ribbon(
          #"<CustomAction Id="a" Location="x"><CommandUIDefinition><Button Id="a.b"/></CommandUIDefinition></CustomAction>"#,
          rules: #"<EnableRule Id="r"><ValueRule Field="f" Value="1"/></EnableRule>"#
        )
      ),
      (
        .active,
        ribbon(
          #"<CustomAction Id="a" Location="y"/><HideCustomAction HideActionId="h" Location="z"/>"#
        )
      ),
    ]
    let stack = try Stack.of(
      layers.map { ($0, try XMLText.definition($1)) },
      type: 55,
      isBaseAssumed: true
    )
    #expect(
      XMLText.spelled(stack.effective(.ribbon).definition) == """
        RibbonDiffXml
          CustomActions
            CustomAction Id=a Location=y
            HideCustomAction HideActionId=h Location=z
          Templates
            RibbonTemplates Id=Mscrm.Templates
          RuleDefinitions
            EnableRules
              EnableRule Id=r
                ValueRule Field=f Value=1
        """
    )
    #expect(stack.isBaseKnown(.ribbon))
  }
}
