import Solutions
import TestSupport
import Testing

/// Site maps (LY-650): areas, groups and subareas by their ids.
@Suite("Merge of site maps")
struct SiteMapMergeTests {
  private func check(
    _ layers: [(Stack.Place, String)],
    _ expected: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let stack = try Stack.of(layers.map { ($0, try XMLText.definition($1)) }, type: 62)
    #expect(
      XMLText.spelled(stack.effective(.siteMap).definition) == expected,
      sourceLocation: sourceLocation
    )
  }

  private let base = """
    <SiteMap><Area Id="Sales"><Group Id="G"><SubArea Id="a" Entity="account"/><SubArea Id="b" Entity="contact"/></Group></Area></SiteMap>
    """

  @Test("LY-603 a new element without an ordinal goes to the bottom of its container")
  func bottom() throws {
    try check(
      [
        (.base, base),
        (
          .other(1),
          """
          <SiteMap><Area Id="sales"><Group Id="G"><SubArea Id="c" Entity="lead" solutionaction="Added"><Titles><Title LCID="1033" Title="C"/></Titles></SubArea></Group></Area></SiteMap>
          """
        ),
      ],
      """
      SiteMap
        Area Id=Sales
          Group Id=G
            SubArea Entity=account Id=a
            SubArea Entity=contact Id=b
            SubArea Entity=lead Id=c
              Titles
                Title LCID=1033 Title=C
      """
    )
  }

  @Test("LY-601 added, changed, moved and removed elements, placed by their ordinals")
  func moves() throws {
    try check(
      [
        (.base, base),
        (
          .other(1),
          """
          <SiteMap><Area Id="Sales" ordinalvalue="0"><Group Id="G" ordinalvalue="0"><SubArea Id="c" ordinalvalue="0" solutionaction="Added"/><SubArea Id="a" Entity="task" ordinalvalue="1" solutionaction="Modified"/><SubArea Id="b" solutionaction="Removed"/></Group></Area></SiteMap>
          """
        ),
      ],
      """
      SiteMap
        Area Id=Sales
          Group Id=G
            SubArea Id=c
            SubArea Entity=task Id=a
      """
    )
  }

  @Test("LY-607 what is added to a container that is gone brings the container back")
  func lostContainer() throws {
    let difference = """
      <SiteMap><Area Id="Old" Title="Old"><Group Id="H"><SubArea Id="x" solutionaction="Added"/><SubArea Id="y" Entity="lead" solutionaction="Modified"/></Group></Area></SiteMap>
      """
    try check(
      [(.base, #"<SiteMap><Area Id="Sales"/></SiteMap>"#), (.other(1), difference)],
      """
      SiteMap
        Area Id=Sales
        Area Id=Old Title=Old
          Group Id=H
            SubArea Id=x
      """
    )
  }

  @Test("LY-604 what others have put into an area survives its removal")
  func removedUnderContent() throws {
    try check(
      [
        (.base, base),
        (
          .other(1),
          #"<SiteMap><Area Id="Sales"><Group Id="G"><SubArea Id="c" solutionaction="Added"/></Group></Area></SiteMap>"#
        ), (.other(2), #"<SiteMap><Area Id="Sales" solutionaction="Removed"/></SiteMap>"#),
      ],
      """
      SiteMap
        Area Id=Sales
          Group Id=G
            SubArea Id=c
      """
    )
  }

  @Test("PF-614 an app's site map: settings by the topmost layer, names by language, areas merged")
  func appSiteMap() throws {
    try check(
      [
        (
          .base,
          """
          <AppModuleSiteMap><SiteMapUniqueName>m</SiteMapUniqueName><ShowHome>true</ShowHome><SiteMap><Area Id="A"/></SiteMap><LocalizedNames><LocalizedName description="M" languagecode="1033"/><LocalizedName description="N" languagecode="1031"/></LocalizedNames></AppModuleSiteMap>
          """
        ),
        (
          .other(1),
          """
          <AppModuleSiteMap><SiteMapUniqueName>m</SiteMapUniqueName><ShowHome>false</ShowHome><SiteMap><Area Id="B" solutionaction="Added"/></SiteMap><LocalizedNames><LocalizedName description="O" languagecode="1033"/></LocalizedNames></AppModuleSiteMap>
          """
        ),
      ],
      """
      AppModuleSiteMap
        SiteMapUniqueName: m
        ShowHome: false
        SiteMap
          Area Id=A
          Area Id=B
        LocalizedNames
          LocalizedName description=O languagecode=1033
          LocalizedName description=N languagecode=1031
      """
    )
  }
}
