"""`python -m services.documents [serve | follow | relay | work | project]`"""

from shared.processes import main

main("documents")
