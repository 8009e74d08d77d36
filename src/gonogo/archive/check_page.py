"""CHECK.md: how somebody who has neither gonogo nor a network checks an archive, on one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CHECK: Final = "CHECK.md"
PAE: Final = "check/checkpoint.pae"
SIGNATURE: Final = "check/checkpoint.sig"
KEY: Final = "check/key.pub.pem"
LEAST_HEAD: Final = 16
"""How many digits of a head hash a screen shows."""


@dataclass(frozen=True, slots=True)
class ArchiveSigner:
    """Who signed the checkpoint of an archive.

    Attributes:
        keyid: SHA-256 of the key, as everybody who trusts it knows it.
        known: Whether the key itself is in the archive, from the trust file.
        ed25519: Whether it is an Ed25519 key; else one on P-256.
        size: How many records the checkpoint is over.
    """

    keyid: str
    known: bool
    ed25519: bool
    size: int


_HEAD: Final = """\
# Check this record

You need a shell, `sha256sum` and, for the signature, `openssl`. No part of gonogo runs. Unpack the archive, go into its
folder, and run the blocks one after the other. Every block that ends without its last line has found something wrong.

Log `{log}`, {records} records. The hash of the last one is
`{head}`.
No report shows this one: a report shows the hash of the last record of its own run. Part 2 finds that.

## 1. The files are those that were exported

```sh
sha256sum --check --quiet SHA256SUMS && echo "files: as they were exported"
```

## 2. Each record continues the one before it

A record ends in `~h`, the SHA-256 of a zero byte and the rest of its line. `prev` is that of the record before. This
takes about three seconds for a thousand records.

```sh
before=0000000000000000000000000000000000000000000000000000000000000000 count=0 wrong=
for file in log/[0-9]*.jsonl; do
  while IFS= read -r line && [ -z "$wrong" ]; do
    said=${{line##*\\"~h\\":\\"}}
    said=${{said%\\"\\}}}}
    body=${{line%,\\"~h\\":*}}}}
    made=$(printf '\\0%s' "$body" | sha256sum | cut -c 1-64)
    case $line in *"\\"prev\\":\\"$before\\",\\"run\\":"*) ;; *) wrong=$count ;; esac
    [ "$made" = "$said" ] || wrong=$count
    before=$said count=$((count + 1))
  done < "$file"
done
[ -z "$wrong" ] && [ "$count" -eq {records} ] && [ "$before" = {head} ] && echo "chain: $count records, head $before"
```

A report or minutes of that time show a head hash, all of it or its first 16 digits. Put it in place of the one that
follows `noted=`. What comes out names the record that has it; if nothing does, this log never had that record.

```sh
noted={noted}
grep -n "\\"~h\\":\\"$noted[0-9a-f]*\\"}}\\$" /dev/null log/[0-9]*.jsonl |
  cut -d : -f 1,2 | sed 's/^/noted: /; s/:\\([0-9]*\\)$/, line \\1/'
```

"""

_UNSIGNED: Final = """\
## 3. There is no signature

No checkpoint of this log was signed. The two checks above show that the record is whole and in order. They do not show
that nobody rewrote all of it. Only a head hash that somebody noted at the time, in a report or in minutes, does.

"""

_SIGNED: Final = """\
## 3. The key signed it

The checkpoint is over the first {size} records. Its key has the id
`{keyid}`.
Get that id, or the key, from the office that keeps it, not from this archive.

```sh
{id_check}
```

```sh
{verify} && echo "signature: good"
```

```sh
signed=$(grep -ao '"head":"[0-9a-f]*"' {pae} | cut -d '"' -f 4)
sed -n '{size}p' log/[0-9]*.jsonl | grep -q "\\"~h\\":\\"$signed\\"}}\\$" && echo "signed: record {last}, hash $signed"
```

"""

_ID_CHECK: Final = (
    f"openssl pkey -pubin -in {KEY} -outform DER | sha256sum | grep -q '^{{keyid}} ' "
    '&& echo "key: the one that is named above"'
)
_P256: Final = f"openssl dgst -sha256 -verify {KEY} -signature {SIGNATURE} {PAE}"
_ED25519: Final = f"openssl pkeyutl -verify -pubin -inkey {KEY} -rawin -in {PAE} -sigfile {SIGNATURE}"
_NO_KEY: Final = f"test -s {KEY} || echo 'put the public key here as {KEY}'"

_TAIL: Final = """\
## What was decided

```sh
grep -h '"type":"run.finished"' log/[0-9]*.jsonl | grep -o '"now":"[^"]*"\\|"purpose":"[^"]*"\\|"verdict":"[^"]*"'
```

Only runs whose purpose is `decision` are decisions. `log/` holds every record, `material/` the rules, vocabulary,
program and seats that runs name by digest, `reports/` the reports of the last decision, and `trust/` who was trusted.
With gonogo, `gonogo log verify log`, `gonogo report log --check FILE` and `gonogo replay log last` say more.

## What made it

`tool.json` lists the gonogo that packed this archive, and each library that it uses. Each run names its own version. To
compare a library with its wheel, this gives its `wheel_files_sha256`:

    unzip -p NAME.whl '*/RECORD' | tr -d '\\r' | grep ,sha256= | grep -v .data/ | LC_ALL=C sort | sha256sum
"""


def check_page(log: str, *, records: int, head: str, signed: ArchiveSigner | None) -> str:
    """Return the page for an archive.

    Args:
        log: Id of the log.
        records: How many it has.
        head: Hash of the last one.
        signed: Who signed its newest signed checkpoint; None where none is.
    """
    page = _HEAD.format(log=log, records=records, head=head, noted=head[:LEAST_HEAD])
    if signed is None:
        return page + _UNSIGNED + _TAIL
    check = _ID_CHECK.format(keyid=signed.keyid) if signed.known else _NO_KEY
    verify = _ED25519 if signed.ed25519 else _P256
    return (
        page
        + _SIGNED.format(
            size=signed.size, last=signed.size - 1, keyid=signed.keyid, id_check=check, verify=verify, pae=PAE
        )
        + _TAIL
    )
