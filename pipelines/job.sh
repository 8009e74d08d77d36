# One job of a pipeline around gonogo: deposit, progress, decide or deploy. POSIX shell, and the same in each template.
# Whatever is not an approval ends with a code other than 0.
set -eu
: "${JOB:=}" "${PROGRAM:=.}" "${RELEASE:=}" "${BUNDLES:=}" "${BUNDLE:=}" "${ONLY:=}" "${RECORD:=}" "${NEW_RECORD:=}"
: "${FIRST_RUN:=false}" "${STATEMENT:=}" "${TRUST:=}" "${REQUIRE:=go}" "${SUBJECT:=}" "${COMMIT:=}" "${ENVIRONMENT:=}"
: "${NONCE:=}" "${WITNESS:=}" "${CHECKPOINT:=}" "${MAX_AGE:=24h}" "${LIMIT:=900}" "${PROGRAM_ID:=}" "${REPORTS:=}"
stuck() { printf 'The gate is broken: %s\n' "$1" >&2; exit 4; }
work=$(mktemp -d) || stuck "no temporary folder can be made; TMPDIR says where"
trap 'rm -rf "$work"' EXIT
code=0 verdict=
: > "$work/answer"

# How this runner is told: a mark on the job, a value for later steps, a line of the summary.
line() { printf '%s\n' "$1"; }
mark() {
  if [ -n "${GITHUB_ACTIONS:-}" ]; then line "::error title=$1::$2"
  elif [ -n "${TF_BUILD:-}" ]; then line "##vso[task.logissue type=error]$1: $2"
  else line "$1: $2" >&2; fi
}
value() {
  if [ -n "${GITHUB_OUTPUT:-}" ]; then line "$1=$2" >> "$GITHUB_OUTPUT"
  elif [ -n "${TF_BUILD:-}" ]; then line "##vso[task.setvariable variable=$1;isOutput=true]$2"
  else line "GONOGO_$1=$2" >> gonogo.env || stuck "gonogo.env cannot be written"; fi
}
fenced() { line "~~~text"; cat "$work/summary"; line "~~~"; }
summary() {
  { line "gonogo $JOB: $1"; cat "$work/answer"; } > "$work/summary"
  if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
    fenced >> "$GITHUB_STEP_SUMMARY"
  elif [ -n "${TF_BUILD:-}" ] && [ -n "${AGENT_TEMPDIRECTORY:-}" ]; then
    fenced > "$AGENT_TEMPDIRECTORY/gonogo-job.md"
    line "##vso[task.uploadsummary]$AGENT_TEMPDIRECTORY/gonogo-job.md"
  else
    cp "$work/summary" gonogo-job.txt || stuck "gonogo-job.txt cannot be written"
  fi
}

# Run gonogo for at most $LIMIT seconds. What it said is in $work/answer, its exit code in $code.
gate() {
  code=0
  timeout --kill-after=10 "$LIMIT" gonogo "$@" > "$work/answer" 2> "$work/errors" || code=$?
  cat "$work/answer"
  cat "$work/errors" >&2
  [ -s "$work/answer" ] || cp "$work/errors" "$work/answer"
  verdict=$(tail -n 1 "$work/answer")
  case $verdict in verdict=*) verdict=${verdict#verdict=} verdict=${verdict%% accepted=*} ;; *) verdict= ;; esac
}
first_line() { head -n 1 "$work/answer" | cut -c 1-400; }
fail() {
  value verdict "${verdict:-none}"
  mark "$2" "$3"
  summary "$2: $3"
  exit "$1"
}
not_yet() { fail 1 "Not approved yet" "$(first_line)"; }
# Nobody can tell. Code 1 is kept for an answer that is no.
broken() {
  verdict=BROKEN
  case $code in 2 | 4 | 5) ;; *) code=4 ;; esac
  fail "$code" "The gate is broken" "$1. $(first_line)"
}
need() { gate "$@"; [ "$code" = 0 ] || broken "$why"; }
answer() {
  case "$code:$verdict" in
    0:GO | "0:CONDITIONAL GO") value verdict "$verdict"; summary "$verdict" ;;
    1:* | 3:*) not_yet ;;
    *) broken "it gave no answer" ;;
  esac
}

# One history: the record that an earlier job exported comes first. Only the first run of a program has none.
take_record() {
  if [ -n "$RECORD" ] && [ -e "$RECORD" ]; then
    why="the record cannot be taken over"
    need log import "$RECORD" "$PROGRAM"
  elif [ "$FIRST_RUN" != true ]; then
    broken "there is no record of earlier runs; say so if this is the first run"
  fi
}
leave_record() {
  [ -n "$NEW_RECORD" ] || return 0
  why="the record cannot be handed on"
  need log export "$PROGRAM" -o "$NEW_RECORD"
}

