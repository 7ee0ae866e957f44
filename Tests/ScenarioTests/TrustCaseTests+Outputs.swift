import EnvironmentSupport
import TestSupport
import Testing

/// What is written, where, and what is said when it comes to nothing.
extension TrustCaseTests {
  @Test("T2 trust-outputs: no output takes the place of what stands there")
  func outputs() throws {
    let script = """
      exec 2>&1
      cp $C/1_0.zip a.zip
      echo keep > target; ln -s target link; strata plan a.zip --out link > /dev/null; stat -c %F link; head -c 1 target; echo
      echo {} > s.json; chmod 600 s.json; strata plan a.zip --out s.json > /dev/null; stat -c %a s.json
      cp a.zip b.zip; strata plan b.zip --out b.zip; echo $?; cmp a.zip b.zip
      strata plan a.zip --out t --html t --markdown t; echo $?; ls t 2> /dev/null
      strata init --env f --quiet; strata plan a.zip --out f-lock; echo $?; test -s f-lock || echo empty
      ls | tr '\\n' ' '
      """
    #expect(
      try output("trust-outputs", script) == """
        symbolic link
        {
        600
        Error: b.zip is the package that is planned; nothing was written
          → name another file
        1
        Error: --out, --markdown and --html are one file, t; nothing was written
          → name another file
        1
        Error: f-lock belongs to the environment f; nothing was written
          → name another file
        1
        empty
        a.zip b.zip f link s.json target 
        """
    )
  }

  @Test(
    "T2 trust-outputs: a plan written over the log of an environment that is read loses nothing"
  )
  func log() throws {
    let script = """
      cp $C/1_0.zip a.zip; python3 -I $S/wal.py "$STRATA" a.zip > o 2>&1
      grep -c 'g-wal belongs to the environment g' o
      strata list --env g | tail -n +2 | cut -d ' ' -f 1
      """
    #expect(try output("trust-outputs", script) == "1\nSample\n")
  }

  @Test(
    "T4 T10 T18 trust-streams: a file stays whole, lost output is an error, no pipe is waited for"
  )
  func streams() throws {
    let script = """
      exec 2>&1
      P=$C/../trust-plan
      strata init --env q --quiet; strata import $P/1_0.zip --env q --quiet
      (echo smp_name; seq 1 3000 | sed 's/$/ xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx/') > r.csv
      strata rows smp_thing import r.csv --env q --quiet
      mkdir d; echo KEEP > d/keep.csv
      (trap '' XFSZ; ulimit -f 64; strata rows smp_thing export d/keep.csv --env q); echo $?
      cat d/*
      strata plan $P/1_0.zip --json >&-; echo $?
      strata init --env r --quiet; (strata import $P/1_0.zip --env r; echo $? >> s) | true; cat s; strata list --env r | tail -n +2 | wc -l
      mkfifo pipe
      strata inspect pipe; echo $?
      strata plan $P/1_0.zip --rows pipe; echo $?
      strata plan $P/1_0.zip --quiet --out pipe & cat pipe | head -c 1; wait $!; echo $?
      strata plan $P/1_1.zip --env r --out p.json > /dev/null
      sed -i 's|"path" : "[^"]*"|"path" : "pipe"|' p.json
      strata apply p.json --env r | tail -1; echo ${PIPESTATUS[0]}
      """
    // The packages are those of another case.
    _ = try Cases.made("trust-plan")
    let said = try output("trust-plan", script)
    #expect(
      said == """
        Error: cannot write d/keep.csv: File too large
        1
        KEEP
        Error: cannot write standard output: it is closed
        1
        warning: operation 1 is done; standard output could not be written: Broken pipe
        0
        1
        Error: cannot read pipe: not a file
        1
        Error: cannot read pipe: not a file
        1
        {2
        Error: cannot read pipe: not a file
        1

        """
    )
  }

  @Test("T21 T22 trust-errors: every failure has its document, its status and its words")
  func errors() throws {
    _ = try Cases.made("trust-plan")
    let script = """
      P=$C
      strata init --env q --quiet; strata import $P/1_0.zip --env q --quiet
      for w in 'plan nope.zip' 'layers Entity:nope --env q' 'rollback 99 --env q' "plan $P/1_1.zip --env none" 'pln'; do
        strata $w --json 2> e | tr -d ' \\n' | grep -o '"code":"[a-z-]*","exitStatus":[0-9]*,"format":"strata.error","formatVersion":1'
        echo "${PIPESTATUS[0]} $(head -1 e | cut -c -40)"
      done
      strata plan $P/1_1.zip --env q --out p.json > /dev/null
      strata import $P/1_1.zip --env q --allow-destroy all --quiet
      strata apply p.json --env q > /dev/null 2>&1; echo $?
      strata rollback --env q --allow-destroy all --quiet
      strata import $P/1_1.zip --env q --quiet > o 2> e; echo $? $(wc -c < o) $(grep -c Attribute:smp_thing.smp_note e)
      strata import $P/1_1.zip --env q --allow-destroy Entity:nope > /dev/null 2>&1; echo $?
      strata plan $P/1_0.zip --quiet | wc -c
      strata layes 2>&1 | tail -1; strata help nosuch > /dev/null 2>&1; echo $?
      strata init --env new --json | grep -c '"strata.environment"'
      """
    #expect(
      try output("trust-plan", script) == """
        "code":"unreadable","exitStatus":1,"format":"strata.error","formatVersion":1
        1 Error: cannot read nope.zip: No such fil
        "code":"no-such-component","exitStatus":1,"format":"strata.error","formatVersion":1
        1 Error: no component “Entity:nope”; w
        "code":"no-such-operation","exitStatus":1,"format":"strata.error","formatVersion":1
        1 Error: there is no operation 99; the new
        "code":"no-environment","exitStatus":1,"format":"strata.error","formatVersion":1
        1 Error: there is no environment at none
        "code":"usage","exitStatus":64,"format":"strata.error","formatVersion":1
        64 Error: there is no command “pln”
        4
        3 0 1
        64
        0
          → did you mean layers?
        64
        1

        """
    )
  }
}
