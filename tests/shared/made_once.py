"""What each portal of the tests would make alike is made once in a process: thousands are built, each for one test.

Compiled templates and builders of addresses are most of what a portal costs (0.2 s, and as much again for its first page), and
compiled statements a fifth of what a page costs that is asked once. They are kept by what they are made of, so that another
template, address or statement is never answered with an old one.
"""

from collections.abc import Callable, Sequence
from types import CodeType

from babel.support import Translations
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from mpdi import database
from mpdi.clause_library.core.search import encoder
from mpdi.clause_library.core.search.encoder import Vectors

Build = Callable[..., tuple[str, str]]
Compile = Callable[[Rule, bool], Build]
Encode = Callable[[object, Sequence[str]], Vectors]
_FEW = 32


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


def _alike(kind: type[Dialect]) -> None:
    """Let dialects of a kind be one key: a statement compiled for one database serves that of the next test too."""
    kind.__hash__ = lambda self: hash(type(self))  # type: ignore[assignment]
    kind.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[assignment]


def _sharing(create: Callable[..., Engine]) -> Callable[..., Engine]:
    """Let all engines keep their compiled statements in one place."""
    statements: LRUCache[object, object] = LRUCache(5_000)

    def create_engine(url: str, **options: object) -> Engine:
        return create(url, execution_options={"compiled_cache": statements}, **options)

    return create_engine


def _remembered(encode: Encode) -> Encode:
    """Encode the few texts of a question once: every page about it asks for the same vectors again."""
    kept: dict[tuple[object, ...], Vectors] = {}

    def remembering(encoder: object, texts: Sequence[str]) -> Vectors:
        if len(texts) > _FEW:
            return encode(encoder, texts)
        key = (encoder, *texts)
        if key not in kept:
            kept[key] = encode(encoder, texts)
        return kept[key].copy()

    return remembering


def _read_once(load: Callable[..., object]) -> Callable[..., object]:
    """Read a file of translations once: a catalogue that was read is never changed, others are merged out of it."""
    kept: dict[tuple[object, ...], object] = {}

    def loading(directory: str | None = None, locales: Sequence[object] = (), domain: str | None = None) -> object:
        key = (directory, *map(str, locales), domain)
        if key not in kept:
            kept[key] = load(directory, locales, domain)
        return kept[key]

    return loading


def make_once() -> None:
    """Let all portals of this process share what they would make alike."""
    for kind in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        _alike(kind)
    database.create_engine = _sharing(database.create_engine)
    encoder._Usem3Encoder.encode = _remembered(encoder._Usem3Encoder.encode)  # type: ignore[method-assign]
    Translations.load = _read_once(Translations.load)  # type: ignore[assignment, method-assign]
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": TemplatesKept()}
    Rule._compile_builder = _once(Rule._compile_builder)  # type: ignore[method-assign]
