"""What each portal of the tests would make alike is made once in a process: thousands are built, each for one test.

Compiled templates and builders of addresses are most of what a portal costs (0.2 s, and as much again for its first page). They
are kept by what they are made of, so that another template or another address is never answered with an old one.
"""

from collections.abc import Callable
from types import CodeType

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule

Build = Callable[..., tuple[str, str]]
Compile = Callable[[Rule, bool], Build]


class TemplatesKept(BytecodeCache):
    """Compiled templates by name, source and what the environment knows: filters and extensions are compiled in."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of a template of this very source; nothing where there is none."""
        bucket.code = self._kept.get(_made_of(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        assert bucket.code is not None
        self._kept[_made_of(bucket)] = bucket.code


def _made_of(bucket: Bucket) -> tuple[object, ...]:
    environment = bucket.environment
    known = (environment.filters, environment.tests, environment.extensions)
    return (bucket.key, bucket.checksum, *(tuple(sorted(each)) for each in known))


def _once(compiled: Compile) -> Compile:
    """Compile the builder of an address once for all rules that read the same."""
    kept: dict[tuple[object, ...], Build] = {}

    def compile_builder(rule: Rule, append_unknown: bool = True) -> Build:
        if rule.defaults:
            return compiled(rule, append_unknown)
        # The builder takes the converters from the rule that it is bound to; what it is made of is the trace.
        made_of = (rule.rule, tuple(rule._trace), append_unknown)
        if made_of not in kept:
            kept[made_of] = compiled(rule, append_unknown)
        return kept[made_of]

    return compile_builder


def make_once() -> None:
    """Let all portals of this process share what they would make alike."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": TemplatesKept()}
    Rule._compile_builder = _once(Rule._compile_builder)  # type: ignore[method-assign]
