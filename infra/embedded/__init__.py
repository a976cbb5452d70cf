"""The real servers, small: everything a single machine needs, below one folder."""

from infra.embedded.launch import Launch
from infra.embedded.servers import Servers
from infra.embedded.system import System

__all__ = ["Launch", "Servers", "System"]
