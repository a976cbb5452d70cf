"""The outside world behind the ports: object store, virus scanner, file formats."""

from __future__ import annotations

from services.documents.gateways.inspector import SeparateInspector
from services.documents.gateways.scanner import ClamdScanner, NoScanner
from services.documents.gateways.store import MinioStore

__all__ = ["ClamdScanner", "MinioStore", "NoScanner", "SeparateInspector"]
