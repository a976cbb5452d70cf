"""Why a paper or an answer has to come again, in words that fit every procedure."""

from __future__ import annotations

from typing import Any

from services.intake.domain.texts import text3

REASONS: list[dict[str, Any]] = [
    {"code": "missing", "label": text3("Chưa có", "Missing", "Manquant")},
    {
        "code": "wrong",
        "label": text3("Không đúng loại", "Not the right one", "Ce n'est pas le bon"),
    },
    {
        "code": "unreadable",
        "label": text3("Mờ, không đọc được", "Unreadable", "Illisible"),
    },
    {
        "code": "incomplete",
        "label": text3("Thiếu trang hoặc nội dung", "Incomplete", "Incomplet"),
    },
    {"code": "outdated", "label": text3("Đã hết hạn", "Out of date", "Périmé")},
    {
        "code": "unsigned",
        "label": text3(
            "Thiếu chữ ký hoặc con dấu",
            "Without signature or seal",
            "Sans signature ou sans cachet",
        ),
    },
]

UNANSWERED = text3(
    "Không bổ sung hồ sơ trong thời hạn được yêu cầu",
    "The application was not completed by the date that was set",
    "Le dossier n'a pas été complété dans le délai fixé",
)
