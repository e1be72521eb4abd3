# The house's sizes and habits, checked over Swift files that `swift format` has laid out (CONTRIBUTING.md, "Style").
#
# usage: awk -f .ci/house.awk FILE...    prints `file:line: what` for each breach; exit 1 when there is one
#
# A function runs from its first line to the closing brace at the same indentation.

function breach(line, what) { printf "%s:%d: %s\n", FILENAME, line, what; breaches++ }

function indentation(text) { match(text, /^ */); return RLENGTH }

function closeFile() {
  if (file != "" && length_ > 500) { printf "%s:%d: %d lines; at most 500\n", file, length_, length_; breaches++ }
}

FNR == 1 {
  closeFile()
  file = FILENAME; open = 0; documented = 0; string = 0
  isSource = FILENAME ~ /^Sources\//
}
{ length_ = FNR }

# What stands inside a string of several lines is data.
string { if ($0 ~ /"""/) string = 0; next }
/"""/ { if (gsub(/"""/, "\"\"\"") % 2 == 1) string = 1 }

# Functions: nested ones lie inside the outer and count with it.
open && $0 ~ /^ *[}]/ && indentation($0) == depth {
  if (FNR - start + 1 > 60) breach(start, "a function of " FNR - start + 1 " lines; at most 60")
  open = 0
}
!open && $0 !~ /^ *\/\// && $0 ~ /(^| )(func|init) ?[^ ]*[<(?]/ && $0 ~ /^ *(@[^ ]+ )*([a-z]+(\([a-z]+\))? )*(func |init[?(<])/ {
  if ($0 !~ /[{].*[}] *$/) { open = 1; start = FNR; depth = indentation($0) }
}
# A requirement of a protocol has no body: the next line at its depth is no part of it.
open && FNR > start && $0 !~ /^ *$/ && indentation($0) <= depth && $0 !~ /^ *[)}{]/ && $0 !~ /^ *where/ { open = 0 }

# Every declaration that other modules see says what it is. What a protocol asks for is said at the protocol.
isSource && FILENAME !~ /\/(SQLite|Postgres)History[+]/ && !/static (func (==|<)|let (id|title|kind|richness|names|marks|signs|isCompanion|isOneReportAFolder|use|words|fields)[ :])|var description: String|init\(arrayLiteral|func (read|recognises)\(/ && $0 ~ /^ *(@[^ ]+ )*package (internal\(set\) |private\(set\) )?[a-z]/ && $0 !~ /^ *package import/ {
  if (!documented) breach(FNR, "a package declaration without a doc comment")
}
{
  if ($0 ~ /^ *\/\/\//) documented = 1
  else if ($0 !~ /^ *(@|#|\))/) documented = 0
}

isSource && $0 !~ /^ *\/\// && /(^|[^a-zA-Z])try!|(^|[^a-zA-Z])as!|fatalError\(|@unchecked Sendable/ {
  breach(FNR, "a trap or an unchecked promise")
}
isSource && /nonisolated\(unsafe\)/ && FILENAME !~ /\/NcursesTerminal\// { breach(FNR, "nonisolated(unsafe)") }
isSource && /(TODO|FIXME)/ { breach(FNR, "an unfinished thing") }

END { closeFile(); exit breaches > 0 }
