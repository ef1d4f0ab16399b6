"""Passwords: what is refused and why, how they are kept."""

import pytest
from argon2 import PasswordHasher
from people import PASSWORD, PASSWORD_HASH

from mpdi.accounts import passwords
from mpdi.accounts.forms import PROBLEMS
from mpdi.accounts.passwords import PasswordProblem, WeakPasswordError


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("9Jq#tram", PasswordProblem.TOO_SHORT),
        ("kéjzfhoi 87" * 20, PasswordProblem.TOO_LONG),
        ("password1234", PasswordProblem.COMMON),
        ("P@ssw0rd2026", PasswordProblem.COMMON),
        ("aaaaaaaaaaaa", PasswordProblem.REPEAT),
        ("qwertyuiop[]", PasswordProblem.KEYBOARD),
        ("abcdefghijklm", PasswordProblem.SEQUENCE),
        ("bruxelles2026", PasswordProblem.PERSONAL),
        ("isabelle.vandevelde", PasswordProblem.PERSONAL),
        ("Vandevelde-Isabelle-Uccle!!!", PasswordProblem.PERSONAL),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(password: str, problem: PasswordProblem) -> None:
    with pytest.raises(WeakPasswordError) as caught:
        passwords.check_strength(password, ("isabelle.vandevelde@uccle.brussels", "Isabelle Vandevelde"))
    assert caught.value.problem is problem


@pytest.mark.parametrize(
    "password", [PASSWORD, "8Lk!z0Qw-vfT", "zes oude fietsen zingen", "étang ☂ lierre ☂ brouette", "x9Q#kd72bN" * 20]
)
def test_a_good_password_is_taken(password: str) -> None:
    passwords.check_strength(password)


def test_every_reason_has_words() -> None:
    assert set(PROBLEMS) == set(PasswordProblem)


def test_two_hashes_of_one_password_differ_and_both_are_right() -> None:
    made = passwords.hash_password(PASSWORD)
    assert made != PASSWORD_HASH
    assert made.startswith("$argon2id$")
    assert passwords.is_right(made, PASSWORD)
    assert not passwords.is_right(made, PASSWORD + " ")


@pytest.mark.parametrize("damaged", ["", "$argon2id$v=19$m=65536", "md5:abc"])
def test_without_a_whole_hash_no_password_is_right(damaged: str) -> None:
    assert not passwords.is_right(damaged, PASSWORD)
    assert not passwords.is_right(None, PASSWORD)
    assert not passwords.is_right(None, "what is compared where there is no account")


def test_a_hash_with_other_parameters_is_outdated() -> None:
    assert not passwords.is_outdated(PASSWORD_HASH)
    assert passwords.is_outdated(PasswordHasher(time_cost=1).hash(PASSWORD))