deposit() {
  [ -n "$BUNDLE" ] || broken "the job names no bundle to write"
  set -- "$PROGRAM" -o "$BUNDLE"
  for binding in $ONLY; do set -- "$@" --only "$binding"; done
  why="no bundle was written"
  need collect "$@"
  value bundle "$BUNDLE"
}

assessed() {
  run=$1
  set -- "$PROGRAM"
  [ -z "$RELEASE" ] || set -- "$@" --release "$RELEASE"
  for bundle in $BUNDLES; do set -- "$@" --evidence "$bundle"; done
  [ -z "$REPORTS" ] || set -- "$@" -o terminal
  for report in $REPORTS; do set -- "$@" -o "$report"; done
  gate "$run" "$@"
  cp "$work/answer" "$work/said"
  ended=$code said=$verdict
  published
}
# Azure publishes test results by a command of the log; other runners take the file as they are told to.
published() {
  [ -n "${TF_BUILD:-}" ] || return 0
  for report in $REPORTS; do
    case $report in junit:*) line "##vso[results.publish type=JUnit;runTitle=gonogo;resultFiles=${report#junit:};]" ;; esac
  done
}
said_again() { cp "$work/said" "$work/answer"; code=$ended verdict=$said; }

# The daily run: green while nothing gets worse. Nothing can be deployed on it.
progress() {
  take_record
  assessed progress
  case $ended in 0 | 1) ;; *) broken "the daily run did not end" ;; esac
  leave_record
  said_again
  [ "$code" = 0 ] || fail 1 "Something got worse" "$(first_line)"
  [ -n "$verdict" ] || broken "the daily run gave no verdict"
  value verdict "$verdict"
  summary "nothing got worse"
}

# The decision: assessed and recorded, signed for the job that deploys, and the record handed on.
# A GO of an earlier milestone is green here and no leave to deploy: the job `deploy` refuses it.
decide() {
  [ -n "$STATEMENT" ] || broken "the job names no statement to write"
  take_record
  assessed assess
  case $ended in 0 | 1 | 3) ;; *) broken "nothing was decided" ;; esac
  set -- "$PROGRAM" last -o "$STATEMENT"
  [ -z "$NONCE" ] || set -- "$@" --nonce "$NONCE"
  why="the decision is recorded and not signed"
  need statement "$@"
  leave_record
  said_again
  answer
}

# The last step before a deployment, in the job that deploys: nothing after it runs unless it ends with 0.
deploy() {
  [ -n "$STATEMENT" ] && [ -n "$TRUST" ] || broken "the job names no statement, or no trust file"
  set -- "$STATEMENT" --trust "$TRUST" --require "$REQUIRE" --max-age "$MAX_AGE"
  [ -z "$PROGRAM_ID" ] || set -- "$@" --program "$PROGRAM_ID"
  [ -z "$RELEASE" ] || set -- "$@" --release "$RELEASE"
  [ -z "$ENVIRONMENT" ] || set -- "$@" --environment "$ENVIRONMENT"
  [ -z "$SUBJECT" ] || set -- "$@" --subject "$SUBJECT"
  [ -z "$COMMIT" ] || set -- "$@" --commit "$COMMIT"
  [ -z "$NONCE" ] || set -- "$@" --nonce "$NONCE"
  [ -z "$WITNESS" ] || set -- "$@" --witness "$WITNESS"
  [ -z "$CHECKPOINT" ] || set -- "$@" --checkpoint "$CHECKPOINT"
  if [ -n "$RECORD" ]; then
    why="the record cannot be taken over"
    need log import "$RECORD" "$work/log"
    set -- "$@" --log "$work/log"
  fi
  gate verify-decision "$@"
  answer
}

# A value that begins with a dash would be taken for an option, and one with a line break for two lines of an answer.
for given in "$JOB" "$PROGRAM" "$RELEASE" "$BUNDLES" "$BUNDLE" "$ONLY" "$RECORD" "$NEW_RECORD" "$STATEMENT" "$TRUST" \
  "$REQUIRE" "$SUBJECT" "$COMMIT" "$ENVIRONMENT" "$NONCE" "$WITNESS" "$CHECKPOINT" "$MAX_AGE" "$LIMIT" "$PROGRAM_ID" "$REPORTS"; do
  case $given in
    -* | *" -"* | *"
"*) broken "an input begins with a dash, or holds a line break" ;;
  esac
done

case $LIMIT in
  0* | *[!0-9]* | "") broken "the limit is no number of seconds" ;;
esac
case $JOB in
  deposit | progress | decide | deploy) "$JOB" ;;
  *) broken "there is no job '$JOB'; the jobs are deposit, progress, decide and deploy" ;;
esac
