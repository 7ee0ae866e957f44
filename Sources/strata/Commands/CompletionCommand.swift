import ArgumentParser
import Solutions

struct CompletionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completion",
    abstract: "Print a completion script for a shell.",
    discussion: """
      bash:  strata completion bash > ~/.local/share/bash-completion/completions/strata
      zsh:   strata completion zsh > "${fpath[1]}/_strata"
      fish:  strata completion fish > ~/.config/fish/completions/strata.fish
      """
  )

  enum Shell: String, CaseIterable, ExpressibleByArgument {
    case bash
    case zsh
    case fish
  }

  @Argument(help: "The shell.")
  var shell: Shell

  func run() {
    let parser: CompletionShell =
      switch shell {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    let script = Strata.completionScript(for: parser)
    Console.give("\(shell == .bash ? Self.whole(script) : script)\n")
  }

  /// Bash cuts words at colons, which addresses have: its completion is given them whole, and what stands before the
  /// last colon is taken off the answers again.
  private static func whole(_ script: String) -> String {
    script.replacing("complete -o filenames -F _strata strata", with: wrapper)
  }

  private static let wrapper = #"""
    __strata_whole() {
        local -a words=()
        local -i index cword=0
        for index in "${!COMP_WORDS[@]}"; do
            if [[ "${index}" -gt 1 && ("${COMP_WORDS[index]}" = : || "${words[-1]}" = *:) ]]; then
                words[-1]+="${COMP_WORDS[index]}"
            else
                words+=("${COMP_WORDS[index]}")
            fi
            [[ "${index}" -eq "${COMP_CWORD}" ]] && cword="$((${#words[@]} - 1))"
        done
        local -a COMP_WORDS=("${words[@]}")
        local -i COMP_CWORD="${cword}"
        local -r word="${words[cword]}"

        _strata "${1}" "${word}" "${words[cword - 1]}"

        if [[ "${word}" = *:* && "${COMP_WORDBREAKS}" = *:* ]]; then
            COMPREPLY=("${COMPREPLY[@]#"${word%"${word##*:}"}"}")
        fi
    }

    complete -o filenames -F __strata_whole strata
    """#
}
