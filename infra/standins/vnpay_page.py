"""The page on which a payer of the demonstration pays, or gives up."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

PAGE = """<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Thanh toán · Payment · Paiement</title>
<style>
body {{ font: 1.05rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 2rem auto;
  padding: 0 1rem; color: #1b1b1b; background: #fff }}
button {{ margin: .4rem .4rem .4rem 0; padding: .7rem 1.2rem; font: inherit;
  border-radius: .4rem; background: #fff; border: 1px solid #767676 }}
button:hover, button:focus-visible {{ background: #eef3fb; outline: 2px solid #1a4f9c }}
strong {{ font-size: 1.4rem }}
</style>
<main>
<h1>Cổng thanh toán thử</h1>
<p lang="en">A gateway for trying: no money moves here.</p>
<p lang="fr">Une passerelle d'essai : aucun argent ne circule ici.</p>
<p>{info}</p>
<p><strong>{amount} đồng</strong></p>
<form method="post">
<button name="choice" value="pay">Thanh toán · Pay · Payer</button>
<button name="choice" value="cancel">Hủy · Cancel · Annuler</button>
</form>
</main>
</html>
"""


def payment_page(asked: Mapping[str, str]) -> str:
    amount = f"{int(asked['vnp_Amount']) // 100:,}".replace(",", ".")
    return PAGE.format(info=escape(asked["vnp_OrderInfo"]), amount=amount)
