import EnvironmentSupport
import TestSupport
import Testing

/// Where an environment lies, how much memory a package takes, and what reports keep of its texts.
extension TrustCaseTests {
  @Test("T17 T23 trust-place: a path is a path, and a lock is no link")
  func place() throws {
    let script = """
      strata() { "$STRATA" "$@" 2>&1; }
      P=$C
      for c in init list; do strata $c --env '' | head -1; echo ${PIPESTATUS[0]}; done
      strata init --env file:x.strata --quiet; ls
      strata list --env 'file:x.strata?mode=ro' | head -1
      mkdir lk; strata init --env lk/e --quiet; rm -f lk/e-lock; ln -s "$PWD/lk/victim" lk/e-lock
      strata import $P/1_0.zip --env lk/e | grep -c 'is a link'; ls lk | tr '\\n' ' '
      rm lk/e-lock; chmod 644 lk/e; strata import $P/1_0.zip --env lk/e --quiet; stat -c %a lk/e-lock
      rm lk/e-lock; chmod 666 lk/e; strata import $P/1_1.zip --env lk/e --quiet --allow-destroy all; stat -c %a lk/e-lock
      """
    #expect(
      try output("trust-plan", script) == """
        Error: --env is empty (an unset variable?).
        64
        Error: --env is empty (an unset variable?).
        64
        file:x.strata
        Error: there is no environment at file:x.strata?mode=ro
        1
        e e-lock 600
        666

        """
    )
  }

  @Test("T20 trust-markdown: nobody is called, nothing becomes a link, and signs stay")
  func markdown() throws {
    _ = try Cases.made("trust-plan")
    let script = """
      strata plan $C/1_1.zip --against $C/1_0.zip --markdown - | grep '^- '
      P=$C/../trust-plan
      strata plan $P/1_1.zip --against $P/1_0.zip --markdown - | grep '^- '
      """
    let evil = "`@octo-team please see https://evil.example/approve and #1 and owner/repo#1`"
    #expect(
      try output("trust-markdown", script) == """
        - `~` Choice \(evil): renamed `Colour` to \(evil); option `123450000`: renamed `Red` to `Blue`
        - `-` Column `Thing.smp_Note`: values unknown

        """
    )
  }

  @Test(
    "T11 trust-memory: what is only hashed is never kept, and what is read as a tree is bounded"
  )
  func memory() throws {
    let script = """
      for f in $C/*.zip; do
        python3 -I -c '
      import resource, subprocess, sys
      status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
      used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
      print(status, "below 150 MB" if used < 150 else f"{used} MB")' "$STRATA" inspect $f | sed "s/^/$(basename $f) /"
      done
      """
    #expect(
      try output("trust-memory", script) == """
        1_0.zip 0 below 150 MB
        files_5000.zip 0 below 150 MB
        flow_400.zip 0 below 150 MB
        flows_4x200.zip 0 below 150 MB
        text_200.zip 1 below 150 MB

        """
    )
  }

  @Test("T12 trust-sets: a chain of packages is put into its order; Benchmarks/plan has the times")
  func sets() throws {
    let script = """
      strata plan $(ls $C/s*.zip | head -100) --json > p.json; echo $?
      python3 -I -c '
      import json
      order = json.load(open("p.json"))["order"]
      print(len(order), order == sorted(order, reverse=True) or order == sorted(order))'
      """
    #expect(try output("trust-sets", script) == "2\n100 True\n")
  }
}
