"""The page on which a person of the demonstration says who they are."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from infra.standins.oidc_flavours import Choice

PAGE = """<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Đăng nhập · Sign in · Connexion</title>
<style>
body {{ font: 1.05rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 2rem auto;
  padding: 0 1rem; color: #1b1b1b; background: #fff }}
button {{ display: block; width: 100%; margin: .4rem 0; padding: .7rem 1rem;
  font: inherit; border-radius: .4rem;
  text-align: left; background: #fff; border: 1px solid #767676 }}
button:hover, button:focus-visible {{ background: #eef3fb; outline: 2px solid #1a4f9c }}
small {{ color: #555 }}
</style>
<main>
<h1>Bạn là ai?</h1>
<p lang="en">Who are you? These people are made up; choose one to sign in as.</p>
<p lang="fr">Qui êtes-vous ? Ces personnes sont fictives ; choisissez-en une.</p>
<form method="post">
{choices}
</form>
</main>
</html>
"""


def login_page(choices: Iterable[Choice]) -> str:
    return PAGE.format(choices="\n".join(map(button, choices)) + GIVE_UP)


GIVE_UP = """
<button name="sub" value="">Hủy · Cancel · Annuler</button>"""


def button(choice: Choice) -> str:
    label, detail = escape(choice.label), escape(choice.detail)
    return (
        f'<button name="sub" value="{escape(choice.value)}">{label} '
        f"<small>{detail}</small></button>"
    )
