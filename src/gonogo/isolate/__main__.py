"""``python -I -m gonogo.isolate module:function``: the executed child.

Standard input holds the nonce (16 bytes), the number of inputs (2 bytes) and the request; descriptor 3 is the result
channel, the inputs follow from 4 on. The host has already confined this process.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import NoReturn

from gonogo.isolate import channel, kernel
from gonogo.isolate.child import FIRST_INPUT_FD, RESULT_FD, answer


def main() -> NoReturn:
    """Read the request, call the function, send its payload, end without any exit hook."""
    status = 1
    try:
        with open(0, "rb", closefd=False) as stream:
            data = stream.read()
        kernel.hide()  # the program that was run made it visible again
        nonce, count = channel.HEAD.unpack_from(data)
        channel.open_channel(RESULT_FD, nonce)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        # No other distribution than the one that was asked for runs here, not even as somebody's plugin of pydantic.
        os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
        target = sys.argv[1]

        def work(request: bytes, descriptors: tuple[int, ...]) -> bytes:
            module, _, name = target.partition(":")
            payload: bytes = getattr(importlib.import_module(module), name)(request, descriptors)
            return payload

        status = answer(work, data[channel.HEAD.size :], tuple(range(FIRST_INPUT_FD, FIRST_INPUT_FD + count)))
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
