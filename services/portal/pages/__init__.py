"""The pages: rendered here, complete without any script, in three languages."""

from __future__ import annotations

from fastapi import APIRouter

from services.portal import languages
from services.portal.pages import (
    check,
    citizen,
    confirmation,
    documents,
    dossier_sections,
    feedback,
    filing,
    form_page,
    helpers,
    home,
    keeping,
    messages,
    names,
    payment,
    phone,
    photos,
    procedures,
    result,
    returning,
    sheets,
    sign_in,
    sign_in_phone,
    sign_in_provider,
    staff_account,
    staff_accounts,
    staff_agencies,
    staff_approvals,
    staff_bulk,
    staff_case,
    staff_dashboard,
    staff_decide,
    staff_desk,
    staff_desk_dossier,
    staff_desk_lists,
    staff_digest,
    staff_feedback,
    staff_files,
    staff_law,
    staff_money,
    staff_operations,
    staff_phrases,
    staff_procedures,
    staff_queue,
    staff_refunds,
    staff_sealing,
    supplement,
    tasks,
    tracking,
)

__all__ = ["dossier_sections", "router"]  # imported, its parts stand on the page

TRANSLATED = (
    home,
    keeping,
    tracking,
    supplement,
    result,
    procedures,
    citizen,
    tasks,
    form_page,
    check,
    confirmation,
    returning,
    filing,
    photos,
    documents,
    phone,
    helpers,
    feedback,
    staff_feedback,
    messages,
    names,
    payment,
    sign_in,
    sign_in_phone,
    staff_queue,
    staff_refunds,
    staff_bulk,
    staff_account,
    staff_approvals,
    staff_sealing,
    staff_phrases,
    staff_digest,
    staff_decide,
    staff_case,
    staff_desk,
    staff_desk_dossier,
    staff_desk_lists,
    staff_dashboard,
    staff_accounts,
    staff_agencies,
    staff_procedures,
    staff_files,
    staff_law,
    staff_money,
    staff_operations,
    sheets,
)


def router() -> APIRouter:
    """Each page under /vi, /en and /fr; the address decides the language."""
    whole = APIRouter(include_in_schema=False)
    whole.include_router(home.entrance)
    whole.include_router(sign_in.provider)
    whole.include_router(sign_in_provider.router)
    for language in languages.LANGUAGES:
        for each in TRANSLATED:
            whole.include_router(each.router, prefix=f"/{language}")
    return whole
