"""The reader of a requirement's tokens: one token ahead, and the sentences for a token that cannot stand here."""

from __future__ import annotations

from typing import NoReturn

from gonogo.language.requirement import Span
from gonogo.language.tokens import ExpressionError, Token, TokenKind, tokens


class Cursor:
    """Reads the tokens of one text from left to right."""

    def __init__(self, text: str) -> None:
        self._tokens = tokens(text)
        self._at = 0

    @property
    def next(self) -> Token:
        """The token that comes next."""
        return self._tokens[self._at]

    def take(self) -> Token:
        """Read the next token; END stays where it is."""
        token = self._tokens[self._at]
        if token.kind is not TokenKind.END:
            self._at += 1
        return token

    def sees(self, text: str, *, ahead: int = 0) -> bool:
        """Whether that keyword or sign comes next, or ``ahead`` tokens later."""
        token = self._tokens[min(self._at + ahead, len(self._tokens) - 1)]
        return token.text == text and token.kind in (TokenKind.KEYWORD, TokenKind.SIGN)

    def span(self, start: int) -> Span:
        """From ``start`` to the end of the token read last, so that parentheses are inside."""
        return Span(start, self._tokens[self._at - 1].end)

    def close(self, opener: Token, closer: str) -> None:
        """Read ``closer``, or point at the opener that lacks it."""
        if self.sees(closer):
            self.take()
        elif self.next.kind is TokenKind.END:
            raise ExpressionError(
                f"`{opener.text}` is never closed", opener.start, opener.end, f"add `{closer}` where it ends"
            )
        else:
            self.unexpected(inside=opener)

    @property
    def done(self) -> bool:
        """Whether every token is read."""
        return self.next.kind is TokenKind.END

    @property
    def length(self) -> int:
        """Column after the last token."""
        return self._tokens[-1].end

    def back(self) -> None:
        """Step back over the token read last."""
        self._at -= 1

    def missing_operand(self) -> NoReturn:
        """Refuse what comes next, where a value must stand."""
        token = self.next
        before = self._tokens[self._at - 1].text if self._at else ""
        if token.kind is TokenKind.END:
            self.fail(f"something is missing after `{before}`" if before else "the requirement is empty")
        after = f" after `{before}`" if before else " at the start"
        hint = ""
        if token.kind is TokenKind.KEYWORD:
            hint = f"`{token.text}` is a word of the language and cannot be a name"
        if token.text == ")" and before != "(":
            hint = "remove it, or add the opening `(`"
        if token.text == "[":
            hint = "a list follows only `in`"
        self.fail(f"a fact, parameter or value is expected{after}, not `{token.text}`", hint=hint)

    def unexpected(self, inside: Token | None = None) -> NoReturn:
        """Refuse what comes next, where the text or the parentheses ``inside`` should have ended."""
        token = self.next
        shown = f'"{token.text}"' if token.kind is TokenKind.TEXT else token.text
        if token.text in (")", "]") and token.kind is TokenKind.SIGN and inside is None:
            opener = "(" if token.text == ")" else "["
            self.fail(f"`{token.text}` closes nothing", hint=f"remove it, or add the opening `{opener}`")
        if inside is not None and token.kind is TokenKind.SIGN and token.text in (")", "]"):
            closer = ")" if inside.text == "(" else "]"
            raise ExpressionError(
                f"`{inside.text}` is closed by `{token.text}`", inside.start, token.end, f"close it with `{closer}`"
            )
        hint = "join conditions with `and` or `or`"
        if token.text == ",":
            hint = "numbers are written without separators, and lists come after `in`"
        elif token.kind is TokenKind.KEYWORD:
            hint = f"`{token.text}` is a word of the language and cannot be a name"
        before = self._tokens[self._at - 1].text
        self.fail(f"`{shown}` cannot follow `{before}`", hint=hint)

    def fail(self, sentence: str, hint: str = "") -> NoReturn:
        """Refuse the token that comes next."""
        raise ExpressionError(sentence, self.next.start, self.next.end, hint)
