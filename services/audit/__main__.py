"""`python -m services.audit [serve]`"""

from shared.processes import main

main("audit")
