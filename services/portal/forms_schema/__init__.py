"""The form of a procedure on screens: its pages, its inputs, and what was entered.

Every field type of the catalogue is known here and in `templates/fields.html`, and
nowhere else. Which fields are seen and what is wrong is asked of intake.
"""

from services.portal.forms_schema.entered import (
    compacted,
    entered_to_answers,
    flat,
)
from services.portal.forms_schema.inputs import Circumstances, Input, inputs, links
from services.portal.forms_schema.layout import Page, Section, page_of, sections
from services.portal.forms_schema.named import explained, with_codes
from services.portal.forms_schema.places import PREFIX, anchor, linked
from services.portal.forms_schema.rows import changed_rows
from services.portal.forms_schema.written import answers_to_entered

__all__ = [
    "PREFIX",
    "Circumstances",
    "Input",
    "Page",
    "Section",
    "anchor",
    "answers_to_entered",
    "changed_rows",
    "compacted",
    "entered_to_answers",
    "explained",
    "flat",
    "inputs",
    "linked",
    "links",
    "page_of",
    "sections",
    "with_codes",
]
